"""GeoJSON (RFC 7946), piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from portal.layers import Layer, Row


def collection(layer: Layer, batches: Iterator[list[Row]]) -> Iterator[bytes]:
    """Whose place is not known, or not for this reader, has no geometry."""
    yield b'{"type":"FeatureCollection","name":' + orjson.dumps(layer.name) + b',"features":['
    before = b""
    for rows in batches:
        yield before + b",\n".join(orjson.dumps(feature(row), option=orjson.OPT_UTC_Z) for row in rows)
        before = b",\n"
    yield b"]}\n"


def feature(row: Row) -> dict[str, Any]:
    return {"type": "Feature", "id": row.id, "geometry": geometry(row), "properties": row.values}


def geometry(row: Row) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": row.point} if row.point else None
