"""One's own subscriptions over REST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import fields, serializers, viewsets
from rest_framework.permissions import IsAuthenticated

from reports.alerts import actions
from reports.alerts.models import (
    EMAIL,
    TO_CHOOSE,
    WEBHOOK,
    Endpoint,
    Search,
    Severity,
    Subscription,
    channels_of_people,
)
from reports.conditions.api.drafts import by_field
from reports.restoration.models import Plan
from sites.models import Monument, Site
from sites.references import Keyed, Named

KINDS = {kind.name.lower(): kind for kind in TO_CHOOSE}
SEVERITIES = {severity.name.lower(): severity for severity in Severity}
SEVERITY_CHOICES = [(name, name) for name in SEVERITIES]

ABOUT = ("site", "monument", "country", "search", "plan")


class KindsField(serializers.MultipleChoiceField):
    """Their sum in the database, their names outside."""

    def get_value(self, dictionary: Any) -> Any:
        """A form that names none leaves them as they are, as JSON does."""
        return super().get_value(dictionary) if self.field_name in dictionary else fields.empty

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
    """About one site, monument, country, saved search or restoration plan, or (none of them) everything.

    For you, or for a webhook.
    """

    site: Any = Named(slug_field="slug", queryset=Site.objects.all(), required=False, allow_null=True)
    monument: Any = Named(slug_field="slug", queryset=Monument.objects.all(), required=False, allow_null=True)
    search: Any = Keyed(
        queryset=Search.objects.none(), required=False, allow_null=True, help_text="One of your saved searches."
    )
    plan: Any = Keyed(queryset=Plan.objects.all(), required=False, allow_null=True, help_text="A restoration plan.")
    channel = serializers.ChoiceField(choices=channels_of_people(), required=False, help_text="Or name a webhook.")
    webhook: Any = Keyed(
        listed="webhook",
        source="endpoint",
        queryset=Endpoint.objects.none(),
        required=False,
        allow_null=True,
        help_text="Yours, by its key.",
    )
    country = serializers.CharField(required=False, allow_blank=True, help_text="ISO 3166-1 alpha-2.")
    kinds = KindsField(choices=list(KINDS), allow_empty=False, required=False)
    min_severity = SeverityField(choices=SEVERITY_CHOICES, required=False)
    paused = serializers.BooleanField(required=False, help_text="Nothing is told until it is false again.")

    class Meta:
        model = Subscription
        fields = [
            "id",
            "scope",
            "site",
            "monument",
            "country",
            "search",
            "plan",
            "channel",
            "webhook",
            "kinds",
            "min_severity",
            "cadence",
            "critical_at_once",
            "time_zone",
            "quiet_from",
            "quiet_until",
            "language",
            "paused",
            "created_at",
        ]
        read_only_fields = ["scope", "created_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if request := self.context.get("request"):
            searches: Any = self.fields["search"]
            searches.queryset = Search.objects.filter(user=request.user.pk)
            webhooks: Any = self.fields["webhook"]
            webhooks.queryset = Endpoint.objects.filter(user=request.user.pk)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        about = {name for name in ABOUT if attrs.get(name)}
        fixed = about | ({"webhook"} if attrs.get("endpoint") else set())
        if self.instance is not None and fixed:
            message = _("What a subscription is about does not change; make another one.")
            raise serializers.ValidationError({name: [message] for name in fixed})
        if attrs.get("endpoint") and attrs.get("channel"):
            raise serializers.ValidationError({"channel": [_("Name a channel or a webhook, not both.")]})
        if len(about) > 1:
            raise serializers.ValidationError(
                {name: [_("Name one of site, monument, country, search and plan.")] for name in about}
            )
        return attrs

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Subscription:
        about = {name: validated_data.pop(name) for name in ABOUT if validated_data.get(name)}
        endpoint = validated_data.pop("endpoint", None)
        channel = WEBHOOK if endpoint else validated_data.pop("channel", EMAIL)
        user = self.context["request"].user
        language = validated_data.pop("language")
        validated_data = {name: value for name, value in validated_data.items() if name not in ABOUT}
        subscription = actions.subscribe(user=user, language=language, channel=channel, endpoint=endpoint, **about)
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
