"""Prospects over REST: the word for each monument, and what it rests on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions import moments
from reports.conditions.queries import NOW
from reports.restoration import queries
from reports.restoration.queries import Prospect
from reports.restoration.vocabulary import PlanStatus, Word
from sites.models import Monument, Site
from sites.queries import MonumentQuerySet
from sites.references import CodesFilter, NamedFilter, Parameters


class PlanReasonSerializer(serializers.Serializer):
    """A plan on which the word rests, as it was at the moment."""

    id = serializers.UUIDField(source="plan.pk")
    title = serializers.CharField(source="plan.title")
    language = serializers.CharField(source="plan.language", help_text="Of the title.")
    status = serializers.ChoiceField(PlanStatus.choices, source="state.status")
    since = serializers.DateField(source="state.status_on", help_text="The last day that the date can mean.")


class StatementReasonSerializer(serializers.Serializer):
    """The last that somebody who is sure said."""

    id = serializers.UUIDField(source="pk")
    speaker = serializers.CharField()
    office = serializers.CharField()
    supports = serializers.ChoiceField(Word.choices)
    on = serializers.DateField(source="counts_from", help_text="The last day that the date can mean.")
    words = serializers.CharField()
    language = serializers.CharField(help_text="Of the words.")
    quoted = serializers.BooleanField(help_text="Word for word; otherwise as the source reports it.")
    translation = serializers.CharField()
    translation_language = serializers.CharField()
    source: Any = serializers.CharField(source="source.name")


class ProspectSerializer(serializers.Serializer):
    """What hope there is for a monument, in one word, and the plans and statements that it rests on."""

    monument = serializers.SlugField()
    prospect = serializers.ChoiceField(Word.choices, allow_blank=True, help_text="Empty: nothing to restore.")
    label: Any = serializers.CharField(help_text="In the language of the request.")
    contested = serializers.BooleanField(help_text="Somebody who is sure says otherwise.")
    plans = PlanReasonSerializer(many=True)
    statements = StatementReasonSerializer(many=True)


class ProspectFilter(Parameters):
    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")
    prospect = CodesFilter(
        choices=[*Word.choices, ("nothing", "nothing to restore")],
        method="of_word",
        label="One of these words, at the moment asked about.",
    )
    as_of = filters.DateFilter(method="keep", label="The prospect on this day, by what is known now.")
    known_at = filters.IsoDateTimeFilter(method="keep", label="The prospect as it was known at this time.")

    class Meta:
        model = Monument
        fields: list[str] = []

    def of_word(self, monuments: MonumentQuerySet, _name: str, words: list[str]) -> MonumentQuerySet:
        wanted = {"" if word == "nothing" else word for word in words}
        return queries.of_prospect(monuments, wanted, moments.read(self.data)) if wanted else monuments

    def keep(self, monuments: MonumentQuerySet, _name: str, _value: Any) -> MonumentQuerySet:
        """Of another moment the same monuments are told."""
        return monuments


class ProspectViewSet(viewsets.GenericViewSet):
    """The prospect of each monument: now, on a day (`as_of`), or as it was believed then (`known_at`)."""

    queryset = Monument.objects.order_by("slug")
    serializer_class = ProspectSerializer
    filterset_class = ProspectFilter
    lookup_field = "slug"
    moment = NOW

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        try:
            self.moment = moments.read(request.query_params)
        except FormError as error:
            raise ValidationError(error.message_dict) from error

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        found = queries.prospects([monument.pk for monument in page], self.moment)
        rows = [_row(monument, found[monument.pk]) for monument in page]
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request: Request, slug: str) -> Response:
        monument = self.get_object()
        found = queries.prospects([monument.pk], self.moment)[monument.pk]
        return Response(self.get_serializer(_row(monument, found)).data)


def _row(monument: Monument, prospect: Prospect) -> dict[str, Any]:
    return {
        "monument": monument.slug,
        "prospect": prospect.word,
        "label": prospect.label,
        "contested": prospect.contested,
        "plans": prospect.plans,
        "statements": prospect.statements,
    }
