"""Around a place: what lies within so many metres of it."""

from __future__ import annotations

import math
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext as _

from sites.areas import Box

EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""


class Circle(NamedTuple):
    """In degrees, and metres along the great circle (haversine; right to half a percent)."""

    longitude: float
    latitude: float
    radius: float

    def condition(self, longitude: str, latitude: str) -> Q:
        """As a filter on two columns; an index of either finds the box around it."""
        near = LessThanOrEqual(self._metres(longitude, latitude), Value(self.radius, FloatField()))
        return self.box().condition(longitude, latitude) & Q(near)

    def box(self) -> Box:
        """The smallest that holds it; around a pole, or over half the earth, all longitudes."""
        north = math.degrees(self.radius / EARTH)
        south_edge, north_edge = self.latitude - north, self.latitude + north
        if south_edge <= -90 or north_edge >= 90:  # noqa: PLR2004
            return Box(-180, max(south_edge, -90), 180, min(north_edge, 90))
        share = math.sin(math.radians(north)) / math.cos(math.radians(self.latitude))
        east = math.degrees(math.asin(min(1.0, share)))
        return Box(_turned(self.longitude - east), south_edge, _turned(self.longitude + east), north_edge)

    def _metres(self, longitude: str, latitude: str) -> Combinable:
        half_north = Power(Sin((Radians(F(latitude)) - math.radians(self.latitude)) / 2.0), 2)
        half_east = Power(Sin((Radians(F(longitude)) - math.radians(self.longitude)) / 2.0), 2)
        share = half_north + Cos(Radians(F(latitude))) * math.cos(math.radians(self.latitude)) * half_east
        return ASin(Least(Sqrt(share), Value(1.0))) * (2 * EARTH)


def read_place(text: str) -> tuple[float, float]:
    """ "38.27,34.55". Raises ValidationError."""
    try:
        longitude, latitude = (float(number) for number in text.split(","))
    except ValueError:
        raise ValidationError(_("Write a place as longitude,latitude in degrees, such as 38.27,34.55.")) from None
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004
        raise ValidationError(_("A place lies within longitude -180 to 180 and latitude -90 to 90."))
    return longitude, latitude


def _turned(longitude: float) -> float:
    return (longitude + 180) % 360 - 180
