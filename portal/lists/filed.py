from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.layers.base import address
from portal.lists.base import Table, one_of, site_of
from reports.situation_reports.models import SituationReport, State


class SituationReports(Table):
    """The reports that were made, the last first; or those that the reader asked for."""

    name, title = "situation-reports", _("Situation reports")
    parameters = ("show", "site")
    columns = (
        "id",
        "about",
        "site",
        "country",
        "period_from",
        "period_to",
        "known_at",
        "audience",
        "weekly",
        "state",
        "url",
    )

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[SituationReport]:
        show, site = one_of(asked, "show", ["own"]), site_of(asked)
        reports: Any = SituationReport.objects.visible_to(reader).labelled()
        if site:
            reports = reports.filter(site=site)
        own = show == "own" and reader.is_authenticated
        return (reports.of_person(reader) if own else reports.filter(state=State.READY)).order_by("-id")

    def values(self, rows: list[SituationReport]) -> Iterator[list[Any]]:
        for report in rows:
            told = [str(report.pk), str(report.about), report.site.slug if report.site else "", str(report.country)]
            asked = [report.period_from, report.period_to, report.known_at, report.audience, report.weekly]
            yield [*told, *asked, report.state, address(report.get_absolute_url())]
