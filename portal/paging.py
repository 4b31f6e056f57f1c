"""Pages of long lists by cursor: what comes after a slug, however many rows came before."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet

SIZE = 50


class Page(NamedTuple):
    rows: list[Any]
    next: str
    """The cursor of the next page; empty on the last one."""


def after(rows: QuerySet, cursor: str, *, size: int = SIZE) -> Page:
    """A page of rows that are in order of their slug."""
    found = list(rows.filter(slug__gt=cursor)[: size + 1])
    more = len(found) > size
    return Page(found[:size], found[size - 1].slug if more else "")
