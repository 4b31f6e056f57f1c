from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.layers.base import address
from portal.lists.base import Table, one_of, site_of
from reports.inspections import queries, workflow
from reports.inspections.models import Inspection
from reports.inspections.vocabulary import OPEN
from reports.situation.queries import warnings_of_monuments
from sites.models import Monument

SHOWN = ("mine", "over")


class Inspections(Table):
    """What is planned, the next first; or what is over, the last first."""

    name, title = "inspections", _("Inspections")
    parameters = ("show", "site")
    columns = (
        "id",
        "monument",
        "name",
        "site",
        "due_on",
        "state",
        "overdue",
        "assigned_to",
        "reason",
        "result",
        "warnings",
        "url",
    )

    def is_open_to(self, reader: Any) -> bool:
        return bool(reader.has_perm("inspections.view_inspection") or reader.has_perm(workflow.LOOKS))

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[Inspection]:
        show, site = one_of(asked, "show", SHOWN), site_of(asked)
        known: Any = Inspection.objects.visible_to(reader).in_full()
        if site:
            known = known.filter(monument__site=site)
        if show == "over":
            return known.exclude(state__in=OPEN).order_by("-due_on", "-id")
        own = Q(assigned_to=reader.pk) if show == "mine" else Q()
        return known.open().filter(own).order_by("due_on", "id")

    def values(self, rows: list[Inspection]) -> Iterator[list[Any]]:
        """What warns of a visit goes with it wherever it goes."""
        warned = warnings_of_monuments([row.monument for row in rows])
        for row in rows:
            yield [
                str(row.pk),
                row.monument.slug,
                str(row.monument),
                row.monument.site.slug,
                row.due_on,
                row.state,
                row.is_overdue,
                str(row.assigned_to or ""),
                row.reason,
                str(row.result_id or ""),
                warned[row.monument_id].text,
                address(row.get_absolute_url()),
            ]


class InspectionsToPlan(Table):
    """Monuments that are due and of which no inspection is planned."""

    name, title = "inspections-to-plan", _("To be planned")
    parameters = ("site",)
    columns = ("monument", "name", "site", "due_on", "why", "warnings", "url")

    def is_open_to(self, reader: Any) -> bool:
        return bool(reader.has_perm(workflow.PLAN))

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[Monument]:
        site, monuments = site_of(asked), queries.to_plan(reader)
        return monuments.filter(site=site) if site else monuments

    def values(self, rows: list[Monument]) -> Iterator[list[Any]]:
        dates = queries.due_dates([row.pk for row in rows])
        warned = warnings_of_monuments(rows)
        for row in rows:
            due = dates[row.pk]
            told = [row.slug, str(row), row.site.slug, due.on, str(due.why.value), warned[row.pk].text]
            yield [*told, address(row.get_absolute_url())]
