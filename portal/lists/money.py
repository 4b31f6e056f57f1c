from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.layers.base import address
from portal.lists.base import Table, site_of
from reports.restoration.models import CostEstimate, Pledge
from reports.restoration.queries import counted

OF_PLAN = ("id", "plan", "title", "site", "monument")
OF_BOTH = ("amount", "currency", "approximate", "date_from", "date_to", "date_precision", "certainty")


class _OfPlans(Table):
    """Amounts that count in the sums of the page of money."""

    parameters = ("site",)

    @abstractmethod
    def more(self, row: Any) -> list[Any]:
        """What is told of this kind of amount alone."""

    def values(self, rows: list[Any]) -> Iterator[list[Any]]:
        for row in rows:
            told = [*(getattr(row, name) for name in OF_BOTH), *self.more(row)]
            plan = row.plan
            of = [str(row.pk), str(plan.pk), plan.title, plan.site.slug, plan.monument.slug if plan.monument else ""]
            yield [*of, *told, row.source.name, address(plan.get_absolute_url())]


class Costs(_OfPlans):
    """Estimates, without those that others replace."""

    name, title = "costs", _("Cost estimates")
    columns = (*OF_PLAN, *OF_BOTH, "price_year", "whole", "covers", "source", "url")

    def more(self, row: CostEstimate) -> list[Any]:
        return [row.price_year, row.whole, row.covers]

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[CostEstimate]:
        site = site_of(asked)
        found = counted(site.pk if site else None).costs
        return found.select_related("source", "plan__site", "plan__monument").order_by("plan__site__slug", "pk")


class Pledges(_OfPlans):
    """Pledges, commitments and payments."""

    name, title = "pledges", _("Pledges and payments")
    columns = (*OF_PLAN, *OF_BOTH, "stage", "donor", "of", "source", "url")

    def more(self, row: Pledge) -> list[Any]:
        return [row.stage, str(row.donor or ""), str(row.of_id or "")]

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[Pledge]:
        site = site_of(asked)
        found = counted(site.pk if site else None).gifts
        related = ("source", "donor", "plan__site", "plan__monument")
        return found.select_related(*related).order_by("plan__site__slug", "pk")
