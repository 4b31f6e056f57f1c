"""Condition reports over REST: reading, writing drafts, and the steps of their life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions import actions
from reports.conditions.api.drafts import (
    DraftSerializer,
    EmbargoSerializer,
    ReasonSerializer,
    StepSerializer,
    VerifySerializer,
)
from reports.conditions.api.serializers import ConditionReportSerializer
from reports.conditions.models import ConditionReport, Incident
from reports.conditions.report_questions import ReportFilter
from reports.conditions.workflow import ONCE_PUBLISHED, NotAllowed, ReasonMissing, Refused
from sites.models import Site
from sites.references import NamedFilter, Parameters


class RefusedStep(APIException):
    """What the workflow refuses, in its words."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(detail=str(refusal))
        self.status_code = _STATUS.get(type(refusal), 409)


_STATUS = {NotAllowed: 403, ReasonMissing: 400}


@extend_schema_view(
    create=extend_schema(request=DraftSerializer, responses={201: ConditionReportSerializer}),
    partial_update=extend_schema(request=DraftSerializer, responses=ConditionReportSerializer),
)
class ConditionReportViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    """Condition reports, the last observed first; the public sees those that were published.

    Who may write does so as in the portal: a draft, then one step after the other. Every change names
    the version that was read; if somebody was faster the answer is 409 and nothing is overwritten.
    """

    queryset = ConditionReport.objects.all()
    serializer_class = ConditionReportSerializer
    filterset_class = ReportFilter
    permission_classes = [IsAuthenticatedOrReadOnly]

    def get_queryset(self) -> QuerySet[ConditionReport]:
        corrections = ConditionReport.objects.filter(state__in=ONCE_PUBLISHED, confidential=False)
        prefetch = Prefetch("corrections", queryset=corrections, to_attr="published_corrections")
        reports = ConditionReport.objects.visible_to(self.request.user).in_full().prefetch_related(prefetch)
        return ConditionReportSerializer.with_expanded(reports, self.request).order_by("-date_to", "-id")

    def create(self, request: Request) -> Response:
        """Write a draft."""
        return self._written(DraftSerializer(data=request.data, context=self.get_serializer_context()), status=201)

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a draft."""
        context = self.get_serializer_context()
        return self._written(DraftSerializer(self.get_object(), data=request.data, partial=True, context=context))

    def perform_destroy(self, instance: ConditionReport) -> None:
        self._refusable(lambda: actions.delete_draft(instance, by=self.request.user))

    @extend_schema(request=StepSerializer, responses=ConditionReportSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand a draft to the verifiers."""
        return self._step(StepSerializer, actions.submit)

    @extend_schema(request=ReasonSerializer, responses=ConditionReportSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        """Give a submitted report back to its author."""
        return self._step(ReasonSerializer, actions.reject)

    @extend_schema(request=VerifySerializer, responses=ConditionReportSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str) -> Response:
        """Vouch for a submitted report."""
        return self._step(VerifySerializer, actions.verify)

    @extend_schema(request=EmbargoSerializer, responses=ConditionReportSerializer)
    @action(detail=True, methods=["post"])
    def embargo(self, request: Request, pk: str) -> Response:
        """Have a verified report published at a given time."""
        return self._step(EmbargoSerializer, actions.embargo)

    @extend_schema(request=StepSerializer, responses=ConditionReportSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Make a verified report public."""
        return self._step(StepSerializer, actions.publish)

    @extend_schema(request=ReasonSerializer, responses=ConditionReportSerializer)
    @action(detail=True, methods=["post"])
    def retract(self, request: Request, pk: str) -> Response:
        """Withdraw a published report."""
        return self._step(ReasonSerializer, actions.retract)

    def _written(self, draft: DraftSerializer, status: int = 200) -> Response:
        draft.is_valid(raise_exception=True)
        saved: ConditionReport = self._refusable(draft.save)
        return self._answer(saved, status)

    def _step(self, shape: type[StepSerializer], step: Callable[..., ConditionReport]) -> Response:
        report = self.get_object()
        sent = shape(data=self.request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        seen = facts.pop("version")
        self._refusable(lambda: step(report, by=self.request.user, seen=seen, **facts))
        return self._answer(report)

    def _answer(self, report: ConditionReport, status: int = 200) -> Response:
        fresh = self.get_queryset().get(pk=report.pk)
        return Response(self.get_serializer(fresh).data, status=status)

    def _refusable(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as refusal:
            raise RefusedStep(refusal) from refusal


class IncidentSerializer(serializers.ModelSerializer):
    """One thing that happened, however many report it."""

    site: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    reports = serializers.SerializerMethodField(help_text="The standing reports that tell of it.")
    independent_sources = serializers.SerializerMethodField(help_text="Who repeats another's account adds none.")

    class Meta:
        model = Incident
        fields = ["id", "site", "title", "cause", "date_from", "date_to", "reports", "independent_sources"]

    def get_reports(self, incident: Any) -> list[str]:
        return [str(report.pk) for report in incident.standing_reports]

    def get_independent_sources(self, incident: Any) -> int:
        return len({r.repeats.source_id if r.repeats else r.source_id for r in incident.standing_reports})


class IncidentFilter(Parameters):
    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")

    class Meta:
        model = Incident
        fields = ["cause"]


class IncidentViewSet(viewsets.ReadOnlyModelViewSet):
    """Incidents: several reports of one event, folded together by an editor; the last first."""

    queryset = Incident.objects.all()
    serializer_class = IncidentSerializer
    filterset_class = IncidentFilter

    def get_queryset(self) -> QuerySet[Incident]:
        standing = ConditionReport.objects.standing().select_related("repeats").order_by("date_to", "id")
        prefetch = Prefetch("reports", queryset=standing, to_attr="standing_reports")
        incidents = Incident.objects.visible_to(self.request.user).select_related("site")
        return incidents.prefetch_related(prefetch).order_by("-date_to", "-id")
