"""Priorities over REST."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from reports.restoration import queries
from reports.restoration.score import Aspect, Score
from reports.restoration.vocabulary import Letter
from sites.models import Monument, Site
from sites.references import NamedFilter, Parameters


class PartSerializer(serializers.Serializer):
    aspect = serializers.ChoiceField(Aspect.choices)
    value = serializers.IntegerField(
        allow_null=True, help_text="From 0 to 100; null: nobody knows, and it is left out."
    )
    weight = serializers.IntegerField(help_text="As the installation has set it.")


class ScoreSerializer(serializers.Serializer):
    """How much help would matter: the mean of the known parts by their weights."""

    total = serializers.IntegerField(allow_null=True)
    parts = PartSerializer(many=True)


class PrioritySerializer(serializers.Serializer):
    """How urgent help is: a letter of the Heritage at Risk Register, with the reasons for it."""

    monument = serializers.SlugField()
    letter = serializers.ChoiceField(Letter.choices, allow_blank=True, help_text="Empty: lost, or nothing is known.")
    reasons = serializers.ListField(child=serializers.CharField())
    suggested = serializers.ChoiceField(Letter.choices, allow_blank=True, help_text="What follows from the reports.")
    overridden = serializers.BooleanField(help_text="An editor decided otherwise; `reasons` says why.")
    score = ScoreSerializer()


class PriorityFilter(Parameters):
    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")

    class Meta:
        model = Monument
        fields: list[str] = []


class PriorityViewSet(viewsets.GenericViewSet):
    """The priority of each monument today."""

    queryset = Monument.objects.order_by("slug")
    serializer_class = PrioritySerializer
    filterset_class = PriorityFilter
    lookup_field = "slug"

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        found = queries.priorities([monument.pk for monument in page])
        scores = queries.scores([monument.pk for monument in page])
        rows = [_row(monument, found[monument.pk], scores[monument.pk]) for monument in page]
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request: Request, slug: str) -> Response:
        monument = self.get_object()
        found, scores = queries.priorities([monument.pk]), queries.scores([monument.pk])
        return Response(self.get_serializer(_row(monument, found[monument.pk], scores[monument.pk])).data)


def _row(monument: Monument, priority: Any, score: Score) -> dict[str, Any]:
    return {"monument": monument.slug, **priority._asdict(), "score": score}
