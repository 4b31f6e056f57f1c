"""Reading files of lists by the libraries of others."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
from pyogrio import raw


def body(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content
    content: bytes = answer.getvalue() if answer.streaming else answer.content
    return content


def rows_of(content: bytes, suffix: str, tmp_path: Path) -> dict[str, tuple[dict[str, Any], Any]]:
    """The rows of a file, read by another's library: id, values by name, point."""
    if suffix == "csv":
        found = list(csv.DictReader(io.StringIO(content.decode())))
        return {row["id"]: (row, _point(row["longitude"], row["latitude"])) for row in found}
    if suffix == "xlsx":
        head, *rest = openpyxl.load_workbook(io.BytesIO(content)).active.values
        found = [dict(zip(head, row, strict=True)) for row in rest]
        return {row["id"]: (row, _point(row["longitude"], row["latitude"])) for row in found}
    if suffix == "geojson":
        features = json.loads(content)["features"]
        return {
            f["id"]: (f["properties"], tuple(f["geometry"]["coordinates"]) if f["geometry"] else None)
            for f in features
        }
    path: Any = tmp_path / f"file.{suffix}"
    path.write_bytes(content)
    if suffix == "shp":
        path = f"/vsizip/{path.rename(tmp_path / 'file.zip')}"
    meta, _fids, points, columns = raw.read(path)
    names = list(meta["fields"])
    key = names.index("identifier" if "identifier" in names else "id")
    found = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    return {row[names[key]]: (row, _wkb(point)) for row, point in zip(found, points, strict=True)}


def _point(longitude: Any, latitude: Any) -> tuple[float, float] | None:
    return (float(longitude), float(latitude)) if longitude not in ("", None) else None


def _wkb(point: Any) -> tuple[float, ...] | None:
    return tuple(np.frombuffer(point, dtype="<f8", offset=5, count=2)) if point is not None else None
