"""Pictures that look alike, found by index: 64 bits in four bands of 16.

Of two pictures whose bits differ in at most seven places, one band differs in at most one place: eight
differences would be needed for two in each of the four. So all near ones are among those that have one
band in common but for one bit: 4 bands times 17 values to look up, however many pictures there are.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from reports.evidence.models import Original, PerceptualHash

BANDS, BAND_BITS = 4, 16
FARTHEST = 7
"""Bits in which two pictures may differ and still be taken for the same."""

_ALL = (1 << 64) - 1
_HALF = 1 << 63
_BAND = (1 << BAND_BITS) - 1


class Near(NamedTuple):
    original: str
    distance: int


def remember(original: Original, bits: int) -> None:
    """Keep what an original looks like; `bits` is a number of 64 bits without a sign."""
    parts = {f"band_{n}": part for n, part in enumerate(bands(bits))}
    PerceptualHash.objects.get_or_create(original=original, defaults={"bits": signed(bits), **parts})


def near(bits: int, *, farthest: int = FARTHEST) -> list[Near]:
    """The originals that look like this, the nearest first; at most `FARTHEST` bits away."""
    assert farthest <= FARTHEST  # noqa: S101 - farther ones the index does not find
    wanted = Q()
    for number, part in enumerate(bands(bits)):
        wanted |= Q(**{f"band_{number}__in": _akin(part)})
    rows = PerceptualHash.objects.filter(wanted).values_list("original_id", "bits")
    found = (Near(original, (bits ^ (other & _ALL)).bit_count()) for original, other in rows.iterator())
    return sorted((one for one in found if one.distance <= farthest), key=lambda one: (one.distance, one.original))


def bands(bits: int) -> list[int]:
    return [bits >> (BAND_BITS * number) & _BAND for number in range(BANDS)]


def signed(bits: int) -> int:
    """As the database keeps it: a number of 64 bits with a sign."""
    return bits - (1 << 64) if bits >= _HALF else bits


def _akin(part: int) -> list[int]:
    """The band itself and those that differ from it in one bit."""
    return [part, *(part ^ (1 << n) for n in range(BAND_BITS))]
