"""The peers of benchmarks/api.py, served beside the portal: ModelViewSets as anybody would write them, and raw SQL."""

from __future__ import annotations

from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework import pagination, routers, serializers, viewsets

from portal.urls import urlpatterns as of_the_portal
from reports.conditions.models import MonumentStatus
from sites.models import Designation, Monument, Name


class Names(serializers.ModelSerializer):
    class Meta:
        model = Name
        fields = "__all__"


class Designations(serializers.ModelSerializer):
    class Meta:
        model = Designation
        fields = "__all__"


class Statuses(serializers.ModelSerializer):
    class Meta:
        model = MonumentStatus
        fields = "__all__"


class Monuments(serializers.ModelSerializer):
    """The same rows as the portal's list: names, designations and the status of each."""

    site: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    names = Names(many=True)
    designations = Designations(many=True)
    status = serializers.SerializerMethodField()

    class Meta:
        model = Monument
        fields = "__all__"

    def get_status(self, monument: Monument) -> dict[str, Any] | None:
        held = [status for status in monument.statuses.all() if status.valid_to is None]
        return dict(Statuses(held[0]).data) if held else None


class Pages(pagination.CursorPagination):
    ordering = "slug"
    page_size_query_param = "page_size"
    max_page_size = 10_000


class Plain(viewsets.ModelViewSet):
    queryset = Monument.objects.all()
    serializer_class = Monuments
    pagination_class = Pages
    filter_backends = ()


class Prefetched(Plain):
    queryset = Monument.objects.select_related("site").prefetch_related("names", "designations", "statuses")


ROWS = """
SELECT m.id, m.slug, s.slug AS site, s.country, m.type, m.period, m.longitude, m.latitude, m.updated_at,
    t.damage_grade, t.condition, t.fabric_status, t.certainty, t.contested, t.suspected, t.observed_on, t.assessed_on
FROM sites_monument m JOIN sites_site s ON s.id = m.site_id
LEFT JOIN conditions_monumentstatus t ON t.monument_id = m.id AND t.valid_to IS NULL
ORDER BY m.slug LIMIT %s
"""
NAMES = """
SELECT n.monument_id, n.text, n.language, n.kind FROM sites_name n
JOIN (SELECT id FROM sites_monument ORDER BY slug LIMIT %s) m ON m.id = n.monument_id ORDER BY n.id
"""


def raw_list(request: HttpRequest) -> HttpResponse:
    number = int(request.GET["page_size"])
    rows, names = _dicts(ROWS, number), _dicts(NAMES, number)
    of: dict[Any, list[dict[str, Any]]] = {row["id"]: row.setdefault("names", []) for row in rows}
    for name in names:
        of[name.pop("monument_id")].append(name)
    return HttpResponse(orjson.dumps({"results": rows}), content_type="application/json")


def raw_geojson(request: HttpRequest) -> HttpResponse:
    number = int(request.GET["limit"])
    rows, names = _dicts(ROWS, number), _dicts(NAMES, number)
    of = {name["monument_id"]: name["text"] for name in names if name["language"] == "en"}
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": {"type": "Point", "coordinates": [row.pop("longitude"), row.pop("latitude")]},
            "properties": {**row, "name": of.get(row["id"])},
        }
        for row in rows
    ]
    told = {"type": "FeatureCollection", "features": features}
    return HttpResponse(orjson.dumps(told), content_type="application/geo+json")


def _dicts(sql: str, number: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [number])
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


router = routers.SimpleRouter()
router.register("plain", Plain, basename="plain")
router.register("prefetched", Prefetched, basename="prefetched")
urlpatterns = [
    path("api/", include(router.urls)),
    path("raw/list", raw_list),
    path("raw/geojson", raw_geojson),
    *of_the_portal,
]
