"""Around a place: what lies within so many metres of it."""

from __future__ import annotations

import math
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import DecimalField, F, FloatField, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cast, Cos, Least, Power, Radians, Sin, Sqrt
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext as _

from sites.areas import Box

EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""
DECIMALS = 9
"""Of a degree: a tenth of a millimetre."""


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
        north, east = _radians(latitude), _radians(longitude)
        here_north, here_east = (math.radians(round(side, DECIMALS)) for side in (self.latitude, self.longitude))
        half_north = Power(Sin((north - here_north) / 2.0), 2)
        half_east = Power(Sin((east - here_east) / 2.0), 2)
        share = half_north + Cos(north) * math.cos(here_north) * half_east
        return ASin(Least(Sqrt(share), Value(1.0))) * (2 * EARTH)


def _radians(column: str) -> Combinable:
    """Rounded first: PostgreSQL refuses to square a difference that is smaller than an atom."""
    return Radians(Cast(Cast(F(column), DecimalField(max_digits=12, decimal_places=DECIMALS)), FloatField()))


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
