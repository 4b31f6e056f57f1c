"""Places as one number, so that an index over it answers what stands in a tile of a map.

A cell is the Z-order interleaving of web-mercator x and y at `DEPTH` bits each (3.7 cm at the equator).
All places in a tile are one range of cells, and `cell >> 2 * (DEPTH - level)` is the cell of a coarser
grid of 2**level columns, from the west, and rows, from the north.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Func, Q

DEPTH = 30
SIZE = 1 << DEPTH
MOST_NORTH = 85.05112877980659
"""Where web mercator ends; what lies beyond stands on its edge."""

_SPREAD = [(16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F)]
_SPREAD += [(2, 0x3333333333333333), (1, 0x5555555555555555)]


class Tile(NamedTuple):
    """Of a map in web mercator: `x` from the west, `y` from the north, both below 2**z."""

    z: int
    x: int
    y: int

    def cells(self, level: int = DEPTH) -> tuple[int, int]:
        """The first and the last cell in it, of the finest grid or of a coarser one."""
        shift = 2 * (level - self.z)
        first = interleave(self.x, self.y) << shift
        return first, first + (1 << shift) - 1

    def condition(self, column: str) -> Q:
        """As a filter on a column of cells."""
        return Q(**{f"{column}__range": self.cells()})


def x_of(longitude: float) -> int:
    """The column of the finest grid, 0 to SIZE - 1."""
    return min(max(math.floor((longitude + 180) / 360 * SIZE), 0), SIZE - 1)


def y_of(latitude: float) -> int:
    """The row of the finest grid, 0 to SIZE - 1."""
    sine = math.sin(math.radians(min(max(latitude, -MOST_NORTH), MOST_NORTH)))
    return min(max(math.floor((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * SIZE), 0), SIZE - 1)


def longitude_of(x: float) -> float:
    return x / SIZE * 360 - 180


def latitude_of(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / SIZE))))


def interleave(x: int, y: int) -> int:
    """One number of which `x` has the even bits and `y` the odd ones."""
    return _spread(x) | _spread(y) << 1


def column_and_row(cell: int) -> tuple[int, int]:
    """The other way round."""
    return _gather(cell), _gather(cell >> 1)


def _spread(value: int) -> int:
    for shift, mask in _SPREAD:
        value = (value | value << shift) & mask
    return value


def _gather(value: int) -> int:
    value &= _SPREAD[-1][1]
    for (shift, _own), mask in zip(
        reversed(_SPREAD), [m for _s, m in reversed(_SPREAD[:-1])] + [0xFFFFFFFF], strict=True
    ):
        value = (value | value >> shift) & mask
    return value


class CellOf(Func):
    """The cell of two columns, worked out by the database: by SQL on PostgreSQL, by the above on SQLite."""

    function = "tadmor_cell"
    output_field = BigIntegerField(null=True)


class ColumnOf(Func):
    """`x_of` a column of longitudes."""

    function = "tadmor_x"
    output_field = BigIntegerField(null=True)


class RowOf(Func):
    """`y_of` a column of latitudes."""

    function = "tadmor_y"
    output_field = BigIntegerField(null=True)


def teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new SQLite connection the functions that its tables call."""
    if connection.vendor == "sqlite":
        for name, count, function in (("tadmor_x", 1, _x), ("tadmor_y", 1, _y), ("tadmor_cell", 2, _cell)):
            connection.connection.create_function(name, count, function, deterministic=True)


def _x(longitude: float | None) -> int | None:
    return None if longitude is None else x_of(longitude)


def _y(latitude: float | None) -> int | None:
    return None if latitude is None else y_of(latitude)


def _cell(longitude: float | None, latitude: float | None) -> int | None:
    return None if longitude is None or latitude is None else interleave(x_of(longitude), y_of(latitude))


def _spread_sql(value: str) -> str:
    """Statements of PL/pgSQL that spread the bits of a variable."""
    return "\n".join(f"{value} := ({value} | ({value} << {shift})) & {mask};" for shift, mask in _SPREAD)


POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION tadmor_x(longitude double precision) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT LEAST(GREATEST(floor((longitude + 180) / 360 * {SIZE})::bigint, 0), {SIZE - 1})
$$;
CREATE OR REPLACE FUNCTION tadmor_y(latitude double precision) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE sine double precision := sin(radians(LEAST(GREATEST(latitude, -{MOST_NORTH}), {MOST_NORTH})));
BEGIN
    RETURN LEAST(GREATEST(floor((0.5 - ln((1 + sine) / (1 - sine)) / (4 * pi())) * {SIZE})::bigint, 0), {SIZE - 1});
END $$;
CREATE OR REPLACE FUNCTION tadmor_cell(longitude double precision, latitude double precision) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    x bigint := LEAST(GREATEST(floor((longitude + 180) / 360 * {SIZE})::bigint, 0), {SIZE - 1});
    sine double precision := sin(radians(LEAST(GREATEST(latitude, -{MOST_NORTH}), {MOST_NORTH})));
    y bigint := LEAST(GREATEST(
        floor((0.5 - ln((1 + sine) / (1 - sine)) / (4 * pi())) * {SIZE})::bigint, 0), {SIZE - 1});
BEGIN
{_spread_sql("x")}
{_spread_sql("y")}
    RETURN x | (y << 1);
END $$;
"""
