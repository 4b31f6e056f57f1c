from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise

from sites.models import Site

AT_ONCE = 1_000
"""So many rows are in memory, however long the list."""


class Table(ABC):
    """A list of the portal that is no map: one question behind its page and its files."""

    name: ClassVar[str]
    title: ClassVar[Promise]
    parameters: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[tuple[str, ...]]

    def is_open_to(self, reader: Any) -> bool:
        """Whether this reader may ask for it at all; the rows are those that they may read."""
        return True

    @abstractmethod
    def rows(self, asked: Mapping[str, str], reader: Any) -> Any:
        """What the page lists, in its order, with what is told of each. Raises Http404 on what is not known."""

    @abstractmethod
    def values(self, rows: list[Any]) -> Iterator[list[Any]]:
        """Of each row the values of the columns; a fixed number of queries for all of them."""

    def batches(self, rows: Any) -> Iterator[list[list[Any]]]:
        """All of them, some at a time."""
        coming: Iterable[Any] = rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else rows
        coming = iter(coming)
        while some := list(islice(coming, AT_ONCE)):
            yield list(self.values(some))


def site_of(asked: Mapping[str, str]) -> Site | None:
    """The site that is asked about; None for all. Raises Http404."""
    slug = asked.get("site", "")
    if not slug:
        return None
    if site := Site.objects.labelled().filter(slug=slug).first():
        return site
    raise Http404


def one_of(asked: Mapping[str, str], name: str, known: Iterable[str]) -> str:
    """The value of a parameter, or none. Raises Http404 on one that is not known."""
    value = asked.get(name, "")
    if value and value not in known:
        raise Http404
    return value
