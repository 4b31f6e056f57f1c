"""What was told, over REST."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from reports.alerts import actions
from reports.alerts.api.subscriptions import SEVERITY_CHOICES, SeverityField
from reports.alerts.models import Alert, Rule
from reports.conditions.workflow import NotAllowed
from sites.models import Monument, Site
from sites.references import CodesFilter, NamedFilter, Parameters


class AlertSerializer(serializers.ModelSerializer):
    """The facts are those of the time at which it was raised."""

    site: Any = serializers.SlugRelatedField(
        slug_field="slug",
        read_only=True,
        allow_null=True,
        help_text="Null of the weekly situation report of a country or an area.",
    )
    monument: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    severity = SeverityField(choices=SEVERITY_CHOICES, read_only=True)
    facts = serializers.JSONField(read_only=True)

    class Meta:
        model = Alert
        fields = [
            "id",
            "rule",
            "severity",
            "site",
            "monument",
            "situation_report",
            "raised_at",
            "acknowledged_at",
            "repeats",
            "facts",
        ]
        read_only_fields = fields


class AlertFilter(Parameters):
    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")
    monument = NamedFilter(queryset=Monument.objects.all(), to_field_name="slug", label="Slug of a monument.")
    rule = CodesFilter(choices=Rule.choices)

    class Meta:
        model = Alert
        fields: list[str] = []


class AlertViewSet(viewsets.ReadOnlyModelViewSet):
    """What everybody may know, the last first; staff find what waits for them, too."""

    queryset = Alert.objects.none()
    serializer_class = AlertSerializer
    filterset_class = AlertFilter

    def get_queryset(self) -> QuerySet[Alert]:
        visible: QuerySet[Alert] = Alert.objects.visible_to(self.request.user).filter(joins=None)
        return visible.select_related("site", "monument").order_by("-id")

    @extend_schema(request=None, responses=AlertSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def acknowledge(self, request: Request, pk: str) -> Response:
        """Somebody who answers for the site has taken it up."""
        alert = self.get_object()
        try:
            actions.acknowledge(alert, by=request.user)
        except NotAllowed as error:
            raise PermissionDenied(str(error)) from error
        return Response(self.get_serializer(self.get_object()).data)
