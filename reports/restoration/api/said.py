"""What is written through actions, changed with its past kept, and withdrawn with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from reports.conditions import moments
from reports.conditions.api.refusing import refusable
from reports.conditions.queries import NOW
from reports.restoration import actions


class WithdrawSerializer(serializers.Serializer):
    reason = serializers.CharField()


class AtAMoment:
    """For a viewset: `moment`, the two times of the question."""

    moment = NOW

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method not in {"GET", "HEAD"}:
            return
        try:
            self.moment = moments.read(request.query_params)
        except FormError as error:
            raise ValidationError(error.message_dict) from error


class Changeable:
    """For a viewset of rows that keep what they said before (`Recorded`)."""

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change it; what it said until now is kept as an earlier version."""
        view: Any = self
        serializer = view.get_serializer(view.get_object(), data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data)

    @extend_schema(request=WithdrawSerializer, responses={204: None})
    @action(detail=True, methods=["post"], filter_backends=[])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take back what should not have been entered; it stays readable as what was believed."""
        view: Any = self
        row = view.get_object()
        sent = WithdrawSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        refusable(lambda: actions.withdraw(row, by=request.user, reason=sent.validated_data["reason"]))
        return Response(status=204)
