"""Boundaries: GeoJSON (RFC 7946) polygons in WGS84 longitude and latitude, checked by shapely."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity


def validate_boundary(value: Any) -> None:
    """Refuse anything but a valid Polygon or MultiPolygon within longitude ±180 and latitude ±90."""
    if not isinstance(value, dict) or value.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ValidationError(_("A boundary is a GeoJSON Polygon or MultiPolygon."), code="geometry_type")
    try:
        polygon = shape(value)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValidationError(_("The boundary's coordinates cannot be read as GeoJSON."), code="geometry") from error
    if polygon.is_empty:
        raise ValidationError(_("The boundary is empty."), code="geometry_empty")
    if not polygon.is_valid:
        reason = explain_validity(polygon)
        raise ValidationError(_("The boundary is not valid: %(reason)s."), "geometry_invalid", {"reason": reason})
    west, south, east, north = polygon.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:  # noqa: PLR2004
        raise ValidationError(
            _("The boundary leaves the world: longitude is -180 to 180, latitude -90 to 90."), code="geometry_range"
        )


CELLS_PER_DEGREE = 100


def public_cell(area: dict[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of the centre of the grid cell (0.01 degree, about 1 km) in which an area lies.

    The same fixed grid as that of generalised monuments: noise would average out.
    """
    inside = shape(area).representative_point()
    return (
        round(inside.x * CELLS_PER_DEGREE) / CELLS_PER_DEGREE,
        round(inside.y * CELLS_PER_DEGREE) / CELLS_PER_DEGREE,
    )


def cell_square(longitude: float, latitude: float) -> dict[str, Any]:
    """The grid cell around its centre, as a GeoJSON polygon."""
    half = 0.5 / CELLS_PER_DEGREE
    west, east, south, north = longitude - half, longitude + half, latitude - half, latitude + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
