"""Plans and statements over REST: everybody reads; editors and verifiers write as in the portal."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from reports.restoration.api.serializers import (
    CostSerializer,
    MilestoneSerializer,
    PlanDetailSerializer,
    PlanSerializer,
    PlanStepSerializer,
    PledgeSerializer,
    StatementSerializer,
)
from reports.restoration.models import Milestone, Plan, ProspectStatement
from sites.models import Monument, Site

SAID = {"source": "UNESCO", "source_year": 2024, "certainty": "high"}
STEP = {
    "to_status": "under_study",
    "date_to": "2024-05-01",
    "date_precision": "day",
    **SAID,
}
COST = {"amount": "10000.00", "currency": "USD", "price_year": 2016, "covers": "clearing", "whole": False, **SAID}


class PlanFilter(filters.FilterSet):
    site = filters.ModelChoiceFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")
    monument = filters.ModelChoiceFilter(
        queryset=Monument.objects.all(), to_field_name="slug", method="concerning", label="Slug of a monument."
    )

    class Meta:
        model = Plan
        fields = ["status", "phase", "contested"]

    def concerning(self, plans: Any, _name: str, monument: Monument) -> Any:
        return plans.about(monument)


class PlanViewSet(mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Plans of restoration, the last entered first. What became of one is recorded by steps, which nobody changes."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    filterset_class = PlanFilter

    def get_queryset(self) -> QuerySet[Plan]:
        plans = Plan.objects.select_related("site", "monument", "source").order_by("-id")
        if self.action != "retrieve":
            return plans
        milestones = Prefetch("milestones", queryset=Milestone.objects.known(), to_attr="standing_milestones")
        return plans.in_full().prefetch_related("steps__source", "dependencies", "further_monuments", milestones)

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        return PlanDetailSerializer if self.action == "retrieve" else PlanSerializer

    @extend_schema(
        request=PlanStepSerializer,
        responses={201: PlanStepSerializer},
        examples=[OpenApiExample("Under study", value=STEP, request_only=True)],
    )
    @action(detail=True, methods=["post"], filter_backends=[])
    def steps(self, request: Request, pk: str) -> Response:
        """Record what the plan became, or how far it has come. Who is late is answered 409."""
        return self._added(PlanStepSerializer)

    @extend_schema(
        request=CostSerializer,
        responses={201: CostSerializer},
        examples=[OpenApiExample("Clearing of blocks", value=COST, request_only=True)],
    )
    @action(detail=True, methods=["post"], filter_backends=[])
    def costs(self, request: Request, pk: str) -> Response:
        """Enter an estimate."""
        return self._added(CostSerializer)

    @extend_schema(request=PledgeSerializer, responses={201: PledgeSerializer})
    @action(detail=True, methods=["post"], filter_backends=[])
    def pledges(self, request: Request, pk: str) -> Response:
        """Enter a pledge, a commitment or a payment."""
        return self._added(PledgeSerializer)

    @extend_schema(request=MilestoneSerializer, responses={201: MilestoneSerializer})
    @action(detail=True, methods=["post"], filter_backends=[])
    def milestones(self, request: Request, pk: str) -> Response:
        """Enter what is to be reached by a day."""
        return self._added(MilestoneSerializer)

    def _added(self, kind: type[serializers.ModelSerializer]) -> Response:
        serializer = kind(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        serializer.save(plan=self.get_object())
        return Response(serializer.data, status=201)


class StatementFilter(filters.FilterSet):
    site = filters.ModelChoiceFilter(
        field_name="monument__site", queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site."
    )
    monument = filters.ModelChoiceFilter(
        queryset=Monument.objects.all(), to_field_name="slug", label="Slug of a monument."
    )

    class Meta:
        model = ProspectStatement
        fields = ["supports", "certainty"]


class StatementViewSet(
    mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """What people said of the prospects of monuments, the last entered first; what was withdrawn is left out."""

    queryset = ProspectStatement.objects.none()
    serializer_class = StatementSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    filterset_class = StatementFilter

    def get_queryset(self) -> QuerySet[ProspectStatement]:
        known = ProspectStatement.objects.known()
        return known.select_related("monument", "source").order_by("-id")
