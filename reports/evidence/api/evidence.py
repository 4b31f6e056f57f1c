"""Photographs and documents over REST: reading, describing, publishing and withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions.api.drafts import by_field
from reports.conditions.api.reports import RefusedStep
from reports.conditions.workflow import Refused
from reports.evidence import actions
from reports.evidence.api.serializers import (
    ConfidenceSerializer,
    DescriptionSerializer,
    EvidenceInFullSerializer,
    EvidenceSerializer,
    WithdrawalSerializer,
)
from reports.evidence.models import Evidence
from sites.models import Monument, Site
from sites.references import NamedFilter, Parameters


class EvidenceFilter(Parameters):
    monument = NamedFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of a monument.",
    )
    site = NamedFilter(
        field_name="monument__site",
        queryset=Site.objects.all(),
        to_field_name="slug",
        label="Slug of a site.",
    )
    # No choice among reports: that one is known would say that it is there.
    report = filters.UUIDFilter(field_name="report_id", label="Id of a condition report.")
    plan = filters.UUIDFilter(field_name="plan_id", label="Id of a restoration plan.")
    taken_after = filters.DateFilter(field_name="taken_to", lookup_expr="gte", label="On that day or later.")
    taken_before = filters.DateFilter(field_name="taken_to", lookup_expr="lte", label="On that day or earlier.")
    waiting = filters.BooleanFilter(method="by_waiting", label="Whether it waits for somebody to publish it.")

    class Meta:
        model = Evidence
        fields = ["kind"]

    def by_waiting(self, evidence: QuerySet[Evidence], name: str, value: bool) -> QuerySet[Evidence]:
        waiting = Evidence.objects.waiting().values("pk")
        return evidence.filter(pk__in=waiting) if value else evidence.exclude(pk__in=waiting)


@extend_schema_view(retrieve=extend_schema(responses=EvidenceInFullSerializer))
class EvidenceViewSet(viewsets.ReadOnlyModelViewSet):
    """Photographs and documents, the last sent first; the public sees those that were published.

    Files are sent to `/api/v1/uploads/`. What was withdrawn is in no list; at its own address it says when and why.
    """

    queryset = Evidence.objects.none()
    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter
    permission_classes = [IsAuthenticatedOrReadOnly]

    def get_queryset(self) -> QuerySet[Evidence]:
        manager = Evidence.objects
        user = self.request.user
        found = manager.visible_to(user) if self.action == "list" else manager.known_to(user)
        related = found.telling_public().select_related("original", "monument__site", "organisation", "uploaded_by")
        evidence: QuerySet[Evidence] = related.prefetch_related("flags", "renditions").order_by("-id")
        return evidence

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self._in_full(self.get_object()))

    @extend_schema(request=DescriptionSerializer, responses=EvidenceInFullSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Say what is to be seen, whose it is and when it was taken; custody keeps what was said before."""
        return self._step(DescriptionSerializer, actions.describe, partial=True)

    @extend_schema(request=None, responses=EvidenceInFullSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Make it public; what belongs to a report is published with the report."""
        return self._step(serializers.Serializer, actions.publish)

    @extend_schema(request=WithdrawalSerializer, responses=EvidenceInFullSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Show it no longer."""
        return self._step(WithdrawalSerializer, actions.withdraw)

    @extend_schema(request=ConfidenceSerializer, responses=EvidenceInFullSerializer)
    @action(detail=True, methods=["post"])
    def confidence(self, request: Request, pk: str) -> Response:
        """Show it to verifiers of the site alone, or no longer so."""
        return self._step(ConfidenceSerializer, actions.keep_confidential)

    def _step(self, shape: Any, step: Callable[..., Evidence], **how: Any) -> Response:
        evidence = self.get_object()
        sent = shape(data=self.request.data, **how)
        sent.is_valid(raise_exception=True)
        try:
            step(evidence, by=self.request.user, **sent.validated_data)
        except Refused as refusal:
            raise RefusedStep(refusal) from refusal
        except FormError as error:
            raise serializers.ValidationError(by_field(error)) from error
        return Response(self._in_full(self.get_object()))

    def _in_full(self, evidence: Evidence) -> Any:
        return EvidenceInFullSerializer(evidence, context=self.get_serializer_context()).data
