"""How the work goes: what came in, how long it waited, how much is known and how old that is."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone

from reports.conditions.models import ConditionReport, MonumentStatus, ReportStep
from reports.conditions.workflow import ONCE_PUBLISHED, Step
from reports.vocabulary import DamageGrade
from sites.models import Monument

DAYS_WAITED = (1, 3, 7, 30)
DAYS_OLD = (90, 180, 365, 730)


class Month(NamedTuple):
    first: datetime.date
    entered: int
    published: int


class Share(NamedTuple):
    """So many of them lie within so many days; None: beyond the last of the limits."""

    days: int | None
    number: int


class Ages(NamedTuple):
    """Of how many monuments anything is known, and how long ago somebody sure looked at them."""

    monuments: int
    known: int
    shares: list[Share]
    never: int


def months(reports: QuerySet[ConditionReport], number: int = 12) -> list[Month]:
    """The last months up to this one, with what was entered and what was published in each. Two queries."""
    firsts = _firsts(number)
    since = timezone.make_aware(datetime.datetime.combine(firsts[0], datetime.time()))
    entered = _by_month(reports.filter(created_at__gte=since), "created_at")
    published = _by_month(reports.filter(published_at__gte=since, state__in=ONCE_PUBLISHED), "published_at")
    return [Month(first, entered.get(first, 0), published.get(first, 0)) for first in firsts]


def waits(reports: QuerySet[ConditionReport], days: int = 365) -> list[Share]:
    """How long those that were verified in the last so many days had waited since they were handed in first."""
    since = timezone.now() - datetime.timedelta(days=days)
    of_report = ReportStep.objects.filter(report=OuterRef("report"), step=Step.SUBMIT).order_by().values("report")
    handed_in = Subquery(of_report.annotate(first=Min("at")).values("first"))
    verified = ReportStep.objects.filter(step=Step.VERIFY, at__gte=since, report__in=reports.order_by().values("pk"))
    waited = verified.annotate(took=ExpressionWrapper(F("at") - handed_in, output_field=DurationField()))
    limits = [datetime.timedelta(days=limit) for limit in DAYS_WAITED]
    return _shares(waited, "took", limits, DAYS_WAITED)


def ages(monuments: QuerySet[Monument]) -> Ages:
    """Coverage and ageing of what is known of these monuments today. Two queries."""
    current = MonumentStatus.objects.current().filter(monument__in=monuments.order_by().values("pk"))
    today = timezone.localdate()
    assessed = current.filter(assessed_on__isnull=False)
    limits = [today - datetime.timedelta(days=days) for days in DAYS_OLD]
    counts = assessed.aggregate(**{f"d{at}": Count("pk", Q(assessed_on__gt=limit)) for at, limit in enumerate(limits)})
    total, known = monuments.count(), current.exclude(damage_grade=DamageGrade.UNKNOWN).count()
    looked_at = assessed.count()
    shares = _steps([counts[f"d{at}"] for at in range(len(limits))], looked_at, DAYS_OLD)
    return Ages(total, known, shares, total - looked_at)


def _shares(rows: QuerySet, field: str, limits: list, days: tuple[int, ...]) -> list[Share]:
    within = {f"d{at}": Count("pk", Q(**{f"{field}__lte": limit})) for at, limit in enumerate(limits)}
    counts = rows.aggregate(total=Count("pk"), **within)
    return _steps([counts[f"d{at}"] for at in range(len(limits))], counts["total"], days)


def _steps(upto: list[int], total: int, days: tuple[int, ...]) -> list[Share]:
    """Numbers up to each limit, as numbers between one limit and the next."""
    before = [0, *upto]
    found = [Share(limit, number - less) for limit, number, less in zip(days, upto, before, strict=False)]
    return [*found, Share(None, total - upto[-1])]


def _by_month(reports: QuerySet[ConditionReport], field: str) -> dict[datetime.date, int]:
    rows = reports.order_by().annotate(month=TruncMonth(field)).values_list("month").annotate(Count("pk"))
    return {month.date(): number for month, number in rows}


def _firsts(number: int) -> list[datetime.date]:
    today = timezone.localdate()
    count = today.year * 12 + today.month - 1
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in range(count - number + 1, count + 1)]
