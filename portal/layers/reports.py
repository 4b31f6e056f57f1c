from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.layers.base import PLACE_COLUMNS, Column, Kind, Layer, Placed, address, placed
from reports.conditions.report_questions import ReportQuestion
from sites.queries import preferred_name


class Reports(Layer):
    """Their authors are never told."""

    name, asked, order = "condition-reports", ReportQuestion, ("-date_to", "-id")
    title = _("Condition reports")
    description = _("What was observed of a monument at one time, by which source.")
    columns = (
        Column("monument", lookup="monument__slug"),
        Column("monument_name", lookup="monument_label"),
        Column("site", lookup="monument__site__slug"),
        Column("country", lookup="monument__site__country"),
        Column("kind", lookup="kind"),
        Column("damage_grade", lookup="damage_grade"),
        Column("extent", lookup="extent"),
        Column("condition", lookup="condition"),
        Column("fabric_status", lookup="fabric_status"),
        Column("certainty", lookup="certainty"),
        Column("observed_from", Kind.DAY, "date_from"),
        Column("observed_on", Kind.DAY, "date_to"),
        Column("date_precision", lookup="date_precision"),
        Column("source", lookup="source__name"),
        Column("causes"),
        Column("state", lookup="state"),
        Column("published", Kind.TIME, "published_at"),
        Column("retracted", Kind.TIME, "retracted_at"),
        Column("narrative", lookup="narrative"),
        Column("language", lookup="language"),
        Column("url"),
        *PLACE_COLUMNS,
    )

    def in_full(self, rows: Any) -> QuerySet:
        named = rows.annotate(monument_label=preferred_name("monument", "monument_id"))
        found: QuerySet = named.select_related("monument__site", "source").prefetch_related("disturbances")
        return found

    def values(self, rows: list[Any], question: Any) -> Iterator[tuple[Any, Placed, list[Any]]]:
        for report in rows:
            causes = sorted({disturbance.cause for disturbance in report.disturbances.all()})
            told = [
                report.monument.slug,
                report.monument_label,
                report.monument.site.slug,
                str(report.monument.site.country),
                report.kind,
                report.damage_grade,
                report.extent,
                report.condition,
                report.fabric_status,
                report.certainty,
                report.date_from,
                report.date_to,
                report.date_precision,
                report.source.name,
                ", ".join(causes),
                report.state,
                report.published_at,
                report.retracted_at,
                report.narrative,
                report.language,
                address(f"/api/v1/condition-reports/{report.pk}/"),
            ]
            yield report, placed(report.monument, question.reader), told
