"""What the OpenAPI document says of every operation: its errors, its headers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import DjangoModelPermissionsOrAnonReadOnly

from portal.api.parameters import shaping
from sites.shapes import EXPAND, FIELDS

METHODS = {"get", "post", "put", "patch", "delete"}
PROBLEM = {
    "type": "object",
    "description": "What went wrong, as problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "example": "about:blank"},
        "title": {"type": "string", "example": "Bad Request"},
        "status": {"type": "integer", "example": 400},
        "detail": {"type": "string", "description": "What to do, in the language of the request."},
        "errors": {
            "type": "array",
            "description": "One entry for each thing that cannot be taken as it was sent.",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string", "description": "Where in the body (JSON pointer)."},
                    "parameter": {"type": "string", "description": "Which parameter of the address."},
                    "detail": {"type": "string"},
                    "code": {"type": "string"},
                },
                "required": ["detail", "code"],
            },
        },
        "current": {"description": "With 412: how it is now."},
    },
    "required": ["type", "title", "status", "detail"],
}
WORDS = {
    "400": "Something in the request cannot be taken; `errors` says what and what to write.",
    "401": "Not signed in, or the key is not known any more.",
    "403": "The right is missing.",
    "404": "There is nothing here, or not for this reader.",
    "409": "Somebody else was faster, or the step is not possible now.",
    "412": "It was changed since it was read (`If-Match`).",
    "415": "This kind of content is not taken.",
    "422": "The Idempotency-Key was used for another request.",
    "429": "Too many requests; `Retry-After` says when to ask again.",
}
READING = ("400", "401", "403", "404", "429")
WRITING = ("400", "401", "403", "404", "409", "412", "415", "429")
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The `ETag` of an answer that you have; 304 if it still holds.",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The `ETag` of what you read; 412 with the present state if it was changed since.",
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "Any text that is yours: the same request with it is done once, and answered alike for 48 hours.",
}


class Schema(AutoSchema):
    """With `fields` and `expand`, where answers know them."""

    def get_override_parameters(self) -> list[Any]:
        if self.method != "GET":
            return []
        known = shaping(self.view)
        found = []
        if FIELDS in known:
            said = "Leave out all but these, commas between them, such as `slug,names`."
            found.append(OpenApiParameter(FIELDS, str, description=said))
        if EXPAND in known:
            view: Any = self.view
            names = sorted(view.get_serializer_class().expandable())
            said = "Tell all of what is otherwise only named, commas between them."
            found.append(OpenApiParameter(EXPAND, str, many=True, enum=names, explode=False, description=said))
        return found

    def map_parsers(self) -> list[str]:
        """One way to send each thing: forms are taken as well, but a client made of the document needs none."""
        taken: list[str] = super().map_parsers()
        return ["application/json"] if "application/json" in taken else taken

    def _get_paginator(self) -> Any:
        """What is answered to something that was sent is no page of a list."""
        return super()._get_paginator() if self.method == "GET" else None

    def get_auth(self) -> list[Any]:
        """What is read without a key as well says so."""
        found: list[Any] = super().get_auth()
        open_to_all = any(isinstance(one, DjangoModelPermissionsOrAnonReadOnly) for one in self.view.get_permissions())
        return [*found, {}] if open_to_all and self.method == "GET" and {} not in found else found

    def _map_serializer_field(self, field: Any, direction: Any, *args: Any, **kwargs: Any) -> Any:
        """Also what REST framework does not tell of itself: what a model may leave empty, and what is not taken."""
        if field.read_only:
            _read_as_the_model_has_it(field)
        found = super()._map_serializer_field(field, direction, *args, **kwargs)
        return found | _not_taken(field, found) if direction == "request" else found


def _read_as_the_model_has_it(field: Any) -> None:
    """Of what is only read, serializers forget that it may be empty or null."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {column.name: column for column in model._meta.fields} if model else {}
    if column := columns.get(field.source):
        if isinstance(field, serializers.ChoiceField) and column.blank:
            field.allow_blank = True
        if isinstance(field, serializers.RelatedField) and column.null:
            field.allow_null = True


def _either_empty_or_not(found: dict[str, Any]) -> None:
    """Of what has a format or is empty exactly one holds, also for who does not check formats."""
    ways = found.get("oneOf", [])
    if {"type": "string", "maxLength": 0} in ways:
        for way in ways:
            if way.get("type") == "string" and "maxLength" in way and way["maxLength"]:
                way["minLength"] = 1


def _not_taken(field: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Refusals of a serializer's field, as JSON Schema says them."""
    more: dict[str, Any] = {}
    if isinstance(field, serializers.MultipleChoiceField) and not field.allow_empty:
        more["minItems"] = 1
    if isinstance(field, serializers.CharField) and not field.allow_blank and "pattern" not in found:
        more["pattern"] = r"\S"
    if isinstance(field, serializers.SlugRelatedField):
        more["minLength"] = 1
    least = getattr(field, "min_value", None)
    if isinstance(field, serializers.DecimalField) and least is not None and least >= 0:
        more["pattern"] = str(found.get("pattern", "")).replace("-?", "")
    return more


class ShapedSchema(OpenApiSerializerExtension):
    """Of what `fields` may leave out nothing is sure to be there; what `expand` tells at length is an object."""

    target_class = "sites.shapes.Shaped"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        found = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)  # noqa: SLF001 - as its documentation does
        found.pop("required", None)
        for name, (shape, _paths) in self.target.expandable().items():
            named = found["properties"][name]
            told = auto_schema.resolve_serializer(shape, direction).ref
            found["properties"][name] = {"oneOf": [named, told], "description": "An object, where `expand` names it."}
        return found


class PersonTold(OpenApiSerializerFieldExtension):
    """Sent as the address of an account, told as a name."""

    target_class = "reports.inspections.api.serializers.PersonField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string"} if direction == "response" else {"type": "string", "format": "email"}


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "portal.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A key that its owner made in the portal."}


def add_what_all_share(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Hook of drf-spectacular."""
    for component in result["components"]["schemas"].values():
        for found in component.get("properties", {}).values():
            _either_empty_or_not(found)
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path in result["paths"].values():
        for method in METHODS & path.keys():
            _add(path[method], method)
    return result


def _add(operation: dict[str, Any], method: str) -> None:
    codes = READING if method == "get" else WRITING + (("422",) if method == "post" else ())
    for code in codes:
        operation["responses"].setdefault(code, _answer(code))
    parameters = operation.setdefault("parameters", [])
    if method == "get":
        operation["responses"]["304"] = {"description": "Nothing has changed."}
        parameters.append(IF_NONE_MATCH)
        return
    parameters.append(IF_MATCH)
    if method == "post":
        parameters.append(IDEMPOTENCY_KEY)


def _answer(code: str) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": WORDS[code], "content": {"application/problem+json": {"schema": reference}}}
