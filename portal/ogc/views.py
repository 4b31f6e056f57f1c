from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import paging
from portal.api.problems import problem
from portal.exports.geojson import feature
from portal.exports.views import refused
from portal.layers import LAYERS, Kind, Layer, Row
from portal.ogc import asking, crs, document

GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
CLASSES = [
    *(f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "geojson", "oas30")),
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    *(
        f"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/{name}"
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(
        f"http://www.opengis.net/spec/cql2/1.0/conf/{name}"
        for name in (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "basic-spatial-functions",
            "property-property",
        )
    ),
]
TYPES = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "integer"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.YES: {"type": "boolean"},
}


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    links = [
        _link(request, "", "self", "application/json"),
        _link(request, "api", "service-desc", document.MEDIA_TYPE),
        _link(request, "conformance", "conformance", "application/json"),
        _link(request, "collections", "data", "application/json"),
    ]
    return _json(request, {"title": "Tadmor", "description": document.description(), "links": links})


@require_safe
def conformance(request: HttpRequest) -> HttpResponse:
    return _json(request, {"conformsTo": CLASSES})


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.0 of all this."""
    return _json(request, document.document(request.build_absolute_uri("/ogc")), document.MEDIA_TYPE)


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    told = {
        "links": [_link(request, "collections", "self", "application/json")],
        "crs": crs.KNOWN,
        "collections": [_collection(request, layer) for layer in LAYERS.values()],
    }
    return _json(request, told)


@require_safe
def collection(request: HttpRequest, name: str) -> HttpResponse:
    return _json(request, _collection(request, _layer(name)))


@require_safe
def queryables(request: HttpRequest, name: str) -> HttpResponse:
    """What `filter` may ask of, as JSON Schema."""
    layer = _layer(name)
    properties = {
        column.name: {"title": column.name, **TYPES[column.kind]} for column in layer.columns if column.lookup
    }
    told = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": request.build_absolute_uri(request.path),
        "type": "object",
        "title": str(layer.title),
        "properties": {**properties, "geometry": {"format": "geometry-point"}},
        "additionalProperties": False,
    }
    return _json(request, told, SCHEMA)


@require_safe
@never_cache
def items(request: HttpRequest, name: str) -> HttpResponse:
    """A page of features; `next` leads on until there are no more."""
    layer = _layer(name)
    try:
        asked = asking.read(layer, request.GET, request.user)
        page = paging.after(asked.rows, asked.cursor, by=layer.order, size=asked.limit)
    except ValidationError as error:
        return refused(error)
    except BadRequest as error:
        return refused(ValidationError({"cursor": [str(error)]}))
    features = [_feature(row, asked.crs) for row in layer.told(page.rows, asked.question)]
    links = [_itself(request, "self", request.GET.urlencode())]
    if page.next:
        query = request.GET.copy()
        query["cursor"] = page.next
        links.append(_itself(request, "next", query.urlencode()))
    links.append(_link(request, f"collections/{name}", "collection", "application/json"))
    told = {
        "type": "FeatureCollection",
        "timeStamp": timezone.now().isoformat(),
        "numberMatched": asked.rows.order_by().count(),
        "numberReturned": len(features),
        "links": links,
        "features": features,
    }
    return _in_crs(_json(request, told, GEOJSON), asked.crs)


@require_safe
@never_cache
def item(request: HttpRequest, name: str, pk: str) -> HttpResponse:
    layer = _layer(name)
    try:
        asked = asking.read(layer, request.GET, request.user)
        found = asked.rows.filter(pk=UUID(pk)).first()
    except ValidationError as error:
        return refused(error)
    except ValueError:
        found = None
    if found is None:
        return problem(404, _("There is nothing here, or not for you."))
    [row] = layer.told([found], asked.question)
    links = [
        _itself(request, "self", request.GET.urlencode()),
        _link(request, f"collections/{name}", "collection", "application/json"),
    ]
    return _in_crs(_json(request, {**_feature(row, asked.crs), "links": links}, GEOJSON), asked.crs)


def _layer(name: str) -> Layer:
    if name not in LAYERS:
        raise Http404(_("There is no such collection; /ogc/collections lists them."))
    return LAYERS[name]


def _feature(row: Row, of: str) -> dict[str, Any]:
    return feature(row._replace(point=crs.written(row.point, of)))


def _collection(request: HttpRequest, layer: Layer) -> dict[str, Any]:
    path = f"collections/{layer.name}"
    return {
        "id": layer.name,
        "title": str(layer.title),
        "description": str(layer.description),
        "itemType": "feature",
        "crs": crs.KNOWN,
        "storageCrs": crs.CRS84,
        "links": [
            _link(request, path, "self", "application/json"),
            _link(request, f"{path}/items", "items", GEOJSON),
            _link(request, f"{path}/queryables", "http://www.opengis.net/def/rel/ogc/1.0/queryables", SCHEMA),
        ],
    }


def _link(request: HttpRequest, path: str, rel: str, media_type: str) -> dict[str, str]:
    return {"href": request.build_absolute_uri(f"/ogc/{path}"), "rel": rel, "type": media_type}


def _itself(request: HttpRequest, rel: str, query: str) -> dict[str, str]:
    address = request.build_absolute_uri(request.path)
    return {"href": f"{address}?{query}" if query else address, "rel": rel, "type": GEOJSON}


def _json(request: HttpRequest, told: Any, media_type: str = "application/json") -> HttpResponse:
    answer = HttpResponse(orjson.dumps(told, option=orjson.OPT_UTC_Z), content_type=media_type)
    if not request.user.is_authenticated:
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _in_crs(answer: HttpResponse, of: str) -> HttpResponse:
    answer["Content-Crs"] = f"<{of}>"
    return answer
