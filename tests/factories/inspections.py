from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from reports.inspections import actions
from reports.inspections.models import Inspection
from tests.factories.accounts import EditorFactory
from tests.factories.sites import MonumentFactory


def plan_inspection(*, by: Any = None, days: int = 7, tasks: Any = ("damage", "looting"), **facts: Any) -> Inspection:
    """One that an editor has planned, due in so many days; with `days` below 0, one that is overdue."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    facts = {
        "monument": facts.pop("monument", None) or MonumentFactory(),
        "due_on": max(day, timezone.localdate()),
        **facts,
    }
    inspection = actions.plan(Inspection(**facts), by=by or EditorFactory(), tasks=tasks)
    if days < 0:
        Inspection.objects.filter(pk=inspection.pk).update(due_on=day)
        inspection.refresh_from_db()
    return inspection
