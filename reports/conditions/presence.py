"""Who has a draft open, as a notice to others. No locks: `actions.save_draft` keeps what would be overwritten."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.utils import timezone

from reports.conditions.models import ConditionReport, Presence

if TYPE_CHECKING:
    from uuid import UUID

SEEN_FOR = datetime.timedelta(seconds=60)
"""Who has not been heard of for so long has left."""


def note(report: ConditionReport, user: PermissionsMixin | AnonymousUser) -> list[Presence]:
    """Remember that this person has the report open now; returns the others who have."""
    now, reader = timezone.now(), cast("UUID", user.pk)
    Presence.objects.update_or_create(report=report, user_id=reader, defaults={"seen_at": now})
    others = Presence.objects.filter(report=report, seen_at__gt=now - SEEN_FOR).exclude(user=reader)
    return list(others.select_related("user"))
