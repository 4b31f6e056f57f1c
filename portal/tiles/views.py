from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.tiles.encoding import EXTENT, Feature, Value, encode
from reports.conditions import maps
from reports.conditions.questions import Question
from reports.vocabulary import GRADE_RANK, DamageGrade
from sites.cells import DEPTH, Tile

MVT = "application/vnd.mapbox-vector-tile"
DEEPEST = 22
KEPT_FOR = 60
"""Seconds for which a public answer may be kept: so long may a map be behind a publication."""

GRADES = dict.fromkeys(DamageGrade.values, "Number")
LAYERS = [
    {
        "id": "clusters",
        "description": "Monuments close to one another: how many, of each damage grade, and how many are contested.",
        "maxzoom": maps.POINTS_FROM - 1,
        "fields": {"number": "Number", "contested": "Number", "worst": "String", **GRADES},
    },
    {
        "id": "monuments",
        "description": "One monument with its damage grade; /api/v1/monuments/<slug>/ has the rest.",
        "fields": {"slug": "String", "grade": "String", "rank": "Number", "contested": "Boolean"},
    },
]


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """What stands in a tile. Nothing here is 204, and may be kept like any other answer."""
    if z > DEEPEST or x >= 1 << z or y >= 1 << z:
        raise Http404
    asked = Tile(z, x, y)
    return _answer(request, f"tile:{z}/{x}/{y}", lambda question: encoded(question, asked), MVT)


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """TileJSON 3.0 of the question in the address: where its tiles are, what they hold, how many monuments it has."""

    def described(question: Question) -> bytes:
        return JsonResponse(_described(request, question)).content

    return _answer(request, "tilejson", described, "application/json")


def _answer(request: HttpRequest, what: str, make: Callable[[Question], bytes], content_type: str) -> HttpResponse:
    try:
        question = Question(request.GET, request.user)
    except ValidationError as error:
        return JsonResponse({"detail": " ".join(error.messages), "errors": error.message_dict}, status=400)
    public = not request.user.has_perm("sites.view_exact_place")
    if public:
        content = cache.get_or_set(_key(what, question, request), lambda: make(question), KEPT_FOR) or b""
    else:
        content = make(question)
    response = HttpResponse(content, content_type=content_type, status=200 if content else 204)
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}" if public else "private, no-cache"
    response["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Cookie"])
    return get_conditional_response(request, response["ETag"], None, response) or response


def _key(what: str, question: Question, request: HttpRequest) -> str:
    """Of a public answer; a question may be longer than a key."""
    asked = f"{request.get_host()} {get_language()} {question.query()}"
    return f"{what}:{sha256(asked.encode()).hexdigest()}"


def encoded(question: Question, asked: Tile) -> bytes:
    found = maps.contents(question, asked)
    shift = DEPTH - asked.z
    west, north = asked.x << shift, asked.y << shift

    def at(x: float, y: float) -> tuple[int, int]:
        return int((x - west) * EXTENT) >> shift, int((y - north) * EXTENT) >> shift

    clusters = (Feature(*at(c.x, c.y), _spread(c), c.cell + 1) for c in found.clusters)
    monuments = (Feature(*at(p.x, p.y), _monument(p)) for p in found.points)
    return encode({"clusters": clusters, "monuments": monuments})


def _spread(cluster: maps.Cluster) -> dict[str, Value]:
    worst = max(cluster.grades, key=lambda grade: GRADE_RANK.get(grade, -1))
    return {"number": cluster.number, "contested": cluster.contested, "worst": worst, **cluster.grades}


def _monument(point: maps.Point) -> dict[str, Value]:
    rank = {"rank": GRADE_RANK[point.grade]} if point.grade in GRADE_RANK else {}
    return {"slug": point.slug, "grade": point.grade, **rank, "contested": bool(point.contested)}


def _described(request: HttpRequest, question: Question) -> dict[str, Any]:
    total = maps.total(question)
    query = question.query()
    address = request.build_absolute_uri(reverse("tile", args=[0, 0, 0])).replace("0/0/0", "{z}/{x}/{y}")
    west, south, east, north = total.box or (-180, -85.0511, 180, 85.0511)
    return {
        "tilejson": "3.0.0",
        "name": "Tadmor",
        "description": _("Monuments with their damage grade."),
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [f"{address}?{query}" if query else address],
        "vector_layers": LAYERS,
        "minzoom": 0,
        "maxzoom": maps.POINTS_FROM,
        "bounds": [west, south, east, north],
        "center": [(west + east) / 2, (south + north) / 2, 0],
        "monuments": total.number,
        "on_the_map": total.shown,
        "summary": _summary(total),
    }


def _summary(total: maps.Total) -> str:
    """In the reader's language."""
    shown, number = (number_format(count, use_l10n=True, force_grouping=True) for count in (total.shown, total.number))
    if total.shown == total.number:
        said = ngettext("%(number)s monument, on the map", "%(number)s monuments, all on the map", total.number)
        return said % {"number": number}
    said = ngettext(
        "%(shown)s of %(number)s monument on the map; the place of the others is not known or not shown.",
        "%(shown)s of %(number)s monuments on the map; the place of the others is not known or not shown.",
        total.number,
    )
    return said % {"shown": shown, "number": number}
