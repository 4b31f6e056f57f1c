from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from reports.alerts import actions
from reports.alerts.models import Alert, Attempt, Delivery, Subscription, Suppression


class ReadOnly:
    """A log: written by the portal, read by people."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AttemptInline(ReadOnly, TabularInline):
    model = Attempt
    extra = 0


@admin.register(Alert)
class AlertAdmin(ReadOnly, ModelAdmin):
    list_display = ["rule", "severity", "monument", "raised_at", "fanned_out_at"]
    list_filter = ["rule", "severity"]
    list_select_related = ["monument"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, ModelAdmin):
    list_display = ["address", "alert", "cadence", "outcome", "tries", "due_at", "settled_at", "last_error"]
    list_filter = ["outcome", "channel", "cadence"]
    list_select_related = ["alert__monument"]
    search_fields = ["address"]
    inlines = [AttemptInline]
    actions = ["send_again"]

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("alerts.resend_delivery")

    @admin.action(description=_("Send again"), permissions=["send_again"])
    def send_again(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        for delivery in deliveries:
            actions.resend(delivery)
        messages.success(request, gettext("They are in the outbox again."))


@admin.register(Suppression)
class SuppressionAdmin(ModelAdmin):
    """To delete one is to try the address again."""

    list_display = ["address", "reason", "since"]
    search_fields = ["address", "reason"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False


@admin.register(Subscription)
class SubscriptionAdmin(ModelAdmin):
    list_display = ["reader", "cadence", "scope", "site", "monument", "country", "min_severity", "ended_at"]
    list_filter = ["scope", "cadence", "min_severity"]
    list_select_related = ["user", "site", "monument"]
    autocomplete_fields = ["user", "site", "monument"]
    search_fields = ["user__email", "address"]
    actions = None

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        """An administrator's word confirms what is entered here."""
        obj.confirmed_at = obj.confirmed_at or timezone.now()
        super().save_model(request, obj, form, change)
