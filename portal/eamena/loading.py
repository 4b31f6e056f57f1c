"""Taking a sheet in by the command: all of it or nothing, as drafts handed in to the verifiers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.eamena.columns import COLUMNS, SHEET
from portal.eamena.reading import Place, Problem, Reader
from portal.eamena.taking import Loader, Taken, in_order
from reports.evidence import box, limits
from reports.evidence.boxed.refusing import Refused
from reports.evidence.refusals import words
from reports.evidence.vocabulary import Refusal

MOST_ROWS = 1_048_576
"""As many as a sheet can have; the limits of files and of the box come first."""
LONGEST = 5_000
"""Characters of a cell."""
COUNTS = ("sites", "monuments", "reports")

Told = Callable[[int, int], None]


class Unreadable(Exception):
    """The file is no workbook that is taken in; the message says why and what to do."""


class Loaded(NamedTuple):
    sites: int
    monuments: int
    reports: int
    problems: list[Problem]
    """If there is one, nothing was written."""
    left_out: list[Problem]
    """Designations that have no place here; the rest of their rows is taken."""


def check_size(size: int) -> None:
    """Whether a file of so many bytes is taken in. Raises Unreadable."""
    if refusal := limits.refusal(size):
        raise Unreadable(" ".join(words(*refusal)))


def unpack(path: Path, lines: Path) -> None:
    """Write the rows of a file from outside as lines of JSON, in the decoding box. Raises Unreadable."""
    check_size(path.stat().st_size)
    asked = {"sheet": SHEET, "rows": MOST_ROWS, "columns": 2 * len(COLUMNS), "longest": LONGEST}
    try:
        box.run("sheets.read", path=str(path.resolve()), to=str(lines), **asked)
    except Refused as refused:
        raise Unreadable(_words(refused)) from refused
    except (box.Overdrawn, box.Broken) as error:
        raise Unreadable(" ".join(words(Refusal.TOO_COSTLY, {}))) from error


def places_in(lines: Iterable[str | bytes]) -> tuple[list[Place], list[Problem]]:
    """The places of unpacked rows, each behind what it is part of, and what is wrong with rows of no place."""
    reader = Reader()
    found = reader.places(map(json.loads, lines))
    return in_order(found), reader.problems


def read(path: Path) -> tuple[list[Place], list[Problem]]:
    """The places of a file from outside. Raises Unreadable."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "rows"
        unpack(path, lines)
        with lines.open(encoding="utf-8") as rows:
            return places_in(rows)


def may_load(by: Any) -> bool:
    """Whether this person may add all that a sheet can have."""
    allowed: bool = by.has_perms(["sites.add_site", "sites.add_monument", "conditions.submit_conditionreport"])
    return allowed


def _words(refused: Refused) -> str:
    if refused.why == Refusal.UNKNOWN_TYPE:
        return _("This is no XLSX workbook; save the sheet as XLSX and send that.")
    if refused.why == Refusal.TOO_MANY_FRAMES:
        return _("The sheet has more than %(most)s rows; send it in parts.") % {"most": refused.facts["limit"]}
    if refused.why == Refusal.TOO_MUCH_METADATA:
        return _("A cell has more than %(most)s characters; shorten it.") % {"most": LONGEST}
    return " ".join(words(refused.why, refused.facts))


def load(
    places: list[Place],
    problems: list[Problem],
    *,
    by: Any,
    language: str = "en",
    dry_run: bool = False,
    tell: Told = lambda done, total: None,
) -> Loaded:
    """Write the places; with a problem, or as a trial, nothing stays. Raises PermissionDenied.

    `language`: that in which the sheet describes.
    """
    if not may_load(by):
        raise PermissionDenied(_("Your role does not allow adding to the registry."))
    loader = Loader(places, by=by, language=language)
    taken: list[Taken] = []
    with transaction.atomic():
        for number, place in enumerate(places, start=1):
            taken.append(loader.take(place))
            tell(number, len(places))
        found = sorted([*problems, *(problem for one in taken for problem in one.problems)])
        if found or dry_run:
            transaction.set_rollback(True)
    sites, monuments, reports = (sum(getattr(one, name) for one in taken) for name in COUNTS)
    return Loaded(sites, monuments, reports, found, [left for one in taken for left in one.left_out])
