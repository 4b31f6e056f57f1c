"""One's own saved searches over REST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated

from reports.alerts import actions
from reports.alerts.models import Search
from reports.conditions.api.drafts import by_field
from sites.api import AreaField
from sites.models import Site
from sites.references import Named


class SearchSerializer(serializers.ModelSerializer):
    """Which monuments; empty means any. Its feed and its map layer need no sign-in."""

    site: Any = Named(slug_field="slug", queryset=Site.objects.all(), required=False, allow_null=True)
    country = serializers.CharField(required=False, allow_blank=True, help_text="ISO 3166-1 alpha-2.")
    area = AreaField(required=False, allow_null=True, help_text="GeoJSON polygon (WGS84).")

    class Meta:
        model = Search
        fields = ["id", "name", "country", "site", "type", "least_grade", "area", "created_at"]
        read_only_fields = ["created_at"]

    def create(self, validated_data: dict[str, Any]) -> Search:
        return self._save(Search(user=self.context["request"].user, **validated_data))

    def update(self, instance: Search, validated_data: dict[str, Any]) -> Search:
        for name, value in validated_data.items():
            setattr(instance, name, value)
        return self._save(instance)

    def _save(self, search: Search) -> Search:
        try:
            return actions.save_search(search)
        except FormError as error:
            raise serializers.ValidationError(by_field(error)) from error


class SearchViewSet(viewsets.ModelViewSet):
    """Searches that you kept; to be told of what one finds, subscribe to it."""

    queryset = Search.objects.none()
    serializer_class = SearchSerializer
    permission_classes = [IsAuthenticated]
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[Search]:
        own: QuerySet[Search] = Search.objects.filter(user=self.request.user.pk).select_related("site").order_by("-id")
        return own

    def perform_destroy(self, instance: Search) -> None:
        actions.forget(instance)
