"""What one was told, over REST."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from reports.alerts import actions, queries, tasks
from reports.alerts.models import Delivery, Outcome
from reports.alerts.throttles import Testing


class MessageSerializer(serializers.ModelSerializer):
    """A message to you: of one alert, or a digest of several."""

    alerts = serializers.SerializerMethodField(help_text="Their ids; `/alerts/` has them.")
    outcome = serializers.ChoiceField(
        Outcome.choices, read_only=True, allow_blank=True, help_text="Empty: on its way."
    )

    class Meta:
        model = Delivery
        fields = ["id", "alerts", "channel", "cadence", "language", "due_at", "settled_at", "outcome", "read_at"]
        read_only_fields = fields

    def get_alerts(self, message: Delivery) -> list[str]:
        alerts = [message.alert_id] if message.alert_id else [alert.pk for alert in message.digested.all()]
        return [str(pk) for pk in alerts]


class MessageViewSet(mixins.RetrieveModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet):
    """What you were told by e-mail and in the portal, the last first, and what came of it."""

    queryset = Delivery.objects.none()
    serializer_class = MessageSerializer
    permission_classes = [IsAuthenticated]

    @property
    def address(self) -> str:
        return str(getattr(self.request.user, "email", ""))

    def get_queryset(self) -> QuerySet[Delivery]:
        return queries.told(self.address, self.request.user)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Nothing of it is new any more."""
        actions.read(self.address)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={202: None})
    @action(detail=False, methods=["post"], throttle_classes=[Testing])
    def test(self, request: Request) -> Response:
        """Have an e-mail sent that says nothing but that it arrives."""
        tasks.wake(tasks.send_test, request.user.pk)
        return Response(status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="try-again")
    def try_again(self, request: Request) -> Response:
        """Your mailbox takes messages again: the next alert goes to it."""
        actions.lift(self.address)
        return Response(status=status.HTTP_204_NO_CONTENT)
