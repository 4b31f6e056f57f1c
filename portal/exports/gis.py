"""Files for GIS, written by GDAL: first a GeoPackage, batch by batch; the others are streamed out of it."""

from __future__ import annotations

import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pyogrio import raw

from portal.layers import Kind, Layer, Row

WGS84 = "EPSG:4326"
POINT = struct.Struct("<BIdd")
LONGEST_NAME, LONGEST_TEXT = 10, 254
"""What a Shapefile can hold."""
READ_ME = """\
A Shapefile holds ten characters of a column's name and {longest} bytes of a text.
Columns: {columns}.
Texts that were cut short here: {cut}. GeoPackage and CSV have them whole.
"""


def write_geopackage(layer: Layer, batches: Iterator[list[Row]], path: Path) -> None:
    names = {column.name: column.name for column in layer.columns}
    _write(layer, batches, path, {"id": "identifier", **names})


def write_kml(layer: Layer, batches: Iterator[list[Row]], path: Path) -> None:
    """Its names are those of the monuments, where the layer has them."""
    names = {column.name: column.name for column in layer.columns}
    named = next((name for name in ("name", "monument_name", "title") if name in names), "slug")
    _by_way_of_a_geopackage(
        layer, batches, path, {"id": "identifier", **names}, driver="KML", dataset_options={"NameField": named}
    )


def write_shapefile(layer: Layer, batches: Iterator[list[Row]], path: Path) -> None:
    """In a zip, with a text that says what it could not hold."""
    names = _short({"id": "id", **{column.name: column.name for column in layer.columns}})
    cut = {"number": 0}

    def shortened(value: Any) -> Any:
        if not isinstance(value, str) or len(value.encode()) <= LONGEST_TEXT:
            return value
        cut["number"] += 1
        return value.encode()[:LONGEST_TEXT].decode(errors="ignore")

    with tempfile.TemporaryDirectory() as folder:
        shape = Path(folder) / f"{layer.name}.shp"
        _by_way_of_a_geopackage(layer, batches, shape, names, shortened, driver="ESRI Shapefile")
        columns = ", ".join(f"{short} = {name}" for name, short in names.items() if short != name)
        (Path(folder) / "README.txt").write_text(
            READ_ME.format(longest=LONGEST_TEXT, columns=columns, cut=cut["number"]), encoding="utf-8"
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(Path(folder).iterdir()):
                packed.write(file, file.name)


def _by_way_of_a_geopackage(
    layer: Layer,
    batches: Iterator[list[Row]],
    path: Path,
    names: dict[str, str],
    change: Callable[[Any], Any] = lambda value: value,
    **options: Any,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        between = Path(folder) / "rows.gpkg"
        _write(layer, batches, between, names, change, times_as_text=True)
        with raw.open_arrow(between, use_pyarrow=False) as (meta, reader):
            raw.write_arrow(
                reader,
                path,
                layer=layer.name.replace("-", "_"),  # XML takes no other
                geometry_type="Point",
                crs=WGS84,
                geometry_name=meta["geometry_name"] or "geom",
                encoding="UTF-8",
                **options,
            )


def _write(
    layer: Layer,
    batches: Iterator[list[Row]],
    path: Path,
    names: dict[str, str],
    change: Callable[[Any], Any] = lambda value: value,
    *,
    times_as_text: bool = False,
) -> None:
    kinds = {"id": Kind.TEXT, **{column.name: column.kind for column in layer.columns}}
    if times_as_text:
        kinds = {name: Kind.TEXT if kind == Kind.TIME else kind for name, kind in kinds.items()}
    for number, rows in enumerate(_at_least_one(batches)):
        columns = {name: [change(_value(row, name)) for row in rows] for name in kinds}
        arrays = [_array(kinds[name], values) for name, values in columns.items()]
        masks = [_mask(kinds[name], values) for name, values in columns.items()]
        raw.write(
            path,
            geometry=np.array([_wkb(row) for row in rows], dtype=object),
            field_data=arrays,
            fields=[names[name] for name in kinds],
            field_mask=masks,
            layer=layer.name,
            driver="GPKG",
            geometry_type="Point",
            crs=WGS84,
            encoding="UTF-8",
            append=number > 0,
        )


def _at_least_one(batches: Iterator[list[Row]]) -> Iterator[list[Row]]:
    """A list without rows is a file without rows, too."""
    yield next(batches, [])
    yield from batches


def _value(row: Row, name: str) -> Any:
    return row.id if name == "id" else row.values[name]


def _array(kind: Kind, values: list[Any]) -> np.ndarray:
    if kind == Kind.NUMBER:
        return np.array([value or 0 for value in values], dtype=np.int64)
    if kind == Kind.YES:
        return np.array([bool(value) for value in values], dtype=bool)
    if kind == Kind.DAY:
        return np.array([value or "NaT" for value in values], dtype="datetime64[D]")
    if kind == Kind.TIME:
        return np.array([value.replace(tzinfo=None) if value else "NaT" for value in values], dtype="datetime64[ms]")
    texts = [None if value is None else value if isinstance(value, str) else value.isoformat() for value in values]
    return np.array(texts, dtype=object)


def _mask(kind: Kind, values: list[Any]) -> np.ndarray | None:
    return np.array([value is None for value in values]) if kind == Kind.NUMBER else None


def _wkb(row: Row) -> bytes | None:
    return POINT.pack(1, 1, *row.point) if row.point else None


def _short(names: dict[str, str]) -> dict[str, str]:
    """Each in ten characters, none twice."""
    found: dict[str, str] = {}
    for name in names:
        short, number = name[:LONGEST_NAME], 1
        while short in found.values():
            short, number = f"{name[: LONGEST_NAME - 1]}{number}", number + 1
        found[name] = short
    return found
