from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import files
from reports.evidence import cutting, gallery, iiif, presentation, queries
from reports.evidence.models import Rendition
from sites.models import Monument

MOST_PICTURES = 1_000
"""In a manifest, the newest; viewers read it in one piece."""
PROFILE = '<http://iiif.io/api/image/3/level2.json>;rel="profile"'
SEE_OTHER = 303


@require_safe
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The address of a picture itself: what is known of it is beside it."""
    _shown(request, pk)
    return HttpResponse(status=SEE_OTHER, headers={"Location": f"{_address(request, pk)}/info.json"})


@require_safe
def information(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """How large a picture is, and what may be asked for."""
    renditions, public = _shown(request, pk)
    sizes = [(one.width, one.height) for one in renditions]
    said = iiif.information(_address(request, pk), of=sizes[-1], sizes=sizes)
    answer = _json(request, said, "http://iiif.io/api/image/3/context.json", public=public)
    answer["Link"] = PROFILE
    return answer


@require_safe
def image(
    request: HttpRequest, pk: UUID, *, region: str, size: str, rotation: str, quality: str, kind: str
) -> HttpResponseBase:
    """A part of a picture, scaled, turned, in a format; cut out of what is shown, never of the original."""
    renditions, public = _shown(request, pk)
    of = renditions[-1].width, renditions[-1].height
    try:
        asked = iiif.read(region, size, rotation, quality, kind, of=of)
    except iiif.Unanswerable as refusal:
        return HttpResponse(str(refusal), status=refusal.status, content_type="text/plain; charset=utf-8")
    canonical = iiif.canonical(asked, of=of)
    tag = f"{renditions[-1].file.rpartition('/')[2]}/{canonical}".replace(",", "x")  # a comma would part two tags
    answer = files.made(
        request, lambda: _cut(renditions, asked), iiif.MEDIA_TYPES[asked.format], tag=tag, public=public
    )
    answer["Link"] = f'<{_address(request, pk)}/{canonical}>;rel="canonical", {PROFILE}'
    return answer


@require_safe
def manifest(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The public pictures of a monument, the same for every reader."""
    monument = get_object_or_404(Monument.objects.prefetch_related("names"), slug=slug)
    pictures = gallery.of(monument, queries.PUBLIC).filter(renditions__size="full", renditions__format="image/jpeg")
    address = request.build_absolute_uri(request.path)
    said = presentation.manifest(
        monument, pictures[:MOST_PICTURES], address=address, absolute=request.build_absolute_uri
    )
    return _json(request, said, presentation.CONTEXT, public=True)


def _shown(request: HttpRequest, pk: UUID) -> tuple[list[Rendition], bool]:
    """The pictures that the reader may see, the smallest first, and whether everybody may."""
    if found := queries.shown(pk, queries.PUBLIC):
        return found, True
    if found := queries.shown(pk, request.user):
        return found, False
    raise Http404


def _cut(renditions: list[Rendition], asked: iiif.Request) -> bytes:
    try:
        return cutting.cut(renditions, asked)
    except FileNotFoundError as error:
        raise Http404 from error


def _address(request: HttpRequest, pk: UUID) -> str:
    return request.build_absolute_uri(reverse("iiif-picture", args=[pk]))


def _json(request: HttpRequest, said: dict[str, Any], context: str, *, public: bool) -> HttpResponseBase:
    linked = "application/ld+json" in request.headers.get("Accept", "")
    media_type = f'application/ld+json;profile="{context}"' if linked else "application/json"
    answer = JsonResponse(said, content_type=media_type)
    patch_vary_headers(answer, ["Accept"])
    return files.allow(answer, public=public)
