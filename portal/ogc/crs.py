"""Coordinates in the reference systems that are spoken here."""

from __future__ import annotations

import math
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sites.areas import Box

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG_4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
EPSG_3857 = "http://www.opengis.net/def/crs/EPSG/0/3857"
KNOWN = [CRS84, EPSG_4326, EPSG_3857]
RADIUS = 6_378_137.0
LAST_LATITUDE = 89.99
"""Nearer to a pole, web mercator has no place."""


class Place(NamedTuple):
    longitude: float
    latitude: float


def known(parameter: str, uri: str) -> str:
    """Raises ValidationError."""
    if uri not in KNOWN:
        message = _("This reference system is not known here; known are: %(known)s.") % {"known": ", ".join(KNOWN)}
        raise ValidationError({parameter: [message]})
    return uri


def written(point: tuple[float, float] | None, crs: str) -> tuple[float, float] | None:
    """Longitude and latitude as the system writes them; None where it has no such place."""
    if point is None or crs == CRS84:
        return point
    longitude, latitude = point
    if crs == EPSG_4326:
        return latitude, longitude
    if abs(latitude) > LAST_LATITUDE:
        return None
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return RADIUS * math.radians(longitude), RADIUS * north


def read(first: float, second: float, crs: str) -> Place:
    """The other way round."""
    if crs == CRS84:
        return Place(first, second)
    if crs == EPSG_4326:
        return Place(second, first)
    north = 2 * math.atan(math.exp(second / RADIUS)) - math.pi / 2
    return Place(math.degrees(first / RADIUS), math.degrees(north))


def box(numbers: list[float], crs: str, parameter: str = "bbox") -> Box:
    """Of four numbers, or of six with heights, which are left aside. Raises ValidationError."""
    if len(numbers) == 6:  # noqa: PLR2004
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):  # noqa: PLR2004
        raise ValidationError({parameter: [_("Write a box as four numbers: two of one corner, two of the other.")]})
    west, south = read(numbers[0], numbers[1], crs)
    east, north = read(numbers[2], numbers[3], crs)
    if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
        message = _("A box lies within longitude -180 to 180 and latitude -90 to 90, its south below its north.")
        raise ValidationError({parameter: [message]})
    return Box(west, south, east, north)
