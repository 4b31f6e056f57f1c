"""Boundaries that the database itself refuses when they are not GeoJSON polygons on this earth.

Neither database knows geometry, so each checks with what it has: SQLite calls `validate_boundary`
through a function of the connection (a client without it cannot write boundaries at all),
PostgreSQL walks the coordinates with a JSON path.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func

from sites.geometry import validate_boundary

SQLITE_FUNCTION = "tadmor_boundary_is_sound"

# A position is an array that begins with a number; anything of it outside the world is found.
OUTSIDE = (
    '$.coordinates.** ? (@.type() == "array" && @[0].type() == "number"'
    " && !(@[0] >= -180 && @[0] <= 180 && @[1] >= -90 && @[1] <= 90))"
)
KINDS = '$.type ? (@ == "Polygon" || @ == "MultiPolygon")'
POSITIONS = '$.coordinates.** ? (@.type() == "array" && @[0].type() == "number")'


class BoundaryIsSound(Func):
    """True for no boundary, and for one that may be kept."""

    function = SQLITE_FUNCTION
    output_field = BooleanField()
    conditional = True

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple]:
        column, params = compiler.compile(self.source_expressions[0])
        kind, positions, outside = (
            f"jsonb_path_exists(({column})::jsonb, '{path}')" for path in (KINDS, POSITIONS, OUTSIDE)
        )
        # A form checks before it saves, and then "none" comes as JSON's null.
        none = f"{column} IS NULL OR jsonb_typeof(({column})::jsonb) = 'null'"
        return f"({none} OR ({kind} AND {positions} AND NOT {outside}))", (*params,) * 5


def teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new SQLite connection the function that its tables' checks call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 1, _is_sound, deterministic=True)


def _is_sound(text: str | None) -> bool:
    if text is None or text == "null":
        return True
    try:
        validate_boundary(json.loads(text))
    except (ValidationError, ValueError):
        return False
    return True
