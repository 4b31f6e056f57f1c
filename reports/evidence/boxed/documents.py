"""Whether a PDF is whole and lies still: what a program would run or take out of it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from reports.evidence.boxed.refusing import Refused

MOST_OBJECTS = 1_000_000
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/RichMediaExecute"}
"""Actions (ISO 32000-2, 12.6.4) that run something, send something or open what is within."""
ACTIVE_PARTS = {"/RichMedia", "/Movie", "/Screen", "/3D"}
"""Annotations that play something."""


def check(path: str, *, pages: int) -> None:
    """Raises Refused."""
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            _check_pages(pdf, pages)
            for thing in _dictionaries(pdf):
                _check_still(thing)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except (pikepdf.PdfError, ValueError, KeyError, RuntimeError) as error:
        raise Refused("damaged", kind="corrupt") from error


def _check_pages(pdf: pikepdf.Pdf, most: int) -> None:
    if pdf.is_encrypted:
        raise Refused("encrypted")
    found = len(pdf.pages)
    if not found:
        raise Refused("damaged", kind="corrupt")
    if found > most:
        raise Refused("too_many_frames", found=found, limit=most)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the document; one within another is reached through it."""
    open_ones: list[Any] = [pdf.trailer]
    for number, thing in enumerate(pdf.objects):
        if number > MOST_OBJECTS:
            raise Refused("too_costly")
        open_ones.append(thing)
        while open_ones:
            one = open_ones.pop()
            if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
                yield one
            open_ones.extend(_parts(one))


def _parts(thing: Any) -> list[Any]:
    """What lies directly within; what is an object of its own comes by itself."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        values = list(thing.values()) if isinstance(thing, pikepdf.Dictionary) else list(thing.stream_dict.values())
    elif isinstance(thing, pikepdf.Array):
        values = list(thing)
    else:
        return []
    return [value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _check_still(thing: Any) -> None:
    if "/JS" in thing or str(thing.get("/S")) in ACTIVE_ACTIONS:
        raise Refused("active", kind="action")
    if "/XFA" in thing or str(thing.get("/Subtype")) in ACTIVE_PARTS:
        raise Refused("active", kind="form")
    if "/EF" in thing or str(thing.get("/Type")) == "/EmbeddedFile" or str(thing.get("/Subtype")) == "/FileAttachment":
        raise Refused("two_in_one", kind="attachment")
