"""Tables: CSV piece by piece, and sheets written row by row, so that a million rows need no memory."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from portal.layers import Layer, Row
from reports.evidence.packages.tables import BEGINS_FORMULA

ROWS_OF_A_SHEET = 1_048_576
LONGEST_CELL = 32_767


def header(layer: Layer) -> list[str]:
    return ["id", *(column.name for column in layer.columns), "longitude", "latitude"]


def csv_of(layer: Layer, batches: Iterator[list[Row]]) -> Iterator[bytes]:
    """A layer, with the places of its rows."""
    return csv_rows(header(layer), _in_columns(batches))


def csv_rows(head: Sequence[str], batches: Iterator[list[list[Any]]]) -> Iterator[bytes]:
    """RFC 4180, UTF-8 without a mark at its beginning."""
    yield _lines([head])
    for rows in batches:
        yield _lines([_plain(value) for value in row] for row in rows)


def write_xlsx(layer: Layer, batches: Iterator[list[Row]], path: Path) -> None:
    """A layer, with the places of its rows."""
    write_sheets(header(layer), _in_columns(batches), path)


def write_sheets(head: Sequence[str], batches: Iterator[list[list[Any]]], path: Path) -> None:
    """What one sheet cannot hold goes on in the next."""
    book = Workbook(write_only=True)
    sheet, left = None, 0
    for rows in batches:
        for row in rows:
            if sheet is None or not left:
                sheet, left = book.create_sheet(), ROWS_OF_A_SHEET - 1
                sheet.append(head)
            sheet.append([cell(sheet, value) for value in row])
            left -= 1
    if sheet is None:
        book.create_sheet().append(head)
    book.save(path)


def _in_columns(batches: Iterator[list[Row]]) -> Iterator[list[list[Any]]]:
    return ([_values(row) for row in rows] for rows in batches)


def _values(row: Row) -> list[Any]:
    longitude, latitude = row.point or (None, None)
    return [row.id, *row.values.values(), longitude, latitude]


def _lines(rows: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _plain(value: Any) -> Any:
    """What a spreadsheet would take for a formula is text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(BEGINS_FORMULA):
        return f"'{value}"
    return value


def cell(sheet: Any, value: Any) -> Any:
    """Times as text, as sheets know no time zones; text never as a formula."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    shown = ILLEGAL_CHARACTERS_RE.sub("", value)
    if len(shown) > LONGEST_CELL:
        shown = f"{shown[: LONGEST_CELL - 1]}…"
    if not shown.startswith(BEGINS_FORMULA):
        return shown
    cell = WriteOnlyCell(sheet, shown)
    cell.data_type = "s"
    return cell
