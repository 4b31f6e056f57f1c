"""What a situation report says, in one language: the page and the PDF are made of this same object.

Pure: no database, no clock, no markup. Texts of ours are whole sentences in the report's language; what a
source says stays in its own words and language.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody says, in their words."""

    text: str
    language: str
    direction: str
    note: str = ""
    """Which language it is, where it is not that of the report."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, threatens, or is planned: when, what, who says so, how sure."""

    when: str = ""
    kind: str = ""
    title: str = ""
    link: str = ""
    sentences: tuple[str, ...] = ()
    quote: Quote | None = None
    source: str = ""
    source_link: str = ""
    certainty: str = ""
    flags: tuple[str, ...] = ()
    """Doubts, each a sentence."""
    grade: str = ""
    """Code of a damage grade, where it is about one."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one monument within the period."""

    monument: str
    link: str
    number: str
    """Its number on the plan and in the table."""
    before: str
    after: str
    """Codes of damage grades."""
    before_label: str
    after_label: str
    steps: tuple[Entry, ...]
    contested: str = ""
    """A sentence that names both sides."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG; `alternative` says in words what it shows."""

    svg: str
    alternative: str
    caption: str
    legend: tuple[tuple[str, str], ...] = ()
    """Codes of damage grades with their words."""
    share: int = 100
    """Of the width of the page, in percent."""


@dataclass(frozen=True, slots=True)
class Photograph:
    key: str
    """The file of the published rendition; the picture itself is beside the content."""
    caption: str
    alternative: str
    credit: str
    width: int
    height: int
    language: str = ""
    """Of the alternative."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    """Columns of numbers."""
    widths: tuple[int, ...] = ()
    """Of the columns, relative to each other; 0: no wider than its content."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; each part is left out where it is empty."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    changes: tuple[Change, ...] = ()
    pictures: tuple[Picture, ...] = ()
    photographs: tuple[Photograph, ...] = ()
    table: Table | None = None
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    language: str
    direction: str
    title: str
    period: str
    stand: str
    """As of which day, and by what was known when."""
    audience: str
    names: tuple[str, ...]
    """The place in other languages, and its designations."""
    permalink: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    words: dict[str, str] = field(default_factory=dict)
    """The few words that page and PDF set around the rest, in the report's language."""

    def section(self, key: str) -> Section:
        return next(section for section in self.sections if section.key == key)

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    def digest(self) -> str:
        """SHA-256 of all that it says, for telling whether two reports say the same."""
        said = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def from_json(kept: dict[str, Any]) -> Content:
    """The content as it was filed."""
    sections = tuple(_section(section) for section in kept["sections"])
    return Content(**{**kept, "names": tuple(kept["names"]), "summary": tuple(kept["summary"]), "sections": sections})


def _section(kept: dict[str, Any]) -> Section:
    table = kept["table"]
    return Section(
        key=kept["key"],
        title=kept["title"],
        paragraphs=tuple(kept["paragraphs"]),
        entries=tuple(_entry(entry) for entry in kept["entries"]),
        changes=tuple(
            Change(**{**change, "steps": tuple(_entry(step) for step in change["steps"])})
            for change in kept["changes"]
        ),
        pictures=tuple(_picture(picture) for picture in kept["pictures"]),
        photographs=tuple(Photograph(**photograph) for photograph in kept["photographs"]),
        table=table and _table(table),
        bullets=tuple(kept["bullets"]),
    )


def _entry(kept: dict[str, Any]) -> Entry:
    quote = kept["quote"]
    return Entry(
        **{
            **kept,
            "sentences": tuple(kept["sentences"]),
            "flags": tuple(kept["flags"]),
            "quote": Quote(**quote) if quote else None,
        }
    )


def _picture(kept: dict[str, Any]) -> Picture:
    return Picture(**{**kept, "legend": tuple((code, word) for code, word in kept["legend"])})


def _table(kept: dict[str, Any]) -> Table:
    lists = {name: tuple(kept[name]) for name in ("columns", "numeric", "widths")}
    return Table(**{**kept, **lists, "rows": tuple(tuple(row) for row in kept["rows"])})
