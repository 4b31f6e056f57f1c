"""The time line: when plans were to begin and end, and when they did."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch

from reports.restoration import course
from reports.restoration.models import Milestone, Plan
from reports.restoration.vocabulary import PlanStatus
from sites.models import Monument


class Span(NamedTuple):
    begin: datetime.date
    end: datetime.date
    goes_on: bool = False
    """It has not ended; `end` is today."""


class Line(NamedTuple):
    plan: Plan
    planned: Span | None
    real: Span | None
    milestones: list[Milestone]
    waits_for: list[UUID]
    is_late: bool


class TimeLine(NamedTuple):
    lines: list[Line]
    undated: list[Plan]
    """Of which nobody says when."""


def timeline(site: UUID, today: datetime.date) -> TimeLine:
    """The plans of a site, by their beginning. Five queries."""
    plans = Plan.objects.filter(site=site).prefetch_related(
        "steps",
        "dependencies",
        Prefetch("monument", queryset=Monument.objects.labelled()),
        Prefetch("milestones", queryset=Milestone.objects.known(), to_attr="standing_milestones"),
    )
    lines = [_line(plan, today) for plan in plans]
    dated = [line for line in lines if line.planned or line.real or line.milestones]
    undated = [line.plan for line in lines if not (line.planned or line.real or line.milestones)]
    return TimeLine(sorted(dated, key=lambda line: (_begin(line), line.plan.pk)), undated)


def _line(plan: Any, today: datetime.date) -> Line:
    begin, end = plan.planned_from or plan.planned_to, plan.planned_to or plan.planned_from
    planned = Span(begin, end) if begin and end else None
    real = _real(plan, today)
    ended = plan.status in {PlanStatus.COMPLETED, PlanStatus.REJECTED, PlanStatus.ABANDONED}
    return Line(
        plan=plan,
        planned=planned,
        real=real,
        milestones=list(plan.standing_milestones),
        waits_for=[row.needs_id for row in plan.dependencies.all()],
        is_late=bool(plan.planned_to and not ended and plan.planned_to < today),
    )


def _real(plan: Plan, today: datetime.date) -> Span | None:
    """From the first day that the beginning can mean to the last that the end can; None before works."""
    works = course.works(course.standing(plan.steps.all()))
    first = works.began or works.ended
    if first is None:
        return None
    begin = first.date_from or first.counts_from
    if works.ended:
        return Span(begin, max(begin, works.ended.counts_from))
    if plan.status == PlanStatus.IN_PROGRESS:
        return Span(begin, max(begin, today), goes_on=True)
    return Span(begin, max(begin, plan.status_on))


def _begin(line: Line) -> datetime.date:
    spans = [span.begin for span in (line.planned, line.real) if span]
    return min([*spans, *(milestone.due_on for milestone in line.milestones)])
