"""The board: plans by what has become of them."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from reports.restoration.models import Plan
from reports.restoration.vocabulary import PlanStatus
from sites.models import Monument, Site

SHOWN = 8
"""Of each status, so many are on the board; the rest are a click away."""


class Column(NamedTuple):
    status: str
    label: str
    number: int
    plans: list[Plan]


def on_board(site: UUID | None = None) -> QuerySet[Plan]:
    """Plans of a site, or of all, with what a card shows, the last change first."""
    plans = Plan.objects.filter(site=site) if site else Plan.objects.all()
    labelled = Prefetch("monument", queryset=Monument.objects.labelled())
    sites = Prefetch("site", queryset=Site.objects.labelled())
    return plans.prefetch_related(labelled, sites).order_by("-status_on", "-id")


def board(site: UUID | None = None) -> list[Column]:
    """A column for each status that occurs, in the order of the life of a plan."""
    plans = on_board(site)
    numbers = dict(plans.order_by().values_list("status").annotate(Count("pk")))
    return [
        Column(status, str(status.label), numbers[status], list(plans.filter(status=status)[:SHOWN]))
        for status in PlanStatus
        if numbers.get(status)
    ]
