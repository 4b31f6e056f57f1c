"""Situation reports over REST: ask, see how far it is, read, download."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import mixins, renderers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions.api.drafts import by_field
from reports.situation_reports import actions, queries, tasks
from reports.situation_reports.models import Edition, SituationReport, State
from reports.waking import wake
from sites.api import AreaField
from sites.models import Site
from sites.references import Named, NamedFilter, Parameters

A_DAY = 86_400


class SituationReportSerializer(serializers.ModelSerializer):
    """A question about one place and period, and how far its answer is; `known_at` is fixed when it is asked."""

    url = serializers.HyperlinkedIdentityField(view_name="api:situation-report-detail")
    site: Any = Named(slug_field="slug", queryset=Site.objects.all(), required=False)
    country = serializers.CharField(required=False, help_text="ISO 3166-1 alpha-2.")
    area = AreaField(required=False, allow_null=True, help_text="GeoJSON Polygon or MultiPolygon.")
    page = serializers.SerializerMethodField(help_text="The permanent address for people.")
    pdf = serializers.SerializerMethodField(help_text="Addresses of the PDFs by language, once it is ready.")

    class Meta:
        model = SituationReport
        fields = [
            "id",
            "url",
            "page",
            "site",
            "country",
            "area",
            "period_from",
            "period_to",
            "known_at",
            "audience",
            "weekly",
            "state",
            "percent",
            "doing",
            "made_at",
            "pdf",
        ]
        # One a week about a place is a rule of the weekly ones, which nobody asks for here.
        validators: list[Any] = []
        read_only_fields = ["known_at", "weekly", "state", "percent", "doing", "made_at"]

    def get_page(self, report: SituationReport) -> str:
        address: str = self.context["request"].build_absolute_uri(report.get_absolute_url())
        return address

    @extend_schema_field(serializers.DictField(child=serializers.URLField()))
    def get_pdf(self, report: SituationReport) -> dict[str, str]:
        if report.state != State.READY:
            return {}
        page = self.get_page(report)
        return {edition.language: f"{page}{edition.language}.pdf" for edition in report.editions.all()}

    def create(self, validated_data: dict[str, Any]) -> SituationReport:
        request = self.context["request"]
        asked = SituationReport(language=get_language() or "en", **validated_data)
        try:
            return actions.ask(asked, by=request.user)
        except actions.TooMany as refusal:
            raise Throttled(wait=A_DAY, detail=" ".join(refusal.messages)) from refusal
        except FormError as error:
            raise serializers.ValidationError(by_field(error)) from error


class SituationReportFilter(Parameters):
    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")

    class Meta:
        model = SituationReport
        fields = ["site", "state", "weekly"]


class PDFRenderer(renderers.BaseRenderer):
    """Lets a client ask for what it gets; the file itself is not rendered here, and problems are JSON."""

    media_type, format, render_style, charset = "application/pdf", "pdf", "binary", None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return b"" if data is None else renderers.JSONRenderer().render(data)


LANGUAGE = OpenApiParameter("language", description="Of the edition; that of the request, if it is left out.")


class SituationReportViewSet(
    mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """The reports that you may read. Asking needs an account; while a report is made, look again at its address."""

    queryset = SituationReport.objects.none()
    serializer_class = SituationReportSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    filterset_class = SituationReportFilter

    def get_queryset(self) -> QuerySet[SituationReport]:
        reports = SituationReport.objects.visible_to(self.request.user)
        return reports.select_related("site").prefetch_related("editions").order_by("-id")

    def perform_create(self, serializer: serializers.BaseSerializer) -> None:
        report = serializer.save()
        wake(tasks.make, report.pk)

    @extend_schema(parameters=[LANGUAGE], responses=OpenApiTypes.OBJECT)
    @action(detail=True, filter_backends=[])
    def content(self, request: Request, pk: str) -> Response:
        """What the report says in a language, as one object: summary, sections, figures, sources."""
        return Response(self._edition(request).filed)

    @extend_schema(
        parameters=[LANGUAGE],
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description="The PDF.")},
    )
    @action(detail=True, filter_backends=[], renderer_classes=[PDFRenderer, renderers.JSONRenderer])
    def file(self, request: Request, pk: str) -> FileResponse:
        """The PDF of the report in a language."""
        edition = self._edition(request)
        return FileResponse(actions.pdf_of(edition).open(), content_type="application/pdf")

    def _edition(self, request: Request) -> Edition:
        """Of a report whose content its audience may still know; else it is made anew, and not found until then."""
        report = self.get_object()
        if report.state == State.READY and not queries.is_still_tellable(report):
            actions.make_again(report)
            wake(tasks.make, report.pk)
        language = request.query_params.get("language") or get_language()
        edition = get_object_or_404(Edition.objects.select_related("report"), report=report, language=language)
        queries.note_what_is_shown(report)
        return edition
