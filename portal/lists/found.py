from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.finding import Hit, find
from portal.layers.base import address
from portal.lists.base import Table
from sites.folding import fold

MOST = 1_000
"""Of each kind; who looks for more looks in the list of monuments."""


class Hits(Table):
    """What is called like what was typed: as on the page, and what it has no room for."""

    name, title = "search", _("Search")
    parameters = ("q",)
    columns = ("kind", "name", "where", "url")

    def rows(self, asked: Mapping[str, str], reader: Any) -> list[Hit]:
        text = asked.get("q", "").strip()
        return find(text, MOST) if fold(text) else []

    def values(self, rows: list[Hit]) -> Iterator[list[Any]]:
        for hit in rows:
            yield [hit.kind, hit.label, str(hit.where), address(hit.address)]
