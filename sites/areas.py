"""Drawn areas: GeoJSON (RFC 7946) polygons in WGS84 longitude and latitude."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely import Point, get_num_coordinates
from shapely.geometry import shape

from sites.geometry import validate_boundary

MOST_CORNERS = 1_000


def validate_area(value: Any) -> None:
    """As a boundary, and drawn by hand. Raises ValidationError."""
    validate_boundary(value)
    if get_num_coordinates(shape(value)) > MOST_CORNERS:
        raise ValidationError(_("This area has too many corners; draw a simpler one."))


def box(area: dict[str, Any]) -> tuple[float, float, float, float]:
    """West, south, east, north of a GeoJSON polygon, in degrees."""
    west, south, east, north = shape(area).bounds
    return west, south, east, north


def contains(area: dict[str, Any], longitude: float, latitude: float) -> bool:
    """Whether a point lies in the area or on its edge."""
    return bool(shape(area).covers(Point(longitude, latitude)))
