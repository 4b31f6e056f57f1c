"""Mapbox Vector Tiles 2.1 of points, and of nothing else: general encoders take many times as long.

https://github.com/mapbox/vector-tile-spec/tree/master/2.1; the tests decode them by another's library.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

EXTENT = 4096

Value = str | int | bool


class Feature(NamedTuple):
    """A point; `x` from the west and `y` from the north, 0 to EXTENT - 1."""

    x: int
    y: int
    properties: dict[str, Value]
    id: int = 0


def encode(layers: dict[str, Iterable[Feature]]) -> bytes:
    """A tile of the layers that have features; b"" where none has."""
    return b"".join(_field(3, _layer(name, some)) for name, features in layers.items() if (some := list(features)))


def _layer(name: str, features: list[Feature]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    body = bytearray(b"\x78\x02")  # the version of the format
    body += _field(1, name.encode())
    for feature in features:
        tags = bytearray()
        for key, value in feature.properties.items():
            tags += _number(keys.setdefault(key, len(keys)))
            tags += _number(values.setdefault((type(value), value), len(values)))
        place = b"\x09" + _number(feature.x << 1) + _number(feature.y << 1)  # "move to", both zigzag
        identity = b"\x08" + _number(feature.id) if feature.id else b""
        body += _field(2, identity + _field(2, bytes(tags)) + b"\x18\x01" + _field(4, place))
    for key in keys:
        body += _field(3, key.encode())
    for _kind, value in values:
        body += _field(4, _value(value))
    body += b"\x28" + _number(EXTENT)
    return bytes(body)


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return b"\x38\x01" if value else b"\x38\x00"
    if isinstance(value, int):
        return b"\x28" + _number(value)
    return _field(1, value.encode())


def _field(number: int, content: bytes) -> bytes:
    """A field of bytes, with its length before it."""
    return _number(number << 3 | 2) + _number(len(content)) + content


def _number(value: int) -> bytes:
    """A whole number from 0 on, seven bits to a byte, the lowest first."""
    if value < 0x80:  # noqa: PLR2004
        return _SMALL[value]
    parts = bytearray()
    while value >= 0x80:  # noqa: PLR2004
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


_SMALL = [bytes([value]) for value in range(0x80)]
