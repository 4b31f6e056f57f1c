"""Land and the borders of countries, from Natural Earth (public domain): what maps drawn here stand on."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.staticfiles import finders
from shapely import STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry


class Ground(NamedTuple):
    """What of the base map lies in a window, in degrees."""

    lands: list[Any]
    """Polygons."""
    borders: list[Any]
    """LineStrings."""


def within(window: BaseGeometry) -> Ground | None:
    """The base map inside a window; None where the front end was not built."""
    if not (trees := _trees()):
        return None
    lands, borders = trees
    return Ground(_cut(lands, window, "Polygon"), _cut(borders, window, "LineString"))


@cache
def _trees() -> tuple[STRtree, STRtree] | None:
    found = finders.find("basemap.geojson")
    if not found:
        return None
    with Path(str(found)).open(encoding="utf-8") as file:
        shapes = [shape(feature["geometry"]) for feature in json.load(file)["features"]]
    lands = [part if part.is_valid else part.buffer(0) for part in shapes if "Polygon" in part.geom_type]
    return STRtree(lands), STRtree([part for part in shapes if "Line" in part.geom_type])


def _cut(tree: STRtree, window: BaseGeometry, kind: str) -> list[Any]:
    found = [tree.geometries[index].intersection(window) for index in tree.query(window)]
    parts = [part for one in found for part in getattr(one, "geoms", [one])]
    return [part for part in parts if part.geom_type == kind and not part.is_empty]
