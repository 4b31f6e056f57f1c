"""`ETag`, `If-None-Match` and `If-Match` (RFC 9110) for everything that REST gives and takes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import cast

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from portal.api.problems import problem

SAFE = {"GET", "HEAD"}
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
NO_GET = 405


class Versions:
    """Middleware: answers carry the version of what they show, and changes may name the one they mean.

    A step such as `…/<id>/verify/`, which cannot be read, means the version of what it is a step of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/v1/"):
            return self.get_response(request)
        if request.method in SAFE:
            return _conditional(request, self.get_response(request))
        if request.method not in CHANGING or not request.headers.get("If-Match", "").strip():
            return self.get_response(request)
        with transaction.atomic():
            _one_at_a_time(request.path)
            return _refusal(request) or self.get_response(request)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200 or response.streaming:  # noqa: PLR2004
        return response
    # What is shown depends on who asks.
    patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
    response.setdefault("ETag", etag(response.content))
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    return cast("HttpResponse", conditional)  # of a response that was given, there is always one


def etag(content: bytes) -> str:
    """Weak: the bytes may be compressed on their way."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """412 with the present state, where it is not the one that was named."""
    present = _present(request)
    if present is None:
        return None
    now, wanted = etag(present), parse_etags(request.headers["If-Match"])
    if wanted == ["*"] or now in {_weak(tag) for tag in wanted}:
        return None
    words = _("It was changed since you read it; `current` is how it is now. Nothing was overwritten.")
    answer = problem(412, words, current=json.loads(present))
    answer["ETag"] = now
    return answer


def _weak(tag: str) -> str:
    return tag if tag.startswith("W/") else f"W/{tag}"


def _present(request: HttpRequest) -> bytes | None:
    """What this reader is given by GET at this address, or one step above it; None if nothing."""
    for path in (request.path, request.path.rstrip("/").rpartition("/")[0] + "/"):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        asked = HttpRequest()
        asked.method, asked.path, asked.path_info, asked.META = "GET", path, path, {**request.META, "QUERY_STRING": ""}
        asked.META.pop("CONTENT_LENGTH", None)
        asked.user, asked.session, asked.COOKIES = request.user, request.session, request.COOKIES
        asked.key = getattr(request, "key", None)  # type: ignore[attr-defined]
        response = match.func(asked, *match.args, **match.kwargs)
        if response.status_code == NO_GET:
            continue
        return response.render().content if response.status_code == 200 else None  # noqa: PLR2004
    return None


def _one_at_a_time(path: str) -> None:
    """On PostgreSQL, two that name a version of the same thing come one after the other; SQLite has one writer."""
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(path.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
