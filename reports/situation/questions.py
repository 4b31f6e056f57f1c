"""Which events around sites, of which moment, for whom: behind their list, layer and exports."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from reports.conditions import moments
from reports.situation.models import SituationEvent
from reports.situation.vocabulary import AccessLevel, EventKind
from reports.vocabulary import Certainty, Danger
from sites.models import Monument, Site
from sites.questions import Asked, QuestionForm, SiteOrMonumentFilter
from sites.references import CodesFilter, NamedFilter


class EventFilter(SiteOrMonumentFilter):
    """Every parameter of a question about events."""

    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")
    monument = NamedFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of a monument.",
    )
    kind = CodesFilter(choices=EventKind.choices)
    access = CodesFilter(choices=AccessLevel.choices)
    danger = CodesFilter(choices=Danger.choices)
    certainty = CodesFilter(choices=Certainty.choices)
    observed_after = filters.DateFilter(field_name="date_to", lookup_expr="gte", label="On that day or later.")
    observed_before = filters.DateFilter(field_name="date_to", lookup_expr="lte", label="On that day or earlier.")
    changed_since = filters.IsoDateTimeFilter(
        field_name="recorded_at", lookup_expr="gte", label="Entered then or later."
    )
    as_of = filters.DateFilter(method="unfiltered", label="What had begun by that day.")
    known_at = filters.IsoDateTimeFilter(method="unfiltered", label="What stood at that time.")

    class Meta:
        model = SituationEvent
        fields: list[str] = []
        form = QuestionForm

    def filter_queryset(self, queryset: Any) -> Any:
        found: Any = super().filter_queryset(queryset)
        return found.of_moment(moments.read(self.data))


class EventQuestion(Asked):
    """Which events stand at the moment asked about."""

    filters = EventFilter

    def everything(self, reader: Any) -> QuerySet[SituationEvent]:
        found: QuerySet[SituationEvent] = SituationEvent.objects.all()
        return found
