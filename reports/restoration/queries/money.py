"""Reading money: what plans need and who gives it, by site and by donor."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from reports.restoration.models import CostEstimate, Plan, Pledge
from reports.restoration.money import Cost, Gift, Sum, add_up
from reports.restoration.vocabulary import PlanStatus

GIVEN_UP = (PlanStatus.REJECTED, PlanStatus.ABANDONED)
"""What these would have cost nobody needs any more."""


class DonorSums(NamedTuple):
    name: str
    """Empty where the source does not name them."""
    sums: list[Sum]


class Budget(NamedTuple):
    total: list[Sum]
    by_site: dict[UUID, list[Sum]]
    by_donor: list[DonorSums]


def budget(site: UUID | None = None) -> Budget:
    """Of the plans of a site, or of all, that were not given up. Two queries."""
    plans = Plan.objects.order_by().exclude(status__in=GIVEN_UP)
    if site:
        plans = plans.filter(site=site)
    costs, gifts, donors = _costs(plans), _gifts(plans), defaultdict(list)
    for _site, donor, gift in gifts:
        donors[donor].append(gift)
    sites = {key for key, _cost in costs} | {key for key, _donor, _gift in gifts}
    return Budget(
        total=add_up((cost for _site, cost in costs), (gift for _site, _donor, gift in gifts)),
        by_site={
            key: add_up((cost for at, cost in costs if at == key), (gift for at, _donor, gift in gifts if at == key))
            for key in sites
        },
        by_donor=[
            DonorSums(name, add_up([], donors[name])) for name in sorted(donors, key=lambda name: (not name, name))
        ],
    )


def _costs(plans: QuerySet[Plan]) -> list[tuple[UUID, Cost]]:
    replaced = Exists(CostEstimate.objects.known().filter(replaces=OuterRef("pk")))
    rows = CostEstimate.objects.known().filter(~replaced, plan__in=plans.values("pk")).select_related("plan")
    return [
        (
            row.plan.site_id,
            Cost(row.plan_id, row.currency, row.amount, row.price_year, row.whole, row.approximate, row.counts_from),
        )
        for row in rows
    ]


def _gifts(plans: QuerySet[Plan]) -> list[tuple[UUID, str, Gift]]:
    rows = Pledge.objects.known().filter(plan__in=plans.values("pk")).select_related("plan", "donor")
    return [
        (
            row.plan.site_id,
            row.donor.name if row.donor else "",
            Gift(row.pk, row.of_id, row.currency, row.amount, row.stage, row.approximate),
        )
        for row in rows
    ]
