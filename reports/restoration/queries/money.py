"""Summing money in the database: what plans need and who gives it, by site and by donor.

Amounts are added as whole hundredths: SQLite keeps decimals as floating numbers, whose sums are not exact.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Sum as Total
from django.db.models.functions import Cast, Coalesce, Greatest, Round

from reports.restoration.counting import COUNTS_FROM
from reports.restoration.models import CostEstimate, Plan, Pledge
from reports.restoration.money import Sum
from reports.restoration.vocabulary import PlanStatus, Stage

GIVEN_UP = (PlanStatus.REJECTED, PlanStatus.ABANDONED)
"""What these would have cost nobody needs any more."""
CENTS = Cast(Round(F("amount") * 100), BigIntegerField())
APPROXIMATE = Count("pk", filter=Q(approximate=True))


class DonorSums(NamedTuple):
    name: str
    """Empty where the source does not name them."""
    sums: list[Sum]


class Budget(NamedTuple):
    total: list[Sum]
    by_site: dict[UUID, list[Sum]]
    by_donor: list[DonorSums]


class Told(NamedTuple):
    """The estimates and the gifts of some plans that count."""

    costs: QuerySet[CostEstimate]
    gifts: QuerySet[Pledge]


def budget(site: UUID | None = None) -> Budget:
    """Of the plans of a site, or of all, that were not given up. Eight queries, however many there are."""
    told = counted(site)
    donors = _given(told.gifts, "donor__name")
    return Budget(
        total=_listed(_sums(told)).get(None, []),
        by_site=_listed(_sums(told, "plan__site")),
        by_donor=[
            DonorSums(name or "", sums)
            for name, sums in sorted(_listed(donors).items(), key=lambda row: (row[0] is None, row[0]))
        ],
    )


def counted(site: UUID | None = None) -> Told:
    """What `budget` adds up, row by row."""
    plans = Plan.objects.order_by().exclude(status__in=GIVEN_UP)
    if site:
        plans = plans.filter(site=site)
    return _told(Q(plan__in=plans.values("pk")))


def in_sum(plans: Iterable[UUID], *, day: datetime.date, known_at: datetime.datetime) -> list[Sum]:
    """Of these plans together: what had been said by that day, as it was known then; what nobody dated, too."""
    said = Q(date_to=None) | Q(date_to__lte=day)
    return _listed(_sums(_told(Q(plan__in=list(plans)) & said, known_at))).get(None, [])


def _told(said: Q, known_at: datetime.datetime | None = None) -> Told:
    """Without estimates that others replace; of each plan and currency the newest of the whole, else all of parts."""
    every = CostEstimate.objects.known(known_at).filter(said).order_by()
    standing = every.filter(~Exists(every.filter(replaces=OuterRef("pk"))))
    wholes = standing.filter(whole=True, plan=OuterRef("plan"), currency=OuterRef("currency"))
    newest = Subquery(wholes.order_by(COUNTS_FROM.desc(), "-amount", "-pk").values("pk")[:1])
    counting = standing.annotate(newest=newest).filter(Q(pk=F("newest")) | Q(newest=None))
    return Told(counting, Pledge.objects.known(known_at).filter(said).order_by())


Sums = dict[Any, dict[str, Sum]]
"""Of each site or donor by its key, or of all under None, the sum of each currency by its code."""


def _sums(told: Told, *by: str) -> Sums:
    sums = _given(told.gifts, *by)
    for row in told.costs.values(*by, "currency", "price_year").annotate(cents=Total(CENTS), unsure=APPROXIMATE):
        kept = _sum_of(sums, row, by)
        kept.needs[row["price_year"]] = _amount(row["cents"])
        kept.approximate |= row["unsure"] > 0
    return sums


def _given(gifts: QuerySet[Pledge], *by: str) -> Sums:
    sums: Sums = defaultdict(dict)
    stages = {stage.value: Coalesce(Total(CENTS, filter=Q(stage=stage)), 0) for stage in Stage}
    for row in gifts.values(*by, "currency").annotate(**stages, unsure=APPROXIMATE):
        kept = _sum_of(sums, row, by)
        kept.pledged, kept.committed, kept.paid = (_amount(row[stage]) for stage in Stage)
        kept.approximate |= row["unsure"] > 0
    for row in _promises(gifts).values(*by, "currency").annotate(cents=Total("reached")):
        _sum_of(sums, row, by).covered = _amount(row["cents"])
    return sums


def _sum_of(sums: Sums, row: dict[str, Any], by: Sequence[str]) -> Sum:
    return sums[row[by[0]] if by else None].setdefault(row["currency"], Sum(row["currency"]))


def _listed(sums: Sums) -> dict[Any, list[Sum]]:
    return {key: [rows[currency] for currency in sorted(rows)] for key, rows in sums.items()}


def _promises(gifts: QuerySet[Pledge]) -> QuerySet[Pledge]:
    """Each promise, or payment without one, with what it has `reached`: the most that it has come to.

    A payment of a part leaves the rest promised; one of more counts in full.
    """
    first = gifts.filter(Q(of=None) | ~Exists(gifts.filter(pk=OuterRef("of"))))
    return first.annotate(reached=Greatest(*(_reached(gifts, stage) for stage in Stage)))


def _reached(gifts: QuerySet[Pledge], stage: Stage) -> Any:
    of_it = gifts.filter(of=OuterRef("pk"), stage=stage).values("of").annotate(cents=Total(CENTS)).values("cents")
    own = Case(When(stage=stage, then=CENTS), default=Value(0), output_field=BigIntegerField())
    return own + Coalesce(Subquery(of_it, output_field=BigIntegerField()), 0)


def _amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
