from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.layers.base import PLACE_COLUMNS, Column, Kind, Layer, Placed, address, placed
from reports.situation.questions import EventQuestion


class Events(Layer):
    """At the place of the monument, or of the site; the area of a hazard is on the page of the site."""

    name, asked, order = "situation-events", EventQuestion, ("date_to", "id")
    title = _("Situation events")
    description = _("What happened around a site: control, fighting, looting, hazards, access.")
    columns = (
        Column("site", lookup="site__slug"),
        Column("monument", lookup="monument__slug"),
        Column("country", lookup="site__country"),
        Column("kind", lookup="kind"),
        Column("date_from", Kind.DAY, "date_from"),
        Column("date_to", Kind.DAY, "date_to"),
        Column("date_precision", lookup="date_precision"),
        Column("text", lookup="text"),
        Column("language", lookup="language"),
        Column("from_party", lookup="from_party__name_en"),
        Column("to_party", lookup="to_party__name_en"),
        Column("access", lookup="access"),
        Column("danger", lookup="danger"),
        Column("outcome", lookup="outcome"),
        Column("certainty", lookup="certainty"),
        Column("source", lookup="source__name"),
        Column("entered", Kind.TIME, "recorded_at"),
        Column("url"),
        *PLACE_COLUMNS,
    )

    def in_full(self, rows: Any) -> QuerySet:
        found: QuerySet = rows.select_related("site", "monument__site", "from_party", "to_party", "source")
        return found

    def values(self, rows: list[Any], question: Any) -> Iterator[tuple[Any, Placed, list[Any]]]:
        for event in rows:
            told = [
                event.site.slug,
                event.monument.slug if event.monument else None,
                str(event.site.country),
                event.kind,
                event.date_from,
                event.date_to,
                event.date_precision,
                event.text,
                event.language,
                str(event.from_party) if event.from_party else None,
                str(event.to_party) if event.to_party else None,
                event.access,
                event.danger,
                event.outcome,
                event.certainty,
                event.source.name,
                event.recorded_at,
                address(f"/sites/{event.site.slug}/story/"),
            ]
            yield event, placed(event.monument or event.site, question.reader), told
