"""One's own webhooks over REST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from reports.alerts import actions, tasks
from reports.alerts.models import Endpoint, Suppression
from reports.alerts.throttles import Testing
from reports.conditions.api.drafts import by_field


class WebhookSerializer(serializers.ModelSerializer):
    """Where a program of yours is called, and the secret with which it knows that it was us (Standard Webhooks)."""

    url = serializers.URLField(max_length=500, help_text="In a public network; https.")
    secret = serializers.CharField(read_only=True, help_text="Signs every call; keep it to yourself.")
    paused = serializers.BooleanField(read_only=True, help_text="It did not take our messages; `try-again` resumes.")
    paused_because = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = Endpoint
        fields = ["key", "url", "secret", "paused", "paused_because", "created_at"]
        read_only_fields = ["key", "created_at"]

    def create(self, validated_data: dict[str, Any]) -> Endpoint:
        try:
            return actions.add_endpoint(validated_data["url"], user=self.context["request"].user)
        except FormError as error:
            raise serializers.ValidationError(by_field(error)) from error


class WebhookViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet,
):
    """Programs of yours that are called; of what they hear, subscriptions with their key say."""

    queryset = Endpoint.objects.none()
    serializer_class = WebhookSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Endpoint]:
        refused = Suppression.objects.filter(address=OuterRef("pk"))
        own = Endpoint.objects.filter(user=self.request.user.pk).order_by("created_at", "key")
        return own.annotate(paused=Exists(refused), paused_because=Subquery(refused.values("reason")[:1]))

    def perform_create(self, serializer: Any) -> None:
        serializer.instance = self.get_queryset().get(pk=serializer.save().pk)

    def perform_destroy(self, instance: Endpoint) -> None:
        actions.remove_endpoint(instance)

    @extend_schema(request=None, responses={202: None})
    @action(detail=True, methods=["post"], throttle_classes=[Testing])
    def test(self, request: Request, pk: str) -> Response:
        """Call it once with a message of the type `test`."""
        tasks.wake(tasks.test_endpoint, self.get_object().pk)
        return Response(status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses=WebhookSerializer)
    @action(detail=True, methods=["post"], url_path="change-secret")
    def change_secret(self, request: Request, pk: str) -> Response:
        """A new secret; the former one goes on signing beside it for a day."""
        actions.change_secret(self.get_object())
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=WebhookSerializer)
    @action(detail=True, methods=["post"], url_path="try-again")
    def try_again(self, request: Request, pk: str) -> Response:
        """It takes messages again: the next alert goes to it."""
        actions.lift(self.get_object().pk)
        return Response(self.get_serializer(self.get_object()).data)
