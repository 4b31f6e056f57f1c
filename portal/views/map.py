from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import moments, searching, staleness
from reports.conditions import queries
from reports.conditions.status import Status
from reports.restoration.queries import prospects
from reports.situation import areas
from reports.situation.queries import Warnings, warnings_of_monuments
from sites import visibility
from sites.models import Monument, Site
from sites.queries import MonumentQuerySet

MOST = 5_000
"""Monuments in one answer of GeoJSON that is not streamed."""
LISTED = 12
"""How many monuments of one place are told of at a click."""


@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """What a click on the map tells: the monuments of one place with their status at the moment asked for."""
    moment = moments.of(request)
    slugs = request.GET.getlist("monument")[:LISTED]
    monuments = list(Monument.objects.labelled().filter(slug__in=slugs).order_by("slug"))
    statuses = queries.statuses([monument.pk for monument in monuments], moment)
    more = request.GET.get("more", "")
    context = {
        "rows": [(monument, statuses[monument.pk]) for monument in monuments],
        "sides": queries.sides(statuses.values()),
        "prospects": prospects(statuses, moment),
        "warned": warnings_of_monuments(monuments, moment),
        "more": int(more) if more.isdecimal() else 0,
        **moments.context(moment),
    }
    return render(request, "parts/map_cards.html", context)


@require_safe
def hazards(request: HttpRequest) -> HttpResponse:
    """GeoJSON of the areas of hazards in force, of all sites or of one, as far as the reader may know them."""
    slug = request.GET.get("site", "")
    site = get_object_or_404(Site, slug=slug) if slug else None
    found = list(areas.features(request.user, moments.of(request), site))
    return JsonResponse({"type": "FeatureCollection", "features": found}, content_type="application/geo+json")


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """GeoJSON of the monuments that are looked for, as far as the reader may know where they stand."""
    found = features(request, searching.of(request).monuments())
    return JsonResponse({"type": "FeatureCollection", "features": found}, content_type="application/geo+json")


def features(request: HttpRequest, monuments: MonumentQuerySet) -> list[dict[str, Any]]:
    """Those of the monuments whose place the reader may know, with their status at the moment asked for.

    Raises BadRequest where they are too many for one answer: none is left out without a word.
    """
    moment = moments.of(request)
    rows = list(monuments.labelled().select_related("site").order_by("slug")[: MOST + 1])
    if len(rows) > MOST:
        raise BadRequest(
            _("These are more than %(most)s monuments; ask for less, or take /exports/monuments.geojson or the tiles.")
            % {"most": MOST}
        )
    statuses = queries.statuses([monument.pk for monument in rows], moment)
    sides = queries.sides(statuses.values())
    warned = warnings_of_monuments(rows, moment)
    found = (_feature(monument, statuses[monument.pk], sides, warned[monument.pk], request) for monument in rows)
    return [feature for feature in found if feature]


def _feature(
    monument: Any, status: Status, sides: dict[UUID, list[queries.Side]], warnings: Warnings, request: HttpRequest
) -> dict[str, Any] | None:
    point = visibility.location(monument, request.user)
    if point is None:
        return None
    contested = sides.get(status.report_id, []) if status.report_id else []
    properties = {
        "name": str(monument),
        "site": monument.site_label,
        "grade": status.damage_grade,
        "rank": -1 if status.rank is None else status.rank,
        "label": status.grade_label,
        "assessed": staleness.text(status.assessed_on, moments.of(request)),
        "contested": status.contested,
        "warnings": warnings.text,
        "sides": [f"{side.grade_label}: {side.source}" for side in contested],
        "url": reverse("monument", args=[monument.slug]) + moments.context(moments.of(request))["moment_query"],
    }
    return {"type": "Feature", "geometry": point, "properties": properties}
