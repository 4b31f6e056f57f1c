"""A small picture of where something is, for those whose mail program loads nothing from elsewhere.

Drawn from Natural Earth (public domain), as the portal's own map, with what the public may know of the place.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw
from shapely import box
from shapely.geometry.base import BaseGeometry

from sites import basemap

WIDTH, HEIGHT = 1120, 400
"""In pixels; shown at half the size, so that it is sharp on good screens."""
DEGREES_WIDE = 28.0
SEA, LAND, BORDER, DOT, RING = "#cfd9de", "#ece4d4", "#a89a86", "#a3271f", "#ffffff"
COLOURS = 32


@lru_cache(maxsize=512)
def around(longitude: float, latitude: float) -> bytes | None:
    """PNG of the surroundings of a point in degrees; None where there is no base map."""
    window = _window(longitude, latitude)
    ground = basemap.within(window)
    if ground is None:
        return None
    image = Image.new("RGB", (WIDTH, HEIGHT), SEA)
    draw = ImageDraw.Draw(image)
    for polygon in ground.lands:
        draw.polygon([_pixel(point, window) for point in polygon.exterior.coords], fill=LAND)
    for line in ground.borders:
        draw.line([_pixel(point, window) for point in line.coords], fill=BORDER, width=2)
    x, y = _pixel((longitude, latitude), window)
    draw.ellipse((x - 15, y - 15, x + 15, y + 15), fill=DOT, outline=RING, width=5)
    kept = io.BytesIO()
    image.quantize(COLOURS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _window(longitude: float, latitude: float) -> BaseGeometry:
    """Degrees taken as squares: true enough for a glance, up to where monuments stand."""
    high = DEGREES_WIDE * HEIGHT / WIDTH
    return box(longitude - DEGREES_WIDE / 2, latitude - high / 2, longitude + DEGREES_WIDE / 2, latitude + high / 2)


def _pixel(point: Any, window: BaseGeometry) -> tuple[float, float]:
    west, south, east, north = window.bounds
    return (point[0] - west) / (east - west) * WIDTH, (north - point[1]) / (north - south) * HEIGHT
