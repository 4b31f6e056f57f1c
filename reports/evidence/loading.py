"""Which files of a folder are to be loaded, and what is said of each: by a table, or by one answer for all."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.conditions.workflow import Refused, WrongState
from reports.evidence.targets import Target, about, refusal_to_add
from reports.restoration.models import Plan
from sites import dates
from sites.models import Monument

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

BELONGS_TO = ("report", "plan", "monument")
WORDS = ("caption", "alternative", "language", "credit", "licence")
COLUMNS = ("file", *BELONGS_TO, "taken", *WORDS)


class Row(NamedTuple):
    """A file by its name within the folder, and what is said of it by column."""

    name: str
    said: Mapping[str, str]


class Item(NamedTuple):
    """A file that can be loaded: where it is, what it is evidence of, how it is described."""

    path: Path
    target: Target
    description: dict[str, Any]


def rows(folder: Path, table: Path | None, for_all: Mapping[str, str]) -> Sequence[Row]:
    """By a table, the files that it names; without one, all files of the folder and its folders.

    What the table leaves empty is filled from `for_all`. Raises ValueError: the table is none.
    """
    if table is None:
        found = (path for path in sorted(folder.rglob("*")) if not path.is_dir() or path.is_symlink())
        return [Row(str(path.relative_to(folder)), for_all) for path in found if not path.name.startswith(".")]
    return list(_rows_of(table, for_all))


def _rows_of(table: Path, for_all: Mapping[str, str]) -> Iterator[Row]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        unknown = [name for name in lines.fieldnames or () if name not in COLUMNS]
        if unknown or "file" not in (lines.fieldnames or ()):
            facts = {"columns": ", ".join(COLUMNS), "unknown": ", ".join(unknown) or "–"}
            raise ValueError(_("The columns of the table are: %(columns)s. Unknown: %(unknown)s.") % facts)
        for line in lines:
            said = {name: (line[name] or "").strip() for name in COLUMNS if line.get(name)}
            name = said.pop("file", "")
            # What is said of one file is not said of another: a report of one goes before the monument of all.
            defaults = {} if said.keys() & set(BELONGS_TO) else {k: v for k, v in for_all.items() if k in BELONGS_TO}
            described = {k: v for k, v in for_all.items() if k not in BELONGS_TO}
            yield Row(name, {**described, **defaults, **{k: v for k, v in said.items() if v}})


class Reader:
    """Makes items of rows; asks the database once for each thing that rows belong to."""

    def __init__(self, folder: Path, by: PermissionsMixin) -> None:
        self.folder, self.by = folder.resolve(), by
        self._targets: dict[tuple[str, str], Target | Refused] = {}

    def item(self, row: Row) -> Item:
        """Raises Refused (nothing is to be added there), ValueError (the file or the row is not as it should be)."""
        path = self._path(row.name)
        kind = next((name for name in BELONGS_TO if row.said.get(name)), "")
        if not kind:
            raise ValueError(_("It is not said to which monument, report or plan it belongs."))
        target = self._target(kind, row.said[kind])
        if isinstance(target, Refused):
            raise target
        return Item(path, target, _description(row.said))

    def _path(self, name: str) -> Path:
        path = self.folder / name
        if path.is_symlink() or not path.resolve().is_relative_to(self.folder):
            raise ValueError(_("It leads out of the folder; links are not followed."))
        if not name or not path.is_file():
            raise ValueError(_("There is no such file in the folder."))
        return path

    def _target(self, kind: str, key: str) -> Target | Refused:
        if (kind, key) not in self._targets:
            self._targets[kind, key] = self._found(kind, key)
        return self._targets[kind, key]

    def _found(self, kind: str, key: str) -> Target | Refused:
        thing = _thing(kind, key, self.by)
        if thing is None:
            return WrongState(_("There is no %(kind)s “%(key)s”.") % {"kind": kind, "key": key})
        try:
            target = about(thing)
        except Refused as refusal:
            return refusal
        return refusal_to_add(target, self.by) or target


def _thing(kind: str, key: str, by: PermissionsMixin) -> Monument | ConditionReport | Plan | None:
    if kind == "monument":
        return Monument.objects.select_related("site").filter(slug=key).first()
    try:
        pk = UUID(key)
    except ValueError:
        return None
    if kind == "plan":
        return Plan.objects.select_related("monument__site").filter(pk=pk).first()
    readable = ConditionReport.objects.visible_to(by).select_related("monument__site")
    report: ConditionReport | None = readable.filter(pk=pk).first()
    return report


def _description(said: Mapping[str, str]) -> dict[str, Any]:
    described: dict[str, Any] = {name: said[name] for name in WORDS if said.get(name)}
    if taken := said.get("taken"):
        begin, _slash, end = taken.partition("/")
        span = dates.parse(begin, end)
        described |= {"taken_from": span.start, "taken_to": span.end}
    return described


def still_unsaid(evidence: Any, description: Mapping[str, Any]) -> dict[str, Any]:
    """What can be added to a description that may have been changed since: only what nobody has said yet."""
    return {name: value for name, value in description.items() if name != "language" and not getattr(evidence, name)}
