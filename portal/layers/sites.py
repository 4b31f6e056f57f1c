from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.layers.base import PLACE_COLUMNS, Column, Kind, Layer, Placed, address, placed
from sites.questions import SiteQuestion


class Sites(Layer):
    name, asked, order = "sites", SiteQuestion, ("slug",)
    title, description = _("Sites"), _("Heritage sites, such as Palmyra.")
    columns = (
        Column("slug", lookup="slug"),
        Column("name", lookup="label"),
        Column("country", lookup="country"),
        Column("designations"),
        Column("note", lookup="note"),
        Column("changed", Kind.TIME, "updated_at"),
        Column("url"),
        *PLACE_COLUMNS,
    )

    def in_full(self, rows: Any) -> QuerySet:
        found: QuerySet = rows.labelled().prefetch_related("designations")
        return found

    def values(self, rows: list[Any], question: Any) -> Iterator[tuple[Any, Placed, list[Any]]]:
        for site in rows:
            kinds = sorted({one.kind for one in site.designations.all() if one.until is None})
            told = [site.slug, site.label, str(site.country), ", ".join(kinds), site.note, site.updated_at]
            yield site, placed(site, question.reader), [*told, address(site.get_absolute_url())]
