"""Situation events and parties over REST: everybody reads; who may, enters, corrects and retracts by the actions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db.models import Exists, OuterRef, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions import moments
from reports.conditions.api.refusing import refusable
from reports.conditions.querysets import Moment
from reports.situation import actions, visibility
from reports.situation.models import Party, SituationEvent
from reports.sources.models import Source
from sites.api import AreaField
from sites.models import Monument, Site
from sites.references import Keyed, Named, NamedFilter, Parameters

SAID = [
    "date_from",
    "date_to",
    "date_precision",
    "date_uncertain",
    "source",
    "source_year",
    "source_citation",
    "source_url",
    "source_archive_url",
    "certainty",
]


class PartySerializer(serializers.ModelSerializer):
    """Who may control a site, under a neutral name in each language."""

    class Meta:
        model = Party
        fields = ["slug", "english", "arabic", "french"]
        # The database wants all three; said here, so that each is asked for by its name.
        extra_kwargs = {name: {"required": True, "allow_blank": False} for name in ("english", "arabic", "french")}

    def create(self, validated_data: dict[str, Any]) -> Party:
        return self._saved(Party(**validated_data))

    def update(self, instance: Party, validated_data: dict[str, Any]) -> Party:
        for name, value in validated_data.items():
            setattr(instance, name, value)
        return self._saved(instance)

    def _saved(self, party: Party) -> Party:
        saved: Party = refusable(lambda: actions.save_party(party, by=self.context["request"].user))
        return saved


class EventSerializer(serializers.ModelSerializer):
    """One thing that happened at a site, or that somebody said of it.

    `area` is exact for those who may see exact places of the site, and for everybody else the cell of the grid.
    """

    serializer_related_field = Keyed
    url = serializers.HyperlinkedIdentityField(view_name="api:situation-event-detail")
    site: Any = Named(slug_field="slug", queryset=Site.objects.all())
    monument: Any = Named(
        slug_field="slug", queryset=Monument.objects.select_related("site"), required=False, allow_null=True
    )
    source: Any = Named(slug_field="name", queryset=Source.objects.all())
    from_party: Any = Named(slug_field="slug", queryset=Party.objects.all(), required=False, allow_null=True)
    to_party: Any = Named(slug_field="slug", queryset=Party.objects.all(), required=False, allow_null=True)
    area = AreaField(required=False, allow_null=True, help_text="GeoJSON polygon.")
    says: Any = serializers.CharField(
        source="typed_text", read_only=True, help_text="What its own fields say, in the language of the request."
    )
    stands = serializers.BooleanField(
        source="is_standing", read_only=True, help_text="Neither corrected nor retracted, at the moment asked about."
    )

    class Meta:
        model = SituationEvent
        fields = [
            "id",
            "url",
            "site",
            "monument",
            "kind",
            "text",
            "language",
            "says",
            "from_party",
            "to_party",
            "population_before",
            "population_now",
            "access",
            "danger",
            "clears",
            "outcome",
            "area",
            *SAID,
            "recorded_at",
            "stands",
            "supersedes",
            "retracted_at",
            "retraction_reason",
        ]
        read_only_fields = ["recorded_at", "supersedes", "retracted_at", "retraction_reason"]

    def to_representation(self, event: SituationEvent) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(event)
        told["area"] = visibility.area(event, self.context["request"].user)
        return told

    def create(self, validated_data: dict[str, Any]) -> SituationEvent:
        event = SituationEvent(**validated_data, supersedes=self.context.get("corrects"))
        recorded: SituationEvent = refusable(lambda: actions.record(event, by=self.context["request"].user))
        return recorded


class RetractSerializer(serializers.Serializer):
    reason = serializers.CharField()


class EventFilter(Parameters):
    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")
    monument = NamedFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of a monument.",
    )
    happened_after = filters.DateFilter(field_name="date_to", lookup_expr="gte", label="On that day or later.")
    happened_before = filters.DateFilter(field_name="date_to", lookup_expr="lte", label="On that day or earlier.")
    stands = filters.BooleanFilter(method="standing", label="Neither corrected nor retracted, or else one of these.")
    as_of = filters.DateFilter(method="keep", label="What had begun by this day.")
    known_at = filters.IsoDateTimeFilter(method="keep", label="What had been entered by this time, as it stood then.")

    class Meta:
        model = SituationEvent
        fields = ["kind", "certainty", "danger", "access"]

    def standing(self, events: Any, _name: str, wanted: bool) -> Any:
        return events.filter(is_standing=wanted)

    def keep(self, events: Any, _name: str, _value: Any) -> Any:
        """The view asks for the moment."""
        return events


class SituationEventViewSet(
    mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """What happened around sites, the last first: what stands, what was corrected, and what was retracted and why.

    Nothing that was entered is changed: a correction is a new event, a retraction has its reason.
    """

    queryset = SituationEvent.objects.none()
    serializer_class = EventSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    filterset_class = EventFilter

    def get_queryset(self) -> QuerySet[SituationEvent]:
        moment = self._moment()
        standing = SituationEvent.objects.standing(moment.known_at).filter(pk=OuterRef("pk"))
        events: Any = SituationEvent.objects.in_full().annotate(is_standing=Exists(standing))
        if moment.known_at:
            events = events.filter(recorded_at__lte=moment.known_at)
        found: QuerySet[SituationEvent] = events.until(moment.as_of).order_by("-date_to", "-id")
        return found

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter an event; those hear who asked to."""
        return self._recorded(None)

    @extend_schema(request=EventSerializer, responses={201: EventSerializer})
    @action(detail=True, methods=["post"], filter_backends=[])
    def correct(self, request: Request, pk: str) -> Response:
        """Enter the event that takes the place of this one. Who is late is answered 409."""
        return self._recorded(self.get_object())

    @extend_schema(request=RetractSerializer, responses=EventSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def retract(self, request: Request, pk: str) -> Response:
        """Withdraw an event; what it had corrected stands again."""
        event = self.get_object()
        sent = RetractSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        refusable(lambda: actions.retract(event, by=request.user, **sent.validated_data))
        return Response(self.get_serializer(self.get_object()).data)

    def _recorded(self, corrects: SituationEvent | None) -> Response:
        context = {**self.get_serializer_context(), "corrects": corrects}
        sent = EventSerializer(data=self.request.data, context=context)
        sent.is_valid(raise_exception=True)
        recorded = self.get_queryset().get(pk=sent.save().pk)
        return Response(self.get_serializer(recorded).data, status=201)

    def _moment(self) -> Moment:
        try:
            return moments.read(self.request.query_params)
        except FormError as error:
            raise ValidationError(error.message_dict) from error


class PartyFilter(Parameters):
    class Meta:
        model = Party
        fields: list[str] = []


class PartyViewSet(
    mixins.CreateModelMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """The parties that may control a site, as the installation names them."""

    queryset = Party.objects.order_by("slug")
    serializer_class = PartySerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    filterset_class = PartyFilter
    lookup_field = "slug"
    http_method_names = ["get", "head", "options", "post", "patch"]
