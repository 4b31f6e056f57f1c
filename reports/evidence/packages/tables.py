"""Tables of a package: each as CSV for people and as JSON for programs, written row by row."""

from __future__ import annotations

import csv
import json
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Those of full width too, which sheets in East Asian languages read alike."""


class Table(AbstractContextManager):
    """`metadata/NAME.csv` and `metadata/NAME.json`; every row has the same columns as the first one."""

    def __init__(self, folder: Path, name: str) -> None:
        self._stack = ExitStack()
        self._csv = self._stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline=""))
        self._json = self._stack.enter_context((folder / f"{name}.json").open("w", encoding="utf-8"))
        self._writer: csv.DictWriter | None = None
        self._json.write("[")

    def add(self, row: dict[str, Any]) -> None:
        if self._writer is None:
            self._writer = csv.DictWriter(self._csv, list(row))
            self._writer.writeheader()
        else:
            self._json.write(",")
        self._writer.writerow({name: _cell(value) for name, value in row.items()})
        self._json.write("\n")
        json.dump(row, self._json, ensure_ascii=False)

    def __exit__(self, *error: object) -> None:
        self._json.write("\n]\n")
        self._stack.close()


def _cell(value: Any) -> Any:
    """Nested values as JSON; what a spreadsheet would take for a formula is text."""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(BEGINS_FORMULA):
        return f"'{value}"
    return value
