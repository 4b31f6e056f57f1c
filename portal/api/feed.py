"""The changes over REST: `/api/v1/changes/?after=…`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import changes
from portal.api.models import Change

MOST = 1_000


class ChangeSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="of", help_text="Of what changed; read it at its own address.")

    class Meta:
        model = Change
        fields = ["position", "kind", "thing", "id", "at"]


@extend_schema_serializer(many=False)
class ChangesSerializer(serializers.Serializer):
    results = ChangeSerializer(many=True)
    after = serializers.IntegerField(help_text="Send this next time. With no results, nothing has changed since.")


class ChangeViewSet(viewsets.GenericViewSet):
    """What was created, changed, published, superseded or retracted, in order and without gaps."""

    queryset: QuerySet[Change] = Change.objects.none()
    serializer_class = ChangesSerializer
    pagination_class = None
    filter_backends: list[Any] = []

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "after",
                {"type": "integer", "minimum": 0, "maximum": 2**63 - 1, "default": 0},
                description="The position behind which to go on; 0: from the beginning.",
            ),
            OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 100}),
        ],
        responses=ChangesSerializer,
    )
    def list(self, request: Request) -> Response:
        after, limit = _number(request, "after", 0, 0, 2**63 - 1), _number(request, "limit", 100, 1, MOST)
        found = list(changes.after(after, request.user)[:limit])
        return Response(ChangesSerializer({"results": found, "after": found[-1].position if found else after}).data)


def _number(request: Request, name: str, default: int, least: int, most: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        words = _("Write a whole number from %(least)s to %(most)s.")
        raise ValidationError({name: [words % {"least": least, "most": most}]})
    return int(text)
