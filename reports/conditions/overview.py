"""The state of all monuments at a glance: how many of which grade, what got better, what may be lost next."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, Subquery

from reports.conditions import queries
from reports.conditions.models import ConditionReport, MonumentStatus
from reports.conditions.querysets import Moment
from reports.vocabulary import GRADE_RANK, DamageGrade, ReportKind
from sites.models import Monument

LOOKED_THROUGH = 10
"""So many reports are read for each monument that is asked for; the same threat is often told more than once."""


class Better(NamedTuple):
    """A monument whose damage grade fell, and from what to what on which day."""

    monument: UUID
    before: str
    after: str
    since: datetime.date


def spread(moment: Moment = queries.NOW) -> Counter[str]:
    """How many of all monuments have which damage grade at that moment. Three queries, with `known_at` more."""
    rows = queries.status_rows(moment).order_by().values_list("damage_grade").annotate(Count("pk"))
    counts = Counter(dict(rows))
    for pk, believed in queries.beliefs(Monument.objects.all(), moment).items():
        known_now = queries.statuses([pk], Moment(as_of=moment.day))[pk].damage_grade
        counts[known_now] -= 1
        counts[believed.damage_grade] += 1
    counts[DamageGrade.UNKNOWN] += Monument.objects.count() - counts.total()
    return counts


def improved(limit: int, moment: Moment = queries.NOW) -> list[Better]:
    """What got better and has stayed so, the last first, by what is known now."""
    before = MonumentStatus.objects.filter(monument=OuterRef("monument"), valid_to=OuterRef("valid_from"))
    now = queries.status_rows(Moment(as_of=moment.day)).filter(monument=OuterRef("monument"))
    found = (
        MonumentStatus.objects.filter(valid_from__lte=moment.day)
        .annotate(before=Subquery(before.values("damage_grade")[:1]), now=Subquery(now.values("damage_grade")[:1]))
        .filter(reduce(or_, map(_better, GRADE_RANK)))
        .order_by("-valid_from", "-pk")
    )
    rows = found.values_list("monument", "before", "damage_grade", "valid_from")
    return [Better(*row) for row in rows[:limit]]


def _better(grade: str) -> Q:
    rank = GRADE_RANK[grade]
    worse = [other for other, its in GRADE_RANK.items() if its > rank]
    return Q(damage_grade=grade, before__in=worse) & ~Q(now__in=worse)


def threatened(limit: int, moment: Moment = queries.NOW) -> list[ConditionReport]:
    """The last reports of a threat, one for each monument, leaving out what is destroyed already."""
    lost = queries.status_rows(moment).filter(damage_grade=DamageGrade.DESTROYED).values("monument")
    told = ConditionReport.objects.standing(moment.known_at).filter(kind=ReportKind.THREAT, date_to__lte=moment.day)
    told = told.exclude(monument__in=lost).select_related("source").prefetch_related("threats")
    found: dict[UUID, ConditionReport] = {}
    for report in told.order_by("-date_to", "-pk")[: limit * LOOKED_THROUGH]:
        found.setdefault(report.monument_id, report)
    return list(found.values())[:limit]


def through_time(site: UUID, days: Sequence[datetime.date]) -> list[Counter[str]]:
    """How many monuments of a site had which damage grade on each of these days, as known now. Three queries."""
    periods = MonumentStatus.objects.filter(monument__site=site).order_by()
    begun = list(periods.values_list("valid_from", "damage_grade").annotate(Count("pk")))
    ended = list(periods.exclude(valid_to=None).values_list("valid_to", "damage_grade").annotate(Count("pk")))
    total = Monument.objects.filter(site=site).count()
    found = []
    for day in days:
        counts: Counter[str] = Counter()
        for since, grade, number in begun:
            counts[grade] += number if since <= day else 0
        for until, grade, number in ended:
            counts[grade] -= number if until <= day else 0
        counts[DamageGrade.UNKNOWN] += total - counts.total()
        found.append(counts)
    return found


def first_day(site: UUID | None = None) -> datetime.date | None:
    """The day from which on anything is known, of all sites or of one."""
    periods = MonumentStatus.objects.filter(monument__site=site) if site else MonumentStatus.objects.all()
    day: datetime.date | None = periods.aggregate(first=Min("valid_from"))["first"]
    return day
