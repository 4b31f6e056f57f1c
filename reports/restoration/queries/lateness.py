"""Plans that are late, and plans of which nothing is heard."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from reports.restoration.models import Milestone, Plan
from reports.restoration.vocabulary import PlanStatus
from reports.restoration.workflow import ENDED

AT_REST = (*ENDED, PlanStatus.SUSPENDED)
"""Of these nobody expects anything by a day."""
AGREED = (PlanStatus.APPROVED, PlanStatus.FUNDED, PlanStatus.IN_PROGRESS)
"""Of these somebody should hear something now and then; of a wish, years of silence are no news."""


class Late(NamedTuple):
    """What was to be reached by a day and was not; without a milestone, the end of the plan."""

    plan: Plan
    milestone: Milestone | None
    due_on: datetime.date


def late(today: datetime.date) -> list[Late]:
    """What is overdue on that day, the longest first. Two queries."""
    running = Plan.objects.exclude(status__in=AT_REST).select_related("site", "monument", "source")
    ends = [Late(plan, None, plan.planned_to) for plan in running.filter(planned_to__lt=today) if plan.planned_to]
    missed = Milestone.objects.known().filter(due_on__lt=today, reached_on=None).exclude(plan__status__in=AT_REST)
    rows = missed.select_related("plan__site", "plan__monument", "plan__source")
    found = ends + [Late(row.plan, row, row.due_on) for row in rows]
    return sorted(found, key=lambda one: one.due_on)


def silent(today: datetime.date, days: int) -> QuerySet[Plan]:
    """Plans that are agreed or under way and of which no source has told anything for so many days."""
    since = today - datetime.timedelta(days=days)
    found = Plan.objects.filter(status__in=AGREED, changed_on__lt=since)
    return found.select_related("site", "monument", "source").order_by("changed_on", "id")
