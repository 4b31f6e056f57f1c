"""One's own subscriptions over REST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated

from reports.alerts import actions
from reports.alerts.models import Kind, Severity, Subscription
from reports.conditions.api.drafts import by_field
from sites.models import Monument, Site

KINDS = {kind.name.lower(): kind for kind in Kind}
SEVERITIES = {severity.name.lower(): severity for severity in Severity}


class KindsField(serializers.MultipleChoiceField):
    """Their sum in the database, their names outside."""

    def to_internal_value(self, data: Any) -> Any:
        return sum(KINDS[name] for name in super().to_internal_value(data))

    def to_representation(self, value: Any) -> Any:
        return [name for name, kind in KINDS.items() if value & kind]


class SeverityField(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> Any:
        return SEVERITIES[super().to_internal_value(data)]

    def to_representation(self, value: Any) -> Any:
        return Severity(value).name.lower()


class SubscriptionSerializer(serializers.ModelSerializer):
    """About one site, one monument, one country, or (none of them) everything."""

    site: Any = serializers.SlugRelatedField(
        slug_field="slug", queryset=Site.objects.all(), required=False, allow_null=True
    )
    monument: Any = serializers.SlugRelatedField(
        slug_field="slug", queryset=Monument.objects.all(), required=False, allow_null=True
    )
    country = serializers.CharField(required=False, allow_blank=True, help_text="ISO 3166-1 alpha-2.")
    kinds = KindsField(choices=list(KINDS), allow_empty=False, required=False)
    min_severity = SeverityField(choices=list(SEVERITIES), required=False)

    class Meta:
        model = Subscription
        fields = [
            "id",
            "scope",
            "site",
            "monument",
            "country",
            "kinds",
            "min_severity",
            "cadence",
            "critical_at_once",
            "time_zone",
            "quiet_from",
            "quiet_until",
            "language",
            "created_at",
        ]
        read_only_fields = ["scope", "created_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        about = {name for name in ("site", "monument", "country") if attrs.get(name)}
        if self.instance is not None and about:
            message = _("What a subscription is about does not change; make another one.")
            raise serializers.ValidationError({name: [message] for name in about})
        if len(about) > 1:
            raise serializers.ValidationError({name: [_("Name one of site, monument and country.")] for name in about})
        return attrs

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Subscription:
        about = {name: validated_data.pop(name) for name in ("site", "monument") if validated_data.get(name)}
        user = self.context["request"].user
        language = validated_data.pop("language")
        country = validated_data.pop("country", "")
        subscription = actions.subscribe(user=user, language=language, country=country, **about)
        return self.update(subscription, validated_data)

    def update(self, instance: Subscription, validated_data: dict[str, Any]) -> Subscription:
        for name, value in validated_data.items():
            setattr(instance, name, value)
        try:
            return actions.change(instance)
        except FormError as error:
            raise serializers.ValidationError(by_field(error)) from error


class SubscriptionViewSet(viewsets.ModelViewSet):
    """What you asked to be told of; to subscribe again to the same changes its wishes."""

    queryset = Subscription.objects.none()
    serializer_class = SubscriptionSerializer
    permission_classes = [IsAuthenticated]
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[Subscription]:
        own = Subscription.objects.running().filter(user=self.request.user.pk)
        return own.select_related("site", "monument").order_by("-id")

    def perform_destroy(self, instance: Subscription) -> None:
        actions.end(instance)
