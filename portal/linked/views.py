from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import moments
from portal.linked import crm
from sites.models import Monument, Site

CONTEXT = Path(__file__).with_name("context.json")
LD, GEOJSON = "application/ld+json", "application/geo+json"
ALSO = ["text/html", LD, GEOJSON]
COLLECTION: dict[Any, str] = {Site: "sites", Monument: "monuments"}


@require_safe
def context(request: HttpRequest) -> HttpResponse:
    """What the words mean."""
    return _answer(CONTEXT.read_bytes())


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Site.objects.labelled().in_full(), slug=slug)
    return _answer(orjson.dumps(crm.site(found, request.user, moments.of(request))))


@require_safe
def monument(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Monument.objects.labelled().in_full(), slug=slug)
    return _answer(orjson.dumps(crm.monument(found, request.user, moments.of(request))))


def negotiated(page: Callable[..., HttpResponse], linked: Callable[..., HttpResponse], model: Any) -> Any:
    """One address for people and for programs: the page, JSON-LD, or the feature of OGC API."""

    @wraps(page)
    def answer(request: HttpRequest, slug: str) -> HttpResponse:
        wanted = request.get_preferred_type(ALSO)
        if wanted == GEOJSON:
            found = get_object_or_404(model, slug=slug)
            response: HttpResponse = redirect(f"/ogc/collections/{COLLECTION[model]}/items/{found.pk}")
        else:
            response = linked(request, slug) if wanted == LD else page(request, slug)
        patch_vary_headers(response, ["Accept"])
        return response

    return answer


def _answer(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=LD)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
