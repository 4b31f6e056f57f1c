"""The PDF of a report, by Typst: tagged and, where every letter has a glyph in our fonts, PDF/UA-1."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import typst
from django.conf import settings

from reports.situation_reports.content import Content, Entry

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"
ACCESSIBLE = ["ua-1"]


def typeset(content: Content, made_at: int, photographs: Mapping[str, bytes]) -> bytes:
    """PDF of the content; `made_at` in seconds since 1970 stands in the file, so that the same gives the same bytes.

    `photographs`: the pictures by the keys of the content. Raises typst.TypstError.
    """
    with tempfile.TemporaryDirectory(prefix="situation-report-") as folder:
        root = Path(folder)
        (root / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        (root / "report.json").write_text(json.dumps(_absolute(content).as_json()), encoding="utf-8")
        for key, picture in photographs.items():
            (root / key).parent.mkdir(exist_ok=True)
            (root / key).write_bytes(picture)
        try:
            return _compile(root, made_at, system_fonts=False, standards=ACCESSIBLE)
        except typst.TypstError as error:
            # A letter that none of our fonts has (a source in Chinese, say) is not allowed in PDF/UA-1.
            logger.info("Set without PDF/UA: %s", error.message)
            return _compile(root, made_at, system_fonts=True, standards=[])


def _compile(root: Path, made_at: int, *, system_fonts: bool, standards: list[str]) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=system_fonts, include_embedded_fonts=False, font_paths=[str(settings.REPORT_FONTS)]
    )
    made: bytes = typst.compile(
        str(root / TEMPLATE.name),
        root=str(root),
        font_paths=fonts,
        format="pdf",
        pdf_standards=cast("list[typst.PDFStandard]", standards),
        timestamp=made_at,
    )
    return made


def _absolute(content: Content) -> Content:
    """With whole addresses: a PDF is read outside of the portal."""
    sections = tuple(
        replace(
            section,
            entries=tuple(_entry(entry) for entry in section.entries),
            changes=tuple(replace(change, link=_whole(change.link)) for change in section.changes),
        )
        for section in content.sections
        if any(
            (
                section.paragraphs,
                section.entries,
                section.changes,
                section.pictures,
                section.photographs,
                section.table,
            )
        )
    )
    return replace(content, sections=sections)


def _entry(entry: Entry) -> Entry:
    return replace(entry, link=_whole(entry.link))


def _whole(path: str) -> str:
    return settings.BASE_URL + path if path.startswith("/") else path
