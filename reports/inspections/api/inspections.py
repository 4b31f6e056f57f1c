"""Planning inspections and telling what came of them, by the same rules as in the portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions.api.refusing import refusable
from reports.inspections import actions, queries
from reports.inspections.api.serializers import (
    AssignSerializer,
    CancelSerializer,
    DueSerializer,
    InspectionDetailSerializer,
    InspectionSerializer,
    RecordSerializer,
    RescheduleSerializer,
    SeenSerializer,
    TickSerializer,
)
from reports.inspections.models import Inspection
from reports.situation.queries import warnings_of_monuments
from sites.models import Monument, Site
from sites.references import NamedFilter, Parameters


class InspectionFilter(Parameters):
    site = NamedFilter(
        field_name="monument__site",
        queryset=Site.objects.all(),
        to_field_name="slug",
        label="Slug of a site.",
    )
    monument = NamedFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of a monument.",
    )
    due_after = filters.DateFilter(field_name="due_on", lookup_expr="gte", label="On that day or later.")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lte", label="On that day or earlier.")
    mine = filters.BooleanFilter(method="assigned_to_me", label="Assigned to you.")

    class Meta:
        model = Inspection
        fields = ["state"]

    def assigned_to_me(self, rows: Any, _name: str, wanted: bool) -> Any:
        return rows.filter(assigned_to=self.request.user.pk) if wanted else rows


class DueFilter(Parameters):
    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")

    class Meta:
        model = Monument
        fields: list[str] = []


class InspectionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Inspections for staff of the sites and for those who are sent; nobody else knows of them."""

    queryset = Inspection.objects.none()
    serializer_class = InspectionSerializer
    permission_classes = [IsAuthenticated]
    filterset_class = InspectionFilter

    def get_queryset(self) -> QuerySet[Inspection]:
        rows = Inspection.objects.visible_to(self.request.user).in_full().order_by("due_on", "id")
        if self.action == "list":
            return rows
        return rows.prefetch_related("checklist", "steps__by", "steps__assigned_to")

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        return InspectionSerializer if self.action == "list" else InspectionDetailSerializer

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(self._told(page, many=True))

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._told(self.get_object()))

    @extend_schema(request=InspectionSerializer, responses={201: InspectionDetailSerializer})
    def create(self, request: Request) -> Response:
        """Plan an inspection."""
        sent = InspectionSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        lists = {name: facts.pop(name) for name in ("tasks", "own_words") if name in facts}
        planned = refusable(lambda: actions.plan(Inspection(**facts), by=request.user, **lists))
        return Response(self._told(self.get_queryset().get(pk=planned.pk)), status=201)

    @extend_schema(responses=DueSerializer(many=True))
    @action(detail=False, filterset_class=DueFilter, queryset=Monument.objects.none())
    def due(self, request: Request) -> Response:
        """Monuments at which somebody should look and of which no inspection is planned; longest not seen first."""
        found = self.filter_queryset(queries.to_plan(request.user))
        page = self.paginate_queryset(found) or []
        dates = queries.due_dates([monument.pk for monument in page])
        warned = warnings_of_monuments(page)
        rows = [
            {
                "monument": monument.slug,
                "due_on": dates[monument.pk].on,
                "interval_days": dates[monument.pk].days,
                "why": dates[monument.pk].why,
                "label": dates[monument.pk].why.label,
                "warnings": warned[monument.pk].text,
            }
            for monument in page
        ]
        return self.get_paginated_response(DueSerializer(rows, many=True).data)

    @extend_schema(request=AssignSerializer, responses=InspectionDetailSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def assign(self, request: Request, pk: str) -> Response:
        """Say who is to look."""
        return self._step(
            AssignSerializer, lambda row, facts: actions.assign(row, to=facts.pop("assigned_to"), **facts)
        )

    @extend_schema(request=RescheduleSerializer, responses=InspectionDetailSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def reschedule(self, request: Request, pk: str) -> Response:
        """Put it off, or bring it forward."""
        return self._step(RescheduleSerializer, lambda row, facts: actions.reschedule(row, **facts))

    @extend_schema(request=CancelSerializer, responses=InspectionDetailSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def cancel(self, request: Request, pk: str) -> Response:
        """Give it up."""
        return self._step(CancelSerializer, lambda row, facts: actions.cancel(row, **facts))

    @extend_schema(request=RecordSerializer, responses=InspectionDetailSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def record(self, request: Request, pk: str) -> Response:
        """Say which condition report came of it."""
        return self._step(RecordSerializer, lambda row, facts: actions.record(row, **facts))

    @extend_schema(request=TickSerializer, responses=InspectionDetailSerializer)
    @action(detail=True, methods=["post"], filter_backends=[])
    def tick(self, request: Request, pk: str) -> Response:
        """Note of one thing of the checklist whether it was looked at."""
        inspection = self.get_object()
        sent = TickSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        item = get_object_or_404(inspection.checklist, pk=facts.pop("item"))
        refusable(lambda: actions.tick(item, by=request.user, **facts))
        return Response(self._told(self.get_object()))

    def _step(self, shape: type[SeenSerializer], step: Callable[[Inspection, dict[str, Any]], Inspection]) -> Response:
        inspection = self.get_object()
        sent = shape(data=self.request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        facts |= {"seen": facts.pop("version"), "by": self.request.user}
        refusable(lambda: step(inspection, facts))
        return Response(self._told(self.get_object()))

    def _told(self, rows: Any, *, many: bool = False) -> Any:
        monuments = [row.monument for row in (rows if many else [rows])]
        context = {**self.get_serializer_context(), "warnings": warnings_of_monuments(monuments)}
        shape = self.get_serializer_class() if many else InspectionDetailSerializer
        return shape(rows, many=many, context=context).data
