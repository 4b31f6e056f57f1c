"""Where somebody looks: drawn areas (GeoJSON, RFC 7946) and boxes, in WGS84 longitude and latitude."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func, Q
from django.utils.translation import gettext as _
from shapely import Point, get_num_coordinates, prepare
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from sites.geometry import validate_boundary

MOST_CORNERS = 1_000
SQLITE_FUNCTION = "tadmor_area_covers"


class Box(NamedTuple):
    """In degrees; west of its east, or across the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def condition(self, longitude: str, latitude: str) -> Q:
        """As a filter on two columns; the edges belong to it."""
        between = Q(**{f"{latitude}__gte": self.south, f"{latitude}__lte": self.north})
        east_of_west, west_of_east = Q(**{f"{longitude}__gte": self.west}), Q(**{f"{longitude}__lte": self.east})
        return between & (east_of_west & west_of_east if self.west <= self.east else east_of_west | west_of_east)


def read_box(text: str) -> Box:
    """ "38.2,34.5,38.3,34.6". Raises ValidationError."""
    try:
        box = Box(*(float(number) for number in text.split(",")))
    except (TypeError, ValueError):
        message = _("Write a box as west,south,east,north in degrees, such as 38.2,34.5,38.3,34.6.")
        raise ValidationError(message) from None
    if not (abs(box.west) <= 180 and abs(box.east) <= 180 and -90 <= box.south < box.north <= 90):  # noqa: PLR2004
        raise ValidationError(
            _("A box lies within longitude -180 to 180 and latitude -90 to 90, its south below its north.")
        )
    if box.west == box.east:
        raise ValidationError(_("This box is not valid: its west is its east."))
    return box


def validate_area(value: Any) -> None:
    """As a boundary, and drawn by hand. Raises ValidationError."""
    validate_boundary(value)
    if get_num_coordinates(shape(value)) > MOST_CORNERS:
        raise ValidationError(_("This area has too many corners; draw a simpler one."))


def read_area(text: str) -> dict[str, Any]:
    """A GeoJSON polygon. Raises ValidationError."""
    try:
        area = json.loads(text)
    except ValueError:
        raise ValidationError(_("Write an area as a GeoJSON polygon.")) from None
    validate_area(area)
    return dict(area)


def box(area: dict[str, Any]) -> Box:
    """The smallest one around a GeoJSON polygon."""
    return Box(*shape(area).bounds)


def digest(area: dict[str, Any]) -> str:
    """The same for the same area, in whatever order its members are written."""
    return hashlib.sha256(json.dumps(area, sort_keys=True).encode()).hexdigest()


def contains(area: dict[str, Any], longitude: float, latitude: float) -> bool:
    """Whether a point lies in the area or on its edge."""
    return bool(shape(area).covers(Point(longitude, latitude)))


class AreaCovers(Func):
    """Whether an area holds the point of two columns: asked inside the database, however many rows there are.

    SQLite calls shapely through a function of the connection; PostgreSQL has polygons of its own.
    """

    function = SQLITE_FUNCTION
    output_field = BooleanField()
    conditional = True

    def __init__(self, area: dict[str, Any], longitude: Any, latitude: Any, **extra: Any) -> None:
        self.area = area
        super().__init__(longitude, latitude, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        (lon, lon_params), (lat, lat_params) = map(compiler.compile, self.source_expressions)
        return f"{SQLITE_FUNCTION}(%s, {lon}, {lat})", (json.dumps(self.area), *lon_params, *lat_params)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        (lon, lon_params), (lat, lat_params) = map(compiler.compile, self.source_expressions)
        point, parts, params = f"point({lon}, {lat})", [], []
        for outer, *holes in _rings(self.area):
            tests = [f"%s::polygon @> {point}", *[f"NOT %s::polygon @> {point}"] * len(holes)]
            for ring in (outer, *holes):
                params += [ring, *lon_params, *lat_params]
            parts.append(f"({' AND '.join(tests)})")
        return f"({' OR '.join(parts)})", params


def within(area: dict[str, Any], longitude: str, latitude: str) -> Q:
    """As a filter on two columns: the box by an index, the corners one by one."""
    return box(area).condition(longitude, latitude) & Q(AreaCovers(area, longitude, latitude))


def teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new SQLite connection the function that `AreaCovers` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 3, _covers, deterministic=True)


def _covers(area: str, longitude: float | None, latitude: float | None) -> bool:
    if longitude is None or latitude is None:
        return False
    return bool(_prepared(area).covers(Point(longitude, latitude)))


@lru_cache(maxsize=16)
def _prepared(area: str) -> BaseGeometry:
    polygon = shape(json.loads(area))
    prepare(polygon)
    return polygon


def _rings(area: dict[str, Any]) -> list[list[str]]:
    """Of each polygon its rings, the outer one first, as PostgreSQL writes them."""
    polygons = [area["coordinates"]] if area["type"] == "Polygon" else area["coordinates"]
    return [[",".join(f"({x!r},{y!r})" for x, y, *_ in ring) for ring in polygon] for polygon in polygons]
