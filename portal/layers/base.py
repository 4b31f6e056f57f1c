from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from sites import visibility
from sites.models import Monument, Site
from sites.questions import Asked
from sites.vocabulary import Sensitivity

AT_ONCE = 1_000
"""So many rows are in memory, however long the list."""


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    YES = "yes"


class Column(NamedTuple):
    """`lookup` is the path in the database by which it is filtered; empty: it cannot be."""

    name: str
    kind: Kind = Kind.TEXT
    lookup: str = ""


class Row(NamedTuple):
    """`point`: longitude and latitude, as far as the reader may know them. `values` are those of the columns."""

    id: str
    point: tuple[float, float] | None
    values: dict[str, Any]


class Placed(NamedTuple):
    point: tuple[float, float] | None
    generalised: bool
    uncertainty_m: int | None


PLACE_COLUMNS = (Column("generalised", Kind.YES), Column("coordinate_uncertainty_m", Kind.NUMBER))


class Layer(ABC):
    """A kind of rows: which question finds them, in which order, and what is told of each."""

    name: ClassVar[str]
    title: ClassVar[Promise]
    description: ClassVar[Promise]
    asked: ClassVar[type[Asked]]
    columns: ClassVar[tuple[Column, ...]]
    order: ClassVar[tuple[str, ...]] = ("id",)
    """Ends in what tells each row from all others."""

    def question(self, parameters: QueryDict | dict[str, Any], reader: PermissionsMixin | AnonymousUser) -> Asked:
        """Raises ValidationError by parameter."""
        return self.asked(parameters, reader)

    @abstractmethod
    def in_full(self, rows: Any) -> QuerySet:
        """With what is told of each."""

    @abstractmethod
    def values(self, rows: list[Any], question: Any) -> Iterator[tuple[Any, Placed, list[Any]]]:
        """Of each row: itself, its place, and the values of the columns up to the place."""

    def filterable(self, rows: Any, question: Any) -> QuerySet:
        """With what the columns' lookups need."""
        return self.in_full(rows)

    def rows(self, question: Asked) -> QuerySet:
        """In the order that was asked for, else in that of the layer; names are in the language of now."""
        found = self.in_full(question.rows())
        return found if found.query.order_by else found.order_by(*self.order)

    def told(self, rows: list[Any], question: Asked) -> list[Row]:
        found = []
        for row, placed, values in self.values(rows, question):
            known = dict(zip(self._names(), [*values, placed.generalised, placed.uncertainty_m], strict=True))
            found.append(Row(str(row.pk), placed.point, known))
        return found

    def batches(self, rows: QuerySet, question: Asked) -> Iterator[list[Row]]:
        """All rows, some at a time, from one snapshot of the database where it has cursors."""
        coming = rows.iterator(chunk_size=AT_ONCE)
        while some := list(islice(coming, AT_ONCE)):
            yield self.told(some, question)

    def _names(self) -> list[str]:
        return [column.name for column in self.columns]


def placed(place: Site | Monument, reader: PermissionsMixin | AnonymousUser) -> Placed:
    """Where something stands, as far as the reader may know it; that they read what is not public is logged."""
    point = visibility.location(place, reader)
    exact = visibility.shows_exactly(place, reader)
    generalised = place.sensitivity == Sensitivity.GENERALISED and not exact
    if point is None:
        return Placed(None, generalised, None)
    longitude, latitude = point["coordinates"]
    return Placed((longitude, latitude), generalised, place.accuracy_m if exact else place.cell_radius_m)


def address(path: str) -> str:
    """Of a page, from outside."""
    return f"{settings.BASE_URL}{path}"
