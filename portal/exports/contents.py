"""What a worker writes to a file: a layer by its question, rows of it that were ticked, or a list without a layer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from portal.exports.formats import Format, of_layer, write
from portal.exports.models import Export
from portal.exports.tables import write_sheets
from portal.layers import LAYERS, Layer, Row
from portal.layers.base import AT_ONCE
from portal.lists import LISTS, Table
from reports.conditions.models import ConditionReport
from reports.restoration.models import Plan
from reports.situation.models import SituationEvent
from sites import disclosures
from sites.models import Monument, Site

LAYER_OF: dict[Any, str] = {
    Site: "sites",
    Monument: "monuments",
    ConditionReport: "condition-reports",
    SituationEvent: "situation-events",
    Plan: "restoration-plans",
}
"""Of models whose lists in the admin are given as files."""
KEY_BYTES = 16

Counted = Callable[[Iterator[list[Any]]], Iterator[list[Any]]]
"""Tells how far it is while batches pass through."""


def listed(export: Export) -> Layer | Table:
    return LAYERS.get(export.layer) or LISTS[export.layer]


def form_of(export: Export) -> Format:
    return of_layer(export.layer)[export.format]


def again(export: Export) -> str:
    """Where the same is asked for once more; what was ticked is ticked again."""
    if export.ticked:
        [model] = (model._meta for model, name in LAYER_OF.items() if name == export.layer)
        return reverse(f"admin:{model.app_label}_{model.model_name}_changelist")
    door = "lists" if export.layer in LISTS else "exports"
    return f"/{door}/{export.layer}.{export.format}" + (f"?{export.question}" if export.question else "")


class Content(ABC):
    """The rows of an export for its reader."""

    @abstractmethod
    def total(self) -> int: ...

    @abstractmethod
    def write(self, path: Path, counted: Counted) -> None: ...


def content_of(export: Export, reader: Any) -> Content:
    """Raises PermissionDenied where the list is not open to this reader."""
    if export.layer in LISTS:
        return _Listed(LISTS[export.layer], export, reader)
    return (_Ticked if export.ticked else _Asked)(LAYERS[export.layer], export, reader)


class _Asked(Content):
    def __init__(self, layer: Layer, export: Export, reader: Any) -> None:
        self.layer, self.export, self.reader = layer, export, reader
        self.question = layer.question(QueryDict(export.question), reader)

    def rows(self) -> QuerySet:
        return self.layer.rows(self.question)

    def total(self) -> int:
        return self.rows().count()

    def batches(self) -> Iterator[list[Row]]:
        return self.layer.batches(self.rows(), self.question)

    def write(self, path: Path, counted: Counted) -> None:
        """Exact places that are in a piece are logged before it is written."""
        batches = disclosures.written(self.batches(), self.reader, self.export.get_absolute_url())
        write(form_of(self.export), self.layer, counted(batches), path)


class _Ticked(_Asked):
    """By their keys, as far as the reader may see them when it is written."""

    def keys(self) -> Iterator[list[UUID]]:
        packed, step = bytes(self.export.keys or b""), AT_ONCE * KEY_BYTES
        for begin in range(0, len(packed), step):
            some = packed[begin : begin + step]
            yield [UUID(bytes=some[at : at + KEY_BYTES]) for at in range(0, len(some), KEY_BYTES)]

    def total(self) -> int:
        return len(self.export.keys or b"") // KEY_BYTES

    def batches(self) -> Iterator[list[Row]]:
        for some in self.keys():
            yield self.layer.told(list(self.rows().filter(pk__in=some)), self.question)


class _Listed(Content):
    """As XLSX; CSV begins at once and needs no worker."""

    def __init__(self, table: Table, export: Export, reader: Any) -> None:
        if not table.is_open_to(reader):
            raise PermissionDenied
        self.table = table
        self.rows = table.rows(QueryDict(export.question).dict(), reader)

    def total(self) -> int:
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    def write(self, path: Path, counted: Counted) -> None:
        write_sheets(self.table.columns, counted(self.table.batches(self.rows)), path)


def packed(keys: QuerySet) -> bytes:
    """Keys as they are kept: a million take 16 MB."""
    return b"".join(key.bytes for key in keys.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE))
