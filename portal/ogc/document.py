"""The OpenAPI 3.0 document of `/ogc/`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from portal.layers import LAYERS, Layer
from portal.ogc import crs
from portal.ogc.asking import LIMIT, MOST

MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.0"


def description() -> str:
    return _("Monuments, what happened to them, how we know, and what could still be done.")


def document(server: str) -> dict[str, Any]:
    paths: dict[str, Any] = {
        "/": _get("landing", _("What is here.")),
        "/conformance": _get("conformance", _("What of the standards is kept.")),
        "/api": _get("api", _("This document.")),
        "/collections": _get("collections", _("The collections.")),
    }
    for layer in LAYERS.values():
        paths |= _paths(layer)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Tadmor, OGC API Features", "version": "1.0.0", "description": description()},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _paths(layer: Layer) -> dict[str, Any]:
    path, name = f"/collections/{layer.name}", layer.name.replace("-", "_")
    geojson = "application/geo+json"
    one = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        path: _get(f"{name}_collection", str(layer.title)),
        f"{path}/queryables": _get(f"{name}_queryables", _("What a filter may ask of."), "application/schema+json"),
        f"{path}/items": _get(f"{name}_items", str(layer.description), geojson, "FeatureCollection", _asked(layer)),
        f"{path}/items/{{featureId}}": _get(f"{name}_item", _("One of them."), geojson, "Feature", [one, CRS]),
    }


def _asked(layer: Layer) -> list[dict[str, Any]]:
    own = [
        {"name": name, "in": "query", "description": str(asked.label or ""), "schema": {"type": "string"}}
        for name, asked in layer.asked.filters.base_filters.items()
        if name != "bbox"
    ]
    return [*PARAMETERS, CRS, *own]


def _get(
    name: str,
    summary: str,
    media_type: str = "application/json",
    schema: str = "",
    parameters: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    shape = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    answers = {
        "200": {"description": "OK", "content": {media_type: {"schema": shape}}},
        "400": {"description": "A parameter cannot be read; the answer says which.", "content": problem},
    }
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters or [], "responses": answers}}


CRS = {"name": "crs", "in": "query", "schema": {"type": "string", "format": "uri", "enum": crs.KNOWN}}
NUMBERS = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "limit",
        "in": "query",
        "style": "form",
        "explode": False,
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    },
    {"name": "cursor", "in": "query", "schema": {"type": "string"}},
    {"name": "bbox", "in": "query", "style": "form", "explode": False, "schema": NUMBERS},
    {"name": "bbox-crs", "in": "query", "schema": {"type": "string", "format": "uri", "enum": crs.KNOWN}},
    {"name": "datetime", "in": "query", "schema": {"type": "string"}},
    {"name": "filter", "in": "query", "schema": {"type": "string"}},
    {
        "name": "filter-lang",
        "in": "query",
        "schema": {"type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text"},
    },
    {"name": "filter-crs", "in": "query", "schema": {"type": "string", "format": "uri", "enum": crs.KNOWN}},
]
SCHEMAS: dict[str, Any] = {
    "Feature": {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object"},
        },
    },
    "FeatureCollection": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
            "links": {"type": "array", "items": {"type": "object"}},
            "numberMatched": {"type": "integer"},
            "numberReturned": {"type": "integer"},
            "timeStamp": {"type": "string", "format": "date-time"},
        },
    },
}
