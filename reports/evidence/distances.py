"""Distances on the ground."""

from __future__ import annotations

import math

EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""


def metres(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    """Along the great circle between two places in degrees (haversine; right to half a percent)."""
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    half_north = math.sin((other_phi - phi) / 2) ** 2
    half_east = math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    share = half_north + math.cos(phi) * math.cos(other_phi) * half_east
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(share)))
