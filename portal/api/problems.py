"""Errors as problem details (RFC 9457): what went wrong, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
SAFE = {"GET", "HEAD", "OPTIONS"}
WHOLE = "non_field_errors"
TITLES = {460: "Checksum Mismatch"}
"""Of statuses that HTTP itself does not have: tus."""


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """A problem as an answer of Django, for what REST framework does not see."""
    return JsonResponse(body(status, detail, **more), status=status, content_type=MEDIA_TYPE)


def body(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """`type` is about:blank: what kind of problem it is, the status says."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's handler: the same statuses and headers, with a problem as the body."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        by = "parameter" if context["request"].method in SAFE else "pointer"
        errors = list(_errors(response.data, by))
        response.data = body(response.status_code, _summary(errors), errors=errors)
    else:
        response.data = body(response.status_code, str(response.data.get("detail", "")))
    response.content_type = MEDIA_TYPE
    return response


def _errors(data: Any, by: str, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """One entry for each message: the parameter, or the JSON pointer (RFC 6901) to what it is about."""
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from _errors(inner, by, path if name == WHOLE else (*path, str(name)))
    elif isinstance(data, list) and all(isinstance(inner, str) for inner in data):
        for message in data:
            where = ".".join(path) if by == "parameter" else "#" + "".join(f"/{part}" for part in path)
            code = message.code if isinstance(message, ErrorDetail) else ""
            yield {by: where, "detail": str(message), "code": code or "invalid"}
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _errors(inner, by, (*path, str(number)))
    else:
        yield from _errors([data], by, path)


def _summary(errors: list[dict[str, str]]) -> str:
    return " ".join(f"{error.get('parameter', error.get('pointer'))}: {error['detail']}" for error in errors[:3])
