from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from portal.eamena import writing as eamena
from portal.exports import geojson, gis, tables
from portal.layers import Layer, Row

Batches = Iterator[list[Row]]


class Format(NamedTuple):
    """`stream` gives it piece by piece; one without is written to a file by `write`."""

    name: str
    label: str
    media_type: str
    stream: Callable[[Layer, Batches], Iterator[bytes]] | None = None
    write: Callable[[Layer, Batches, Path], Any] | None = None
    suffix: str = ""

    def file_name(self, listed: Any) -> str:
        """`listed`: a layer, or a list without one."""
        return f"tadmor-{listed.name}.{self.suffix or self.name}"


FORMATS = {
    one.name: one
    for one in (
        Format("csv", "CSV", "text/csv; charset=utf-8", stream=tables.csv_of),
        Format(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=tables.write_xlsx,
        ),
        Format("geojson", "GeoJSON", "application/geo+json", stream=geojson.collection),
        Format("gpkg", "GeoPackage", "application/geopackage+sqlite3", write=gis.write_geopackage),
        Format("kml", "KML", "application/vnd.google-earth.kml+xml", write=gis.write_kml),
        Format("shp", "Shapefile", "application/zip", write=gis.write_shapefile, suffix="zip"),
    )
}


EAMENA = Format(
    "eamena",
    "EAMENA",
    FORMATS["xlsx"].media_type,
    write=eamena.write,
    suffix="eamena.xlsx",
)
"""A sheet for bulk upload there: of monuments, with the reports that stand now."""


def of_layer(name: str) -> dict[str, Format]:
    """Those in which this list is given."""
    return {**FORMATS, EAMENA.name: EAMENA} if name == "monuments" else FORMATS


def write(form: Format, layer: Layer, batches: Batches, path: Path) -> None:
    """Any of them to a file."""
    if form.write:
        form.write(layer, batches, path)
    elif form.stream:
        with path.open("wb") as file:
            file.writelines(form.stream(layer, batches))
