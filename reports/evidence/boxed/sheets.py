"""The cells of a workbook from outside, as text."""

from __future__ import annotations

import datetime
import json
import zipfile
from typing import Any

from openpyxl import load_workbook

from reports.evidence.boxed.refusing import Refused

ZIP = b"PK\x03\x04"
MOST_UNPACKED = 200 << 20
"""Bytes, by what the archive says of itself; what it hides from that, the limits of the box stop."""
MOST_MEMBERS = 500


def read(path: str, *, to: str, sheet: str, rows: int, columns: int, longest: int) -> dict[str, Any]:
    """Writes the cells of the sheet, or of the first one, to a file of JSON lines, each its row's number and texts.

    At most `rows` rows of `columns` cells, each of `longest` characters. Raises Refused.
    """
    _check(path)
    try:
        # As an open file: of a path, openpyxl goes by the name.
        with open(path, "rb") as file, open(to, "w", encoding="utf-8") as out:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            found = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
            return {"rows": _write(found, out, rows, columns, longest)}
    except (Refused, MemoryError):
        raise
    except Exception as error:  # openpyxl meets files from outside with every kind of error
        raise Refused("damaged", kind="corrupt") from error


def _check(path: str) -> None:
    with open(path, "rb") as file:
        if file.read(len(ZIP)) != ZIP:
            raise Refused("unknown_type", kind="workbook")
    try:
        members = zipfile.ZipFile(path).infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused("damaged", kind="corrupt") from error
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Refused("too_costly")


def _write(sheet: Any, out: Any, rows: int, columns: int, longest: int) -> int:
    written = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=columns, values_only=True), start=1):
        texts = [_text(value) for value in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if written == rows:
            raise Refused("too_many_frames", found=number, limit=rows)
        if any(len(text) > longest for text in texts):
            raise Refused("too_much_metadata")
        json.dump([number, texts], out)
        out.write("\n")
        written += 1
    return written


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
