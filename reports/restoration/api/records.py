"""Estimates, pledges and payments, and milestones over REST, each under its own address; entered at the plan's."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import mixins, viewsets
from rest_framework.permissions import IsAuthenticatedOrReadOnly

from reports.restoration.api.said import Changeable
from reports.restoration.api.serializers import CostSerializer, MilestoneSerializer, PledgeSerializer
from reports.restoration.models import CostEstimate, Milestone, Plan, Pledge
from sites.models import Site
from sites.references import NamedFilter, Parameters


class RecordFilter(Parameters):
    plan = NamedFilter(queryset=Plan.objects.all(), label="Key of a plan.")
    site = NamedFilter(
        field_name="plan__site", queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site."
    )


class CostFilter(RecordFilter):
    class Meta:
        model = CostEstimate
        fields = ["currency", "whole"]


class PledgeFilter(RecordFilter):
    class Meta:
        model = Pledge
        fields = ["currency", "stage"]


class MilestoneFilter(RecordFilter):
    class Meta:
        model = Milestone
        fields: list[str] = []


class RecordViewSet(Changeable, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """What stands, the last entered first. What was withdrawn is left out."""

    permission_classes = [IsAuthenticatedOrReadOnly]


class CostViewSet(RecordViewSet):
    """Estimates of what plans cost."""

    queryset = CostEstimate.objects.none()
    serializer_class = CostSerializer
    filterset_class = CostFilter

    def get_queryset(self) -> QuerySet[CostEstimate]:
        return CostEstimate.objects.known().order_by("-id").select_related("source", "plan__site")


class PledgeViewSet(RecordViewSet):
    """Pledges, commitments and payments."""

    queryset = Pledge.objects.none()
    serializer_class = PledgeSerializer
    filterset_class = PledgeFilter

    def get_queryset(self) -> QuerySet[Pledge]:
        return Pledge.objects.known().order_by("-id").select_related("source", "donor", "plan__site")


class MilestoneViewSet(RecordViewSet):
    """What is to be reached by a day."""

    queryset = Milestone.objects.none()
    serializer_class = MilestoneSerializer
    filterset_class = MilestoneFilter

    def get_queryset(self) -> QuerySet[Milestone]:
        return Milestone.objects.known().order_by("-id").select_related("plan__site")
