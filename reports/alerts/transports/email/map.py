"""A small picture of where something is, for those whose mail program loads nothing from elsewhere.

Drawn from Natural Earth (public domain), as the portal's own map, with what the public may know of the place.
"""

from __future__ import annotations

import io
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw
from shapely import STRtree, box
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

WIDTH, HEIGHT = 1120, 400
"""In pixels; shown at half the size, so that it is sharp on good screens."""
DEGREES_WIDE = 28.0
SEA, LAND, BORDER, DOT, RING = "#cfd9de", "#ece4d4", "#a89a86", "#a3271f", "#ffffff"
COLOURS = 32


@lru_cache(maxsize=512)
def around(longitude: float, latitude: float) -> bytes | None:
    """PNG of the surroundings of a point in degrees; None where there is no base map."""
    if not (trees := _basemap()):
        return None
    lands, borders = trees
    window = _window(longitude, latitude)
    image = Image.new("RGB", (WIDTH, HEIGHT), SEA)
    draw = ImageDraw.Draw(image)
    for polygon in _within(lands, window, "Polygon"):
        draw.polygon([_pixel(point, window) for point in polygon.exterior.coords], fill=LAND)
    for line in _within(borders, window, "LineString"):
        draw.line([_pixel(point, window) for point in line.coords], fill=BORDER, width=2)
    x, y = _pixel((longitude, latitude), window)
    draw.ellipse((x - 15, y - 15, x + 15, y + 15), fill=DOT, outline=RING, width=5)
    kept = io.BytesIO()
    image.quantize(COLOURS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


@cache
def _basemap() -> tuple[STRtree, STRtree] | None:
    """Land, and the borders of countries."""
    found = finders.find("basemap.geojson")
    if not found:
        return None
    with Path(str(found)).open(encoding="utf-8") as file:
        shapes = [shape(feature["geometry"]) for feature in json.load(file)["features"]]
    lands = [part if part.is_valid else part.buffer(0) for part in shapes if "Polygon" in part.geom_type]
    return STRtree(lands), STRtree([part for part in shapes if "Line" in part.geom_type])


def _window(longitude: float, latitude: float) -> BaseGeometry:
    """Degrees taken as squares: true enough for a glance, up to where monuments stand."""
    high = DEGREES_WIDE * HEIGHT / WIDTH
    return box(longitude - DEGREES_WIDE / 2, latitude - high / 2, longitude + DEGREES_WIDE / 2, latitude + high / 2)


def _within(tree: STRtree, window: BaseGeometry, kind: str) -> list[Any]:
    found = [tree.geometries[index].intersection(window) for index in tree.query(window)]
    parts = [part for one in found for part in getattr(one, "geoms", [one])]
    return [part for part in parts if part.geom_type == kind and not part.is_empty]


def _pixel(point: Any, window: BaseGeometry) -> tuple[float, float]:
    west, south, east, north = window.bounds
    return (point[0] - west) / (east - west) * WIDTH, (north - point[1]) / (north - south) * HEIGHT
