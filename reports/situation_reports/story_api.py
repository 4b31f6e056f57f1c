"""The story of a site over REST: what its page tells, in the same order."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from reports.conditions import moments
from reports.situation_reports import story
from reports.situation_reports.story import Strand, Told
from reports.vocabulary import Certainty
from sites.models import Site
from sites.references import CodesFilter, Parameters

ADDRESSES = {
    "event": "api:situation-event-detail",
    "report": "api:condition-report-detail",
    "step": "api:plan-detail",
    "statement": "api:statement-detail",
}


class ToldSerializer(serializers.Serializer):
    """One thing of the story; read in full at `url`."""

    on = serializers.DateField(help_text="Where it stands in the story: the last day that its date can mean.")
    date: Any = serializers.CharField(
        source="row.date_text", help_text="As its source gives it; empty where it does not."
    )
    what = serializers.ChoiceField([(name, name) for name in ADDRESSES])
    strand = serializers.ChoiceField(Strand.choices)
    contested = serializers.BooleanField()
    monument = serializers.SerializerMethodField(help_text="Slug; null: the whole site.")
    says = serializers.SerializerMethodField(help_text="In a few words of the language of the request.")
    text = serializers.SerializerMethodField(help_text="In the words of its source.")
    language = serializers.SerializerMethodField(help_text="Of the text.")
    source: Any = serializers.CharField(source="row.source.name")
    certainty = serializers.ChoiceField(Certainty.choices, source="row.certainty")
    url = serializers.SerializerMethodField()

    def get_monument(self, told: Told) -> str | None:
        row = told.row.plan if told.what == "step" else told.row
        return row.monument.slug if row.monument else None

    def get_says(self, told: Told) -> str:
        row = told.row
        match told.what:
            case "event":
                return f"{row.get_kind_display()}: {row.typed_text}" if row.typed_text else row.get_kind_display()
            case "report":
                return str(row.get_damage_grade_display() or row.get_kind_display())
            case "step":
                return f"{row.plan.title}: {row}"
        return str(row)

    def get_text(self, told: Told) -> str:
        words = {"event": "text", "report": "narrative", "step": "reason", "statement": "words"}
        return str(getattr(told.row, words[told.what]))

    def get_language(self, told: Told) -> str:
        return str(told.row.plan.language if told.what == "step" else told.row.language)

    def get_url(self, told: Told) -> str:
        pk = told.row.plan_id if told.what == "step" else told.row.pk
        return reverse(ADDRESSES[told.what], args=[pk], request=self.context["request"])


class StorySerializer(serializers.Serializer):
    next = serializers.CharField(
        allow_blank=True, help_text="What to send as `after` for what is older; empty at the end."
    )
    results = ToldSerializer(many=True)


class StoryFilter(Parameters):
    kind = CodesFilter(choices=Strand.choices, method="keep", label="Of these kinds alone.")
    after = filters.CharFilter(method="keep", label="`next` of the page before.")
    as_of = filters.DateFilter(method="keep", label="What had happened by this day.")
    known_at = filters.IsoDateTimeFilter(method="keep", label="As it was known at this time.")

    class Meta:
        model = Site
        fields: list[str] = []

    def keep(self, sites: Any, _name: str, _value: Any) -> Any:
        """The story is asked for them."""
        return sites


class StoryViewSet(viewsets.GenericViewSet):
    """What happened at a site, the newest first, a page at a time."""

    queryset = Site.objects.all()
    serializer_class = StorySerializer
    filterset_class = StoryFilter
    lookup_field = "slug"

    @extend_schema(filters=True)
    def retrieve(self, request: Request, slug: str) -> Response:
        site = self.get_object()
        asked = request.query_params
        try:
            moment = moments.read(asked)
            page = story.of_site(site.pk, asked.getlist("kind"), moment, after=asked.get("after", ""))
        except FormError as error:
            found = error.message_dict if hasattr(error, "error_dict") else {"after": error.messages}
            raise ValidationError(found) from error
        told = StorySerializer({"next": page.next, "results": page.rows}, context=self.get_serializer_context())
        return Response(told.data)
