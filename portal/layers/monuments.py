from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.layers.base import PLACE_COLUMNS, Column, Kind, Layer, Placed, address, placed
from reports.conditions import maps, queries
from reports.conditions.questions import Question
from reports.conditions.status import UNKNOWN

SAID = ("damage_grade", "condition", "fabric_status", "certainty")
PLACE = (
    "sensitivity",
    "cells_per_degree",
    "accuracy_m",
    "longitude",
    "latitude",
    "public_longitude",
    "public_latitude",
)
NEEDED = (*PLACE, "slug", "type", "period", "updated_at", "site__slug", "site__country", "parent__slug")
"""All that is read of each: other columns of a list of thousands take more time than these."""
NOT_KNOWN = {name: str(getattr(UNKNOWN, name)) for name in SAID}


class Monuments(Layer):
    name, asked, order = "monuments", Question, ("slug",)
    title = gettext_lazy("Monuments")
    description = gettext_lazy("Monuments with their damage grade, now or on a day.")
    columns = (
        Column("slug", lookup="slug"),
        Column("name", lookup="label"),
        Column("site", lookup="site__slug"),
        Column("site_name", lookup="site_label"),
        Column("country", lookup="site__country"),
        Column("part_of", lookup="parent__slug"),
        Column("type", lookup="type"),
        Column("period", lookup="period"),
        Column("damage_grade", lookup="held_damage_grade"),
        Column("condition", lookup="held_condition"),
        Column("fabric_status", lookup="held_fabric_status"),
        Column("certainty", lookup="held_certainty"),
        Column("contested", Kind.YES, "held_contested"),
        Column("suspected", Kind.YES, "held_suspected"),
        Column("observed_on", Kind.DAY, "held_observed_on"),
        Column("assessed_on", Kind.DAY, "held_assessed_on"),
        Column("changed", Kind.TIME, "updated_at"),
        Column("url"),
        *PLACE_COLUMNS,
    )

    def in_full(self, rows: Any) -> QuerySet:
        found: QuerySet = rows.labelled().select_related("site", "parent").only(*NEEDED)
        return found

    def filterable(self, rows: Any, question: Any) -> QuerySet:
        if question.moment.known_at is not None:
            said = _("A filter asks of what is known now; leave out one of filter and known_at.")
            raise ValidationError({"filter": [said]})
        held = maps.with_status(self.in_full(rows), question.moment)
        text = {
            f"held_{name}": Coalesce(f"held__{name}", Value(value), output_field=CharField())
            for name, value in NOT_KNOWN.items()
        }
        yes = {
            f"held_{name}": Coalesce(f"held__{name}", Value(False), output_field=BooleanField())
            for name in ("contested", "suspected")
        }
        days = {f"held_{name}": F(f"held__{name}") for name in ("observed_on", "assessed_on")}
        return held.annotate(**text, **yes, **days)

    def values(self, rows: list[Any], question: Any) -> Iterator[tuple[Any, Placed, list[Any]]]:
        statuses = queries.statuses([monument.pk for monument in rows], question.moment)
        for monument in rows:
            held = statuses[monument.pk]
            told = [
                monument.slug,
                str(monument),
                monument.site.slug,
                monument.site_label,
                str(monument.site.country),
                monument.parent.slug if monument.parent else None,
                monument.type,
                monument.period,
                held.damage_grade,
                held.condition,
                held.fabric_status,
                held.certainty,
                held.contested,
                held.suspected,
                held.observed_on,
                held.assessed_on,
                monument.updated_at,
                address(monument.get_absolute_url()),
            ]
            yield monument, placed(monument, question.reader), told
