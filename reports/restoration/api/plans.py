"""Plans and statements over REST: everybody reads; editors and verifiers write as in the portal."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions.api.refusing import refusable
from reports.conditions.queries import NOW
from reports.conditions.querysets import Moment
from reports.restoration import actions, queries
from reports.restoration.api.said import AtAMoment, Changeable
from reports.restoration.api.serializers import (
    CorrectStepSerializer,
    CostSerializer,
    MilestoneSerializer,
    PlanChangeSerializer,
    PlanDetailSerializer,
    PlanSerializer,
    PlanStepSerializer,
    PledgeSerializer,
    StatementSerializer,
    StopWaitingSerializer,
    WaitSerializer,
)
from reports.restoration.models import CostEstimate, Milestone, Plan, PlanStep, Pledge, ProspectStatement
from reports.restoration.questions import PlanFilter
from sites.models import Monument, Site
from sites.references import NamedFilter, Parameters


class PlanViewSet(
    AtAMoment, mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Plans of restoration, the last entered first. What became of one is recorded by steps, which nobody changes."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    filterset_class = PlanFilter

    def get_queryset(self) -> QuerySet[Plan]:
        plans: Any = Plan.objects.select_related("site", "monument", "source").order_by("-id")
        if self.action != "retrieve":
            return plans if self.moment == NOW else plans.prefetch_related("steps")
        return plans.prefetch_related("dependencies", "further_monuments", *_parts(self.moment))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "moment": self.moment}

    @extend_schema(request=PlanChangeSerializer, responses=PlanChangeSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what it is described by. Who is late is answered 409, and so is what only steps change."""
        context = self.get_serializer_context()
        serializer = PlanChangeSerializer(self.get_object(), data=request.data, partial=True, context=context)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data)

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        return PlanDetailSerializer if self.action == "retrieve" else PlanSerializer

    @extend_schema(
        request=PlanStepSerializer,
        responses={201: PlanStepSerializer},
    )
    @action(detail=True, methods=["post"], filter_backends=[])
    def steps(self, request: Request, pk: str) -> Response:
        """Record what the plan became, or how far it has come. Who is late is answered 409."""
        return self._added(PlanStepSerializer)

    @extend_schema(request=CorrectStepSerializer, responses={201: PlanStepSerializer})
    @action(detail=True, methods=["post"], filter_backends=[])
    def correct(self, request: Request, pk: str) -> Response:
        """Put another step in the place of a wrong one, or say that it never happened; both stay readable."""
        return self._added(CorrectStepSerializer)

    @extend_schema(request=WaitSerializer, responses={201: WaitSerializer})
    @action(detail=True, methods=["post"], filter_backends=[])
    def wait(self, request: Request, pk: str) -> Response:
        """Have it wait for another plan. Circles are refused."""
        plan, sent = self.get_object(), WaitSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = {"needs": sent.validated_data["needs"], "note": sent.validated_data.get("note", "")}
        refusable(lambda: actions.add_dependency(plan, by=request.user, **facts))
        return Response(sent.data, status=201)

    @extend_schema(request=StopWaitingSerializer, responses={204: None})
    @action(detail=True, methods=["post"], filter_backends=[], url_path="stop-waiting")
    def stop_waiting(self, request: Request, pk: str) -> Response:
        """Have it wait for that plan no longer."""
        plan, sent = self.get_object(), StopWaitingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        dependency = get_object_or_404(plan.dependencies.select_related("plan__site"), **sent.validated_data)
        refusable(lambda: actions.remove_dependency(dependency, by=request.user))
        return Response(status=204)

    @extend_schema(
        request=CostSerializer,
        responses={201: CostSerializer},
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


def _parts(moment: Moment) -> list[Prefetch]:
    """What hangs on a plan, as it was known at the moment."""
    steps = PlanStep.objects.select_related("source")
    if moment.known_at:
        steps = steps.filter(recorded_at__lte=moment.known_at)

    def standing(model: Any, name: str, *related: str) -> Prefetch:
        rows = model.objects.known(moment.known_at)
        return Prefetch(name, queryset=rows.select_related(*related) if related else rows, to_attr=f"standing_{name}")

    return [
        Prefetch("steps", queryset=steps),
        standing(CostEstimate, "costs", "source"),
        standing(Pledge, "pledges", "donor", "source"),
        standing(Milestone, "milestones"),
    ]


class StatementFilter(Parameters):
    site = NamedFilter(
        field_name="monument__site", queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site."
    )
    monument = NamedFilter(queryset=Monument.objects.all(), to_field_name="slug", label="Slug of a monument.")

    as_of = filters.DateFilter(method="keep", label="What had been said by this day.")
    known_at = filters.IsoDateTimeFilter(method="keep", label="What was known of it at this time.")

    class Meta:
        model = ProspectStatement
        fields = ["supports", "certainty"]

    def keep(self, statements: Any, _name: str, _value: Any) -> Any:
        """The view asks for the moment."""
        return statements


class StatementViewSet(
    AtAMoment,
    Changeable,
    mixins.CreateModelMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    """What people said of the prospects of monuments, the last entered first; what was withdrawn is left out."""

    queryset = ProspectStatement.objects.none()
    serializer_class = StatementSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    filterset_class = StatementFilter

    def get_queryset(self) -> QuerySet[ProspectStatement]:
        return queries.statements_then(self.moment).select_related("monument", "source").order_by("-id")
