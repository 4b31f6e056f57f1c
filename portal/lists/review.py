from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.lists.base import Table, one_of
from reports.conditions import queries
from reports.conditions.models import ConditionReport
from sites.models import Monument

SHOWN = ("mine", "free", "embargo")


class Review(Table):
    """What waits for a verifier, beside what is known now."""

    name, title = "review", _("Waiting for review")
    parameters = ("show",)
    columns = (
        "id",
        "monument",
        "name",
        "site",
        "kind",
        "damage_grade",
        "condition",
        "damage_grade_now",
        "condition_now",
        "date_from",
        "date_to",
        "date_precision",
        "certainty",
        "source",
        "state",
        "confidential",
        "assigned_to",
        "embargo_until",
        "waiting_since",
        "language",
        "narrative",
    )

    def is_open_to(self, reader: Any) -> bool:
        return bool(reader.has_perm("conditions.verify_conditionreport"))

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[ConditionReport]:
        """The longest waiting first."""
        show = one_of(asked, "show", SHOWN)
        reports = ConditionReport.objects.visible_to(reader).within(reader)
        waiting: QuerySet[ConditionReport] = (
            reports.under_embargo() if show == "embargo" else reports.under_review()
        ).waiting()
        if show == "mine":
            return waiting.filter(assigned_to=reader.pk)
        return waiting.filter(assigned_to=None) if show == "free" else waiting

    def values(self, rows: list[ConditionReport]) -> Iterator[list[Any]]:
        monuments = Monument.objects.labelled().in_bulk([report.monument_id for report in rows])
        statuses = queries.statuses(monuments)
        for report in rows:
            monument, now = monuments[report.monument_id], statuses[report.monument_id]
            yield [
                str(report.pk),
                monument.slug,
                str(monument),
                report.monument.site.slug,
                report.kind,
                report.damage_grade,
                report.condition,
                now.damage_grade,
                now.condition,
                report.date_from,
                report.date_to,
                report.date_precision,
                report.certainty,
                report.source.name,
                report.state,
                report.confidential,
                str(report.assigned_to or ""),
                report.embargo_until,
                report.waiting_since,  # type: ignore[attr-defined]
                report.language,
                report.narrative,
            ]
