from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from reports.alerts.admin.readonly import ReadOnly
from reports.alerts.models import Endpoint, Subscription, Suppression


@admin.register(Suppression)
class SuppressionAdmin(ModelAdmin):
    """Who refuses our messages; to delete one is to try it again."""

    list_display = ["address", "reason", "since"]
    search_fields = ["address", "reason"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False


@admin.register(Subscription)
class SubscriptionAdmin(ModelAdmin):
    list_display = [
        "reader",
        "channel",
        "cadence",
        "scope",
        "about",
        "min_severity",
        "renewed_at",
        "paused_at",
        "ended_at",
    ]
    list_filter = ["channel", "scope", "cadence", "min_severity", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "site", "monument", "search", "endpoint"]
    autocomplete_fields = ["user", "site", "monument"]
    search_fields = ["user__email", "address"]
    exclude = ["search", "endpoint"]

    @admin.display(description=_("about"))
    def about(self, subscription: Subscription) -> str:
        return str(subscription)

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        """An administrator's word confirms what is entered here."""
        obj.confirmed_at = obj.confirmed_at or timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Endpoint)
class EndpointAdmin(ReadOnly, ModelAdmin):
    """Which programs are called, and whose they are; nobody but the owner sees a secret."""

    list_display = ["url", "user", "created_at"]
    list_select_related = ["user"]
    search_fields = ["url", "user__email"]
    fields = ["url", "user", "created_at", "changed_at"]
