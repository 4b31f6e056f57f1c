"""Evidence packages over REST: ask, look how far it is, fetch."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions.api.drafts import by_field
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed
from reports.evidence import actions, tasks
from reports.evidence.models import EvidencePackage
from reports.evidence.packages import links
from reports.evidence.vocabulary import PackageState
from reports.waking import wake
from sites.models import Monument
from sites.references import Keyed, Named


class EvidencePackageSerializer(serializers.ModelSerializer):
    """The evidence of a monument and its parts, or of one report about it."""

    monument: Any = Named(slug_field="slug", queryset=Monument.objects.select_related("site"))
    report: Any = Keyed(queryset=ConditionReport.objects.none(), required=False, allow_null=True)
    language = serializers.CharField(required=False, default="en", help_text="Of the summary: en, ar, fr.")
    download = serializers.SerializerMethodField(
        help_text="Where it is fetched, without signing in, for a few minutes; null until it is ready."
    )

    class Meta:
        model = EvidencePackage
        fields = [
            "id",
            "monument",
            "report",
            "day_from",
            "day_to",
            "confidential",
            "language",
            "asked_at",
            "state",
            "failure",
            "done",
            "total",
            "left_out",
            "size",
            "sha256",
            "expires_at",
            "download",
        ]
        read_only_fields = [
            "asked_at",
            "state",
            "failure",
            "done",
            "total",
            "left_out",
            "size",
            "sha256",
            "expires_at",
        ]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request:
            fields["report"].queryset = ConditionReport.objects.visible_to(request.user)  # type: ignore[attr-defined]
        return fields

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_download(self, package: EvidencePackage) -> str | None:
        if package.state != PackageState.READY or not links.may_have(package):
            return None
        return self.context["request"].build_absolute_uri(links.link(package))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        report = attrs.get("report")
        if report and report.monument_id != attrs["monument"].pk:
            raise serializers.ValidationError({"report": ["This report is about another monument."]})
        return attrs

    def create(self, validated_data: dict[str, Any]) -> EvidencePackage:
        user = self.context["request"].user
        try:
            package = actions.ask_package(EvidencePackage(asked_by=user, **validated_data), by=user)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except FormError as error:
            raise serializers.ValidationError(by_field(error)) from error
        wake(tasks.pack, package.pk)
        return package


class EvidencePackageViewSet(
    mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Packages that you asked for; each is a bag (BagIt) in a zip."""

    queryset = EvidencePackage.objects.none()
    serializer_class = EvidencePackageSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[EvidencePackage]:
        own: QuerySet[EvidencePackage] = EvidencePackage.objects.filter(asked_by=self.request.user.pk)
        return own.select_related("monument__site", "asked_by").order_by("-id")

    @extend_schema(responses={302: OpenApiResponse(description="To the file."), 409: None})
    @action(detail=True)
    def download(self, request: Request, pk: str) -> Response:
        """Leads to the file, once the package is ready."""
        package = self.get_object()
        if package.state != PackageState.READY:
            return Response({"detail": package.get_state_display()}, status=409)
        if not links.may_have(package):
            raise PermissionDenied
        return Response(status=302, headers={"Location": links.link(package)})
