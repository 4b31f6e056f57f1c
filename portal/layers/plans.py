from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.layers.base import PLACE_COLUMNS, Column, Kind, Layer, Placed, address, placed
from reports.restoration.questions import PlanQuestion


class Plans(Layer):
    """At the place of the monument, or of the site."""

    name, asked = "restoration-plans", PlanQuestion
    title = _("Restoration plans")
    description = _("Wishes, proposals and works, now or as they were on a day.")
    columns = (
        Column("title", lookup="title"),
        Column("site", lookup="site__slug"),
        Column("monument", lookup="monument__slug"),
        Column("country", lookup="site__country"),
        Column("part", lookup="part"),
        Column("status"),
        Column("phase"),
        Column("progress", Kind.NUMBER),
        Column("planned_from", Kind.DAY),
        Column("planned_to", Kind.DAY),
        Column("status_since", Kind.DAY),
        Column("urgency", lookup="urgency"),
        Column("feasibility", lookup="feasibility"),
        Column("proposed_by", lookup="proponent"),
        Column("responsible", lookup="responsible"),
        Column("contested", Kind.YES, "contested"),
        Column("certainty", lookup="certainty"),
        Column("source", lookup="source__name"),
        Column("language", lookup="language"),
        Column("entered", Kind.TIME, "created_at"),
        Column("url"),
        *PLACE_COLUMNS,
    )

    def in_full(self, rows: Any) -> QuerySet:
        found: QuerySet = rows.select_related("site", "monument__site", "source")
        return found

    def values(self, rows: list[Any], question: PlanQuestion) -> Iterator[tuple[Any, Placed, list[Any]]]:
        for plan in rows:
            state = question.state_of(plan)
            told = [
                plan.title,
                plan.site.slug,
                plan.monument.slug if plan.monument else None,
                str(plan.site.country),
                plan.part,
                state.status,
                state.phase,
                state.progress,
                state.planned_from,
                state.planned_to,
                state.status_on,
                plan.urgency,
                plan.feasibility,
                plan.proponent,
                plan.responsible,
                plan.contested,
                plan.certainty,
                plan.source.name,
                plan.language,
                plan.created_at,
                address(plan.get_absolute_url()),
            ]
            yield plan, placed(plan.monument or plan.site, question.reader), told
