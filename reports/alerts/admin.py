from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from reports.alerts import actions, outbox, queries
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
    """What was told, and who has taken it up; who got it is a list of deliveries."""

    list_display = ["rule", "severity", "monument", "site", "raised_at", "acknowledged_by", "recipients"]
    list_filter = ["rule", "severity", ("acknowledged_at", admin.EmptyFieldListFilter)]
    list_select_related = ["monument", "site", "acknowledged_by"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        alerts: QuerySet[Alert] = Alert.objects.visible_to(request.user)
        return alerts

    @admin.display(description=_("Who was told"))
    def recipients(self, alert: Alert) -> str:
        link = reverse("admin:alerts_delivery_changelist")
        return format_html('<a href="{}?tells_of={}">{}</a>', link, alert.pk, gettext("Recipients"))


class TellsOf(admin.SimpleListFilter):
    """Reached from an alert; in the list of filters it has nothing to choose."""

    title, parameter_name = _("alert"), "tells_of"

    def has_output(self) -> bool:
        return True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.value() or "", gettext("This alert"))] if self.value() else []

    def queryset(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
        if not (wanted := self.value()):
            return deliveries
        try:
            alert = Alert.objects.visible_to(request.user).filter(pk=wanted).first()
        except ValidationError:
            alert = None
        return deliveries & queries.recipients(alert) if alert else deliveries.none()


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, ModelAdmin):
    """The outbox, and its dead letters: those that failed, which can be sent again."""

    list_display = ["address", "alert", "channel", "cadence", "outcome", "tries", "due_at", "settled_at", "last_error"]
    list_filter = ["outcome", "channel", "cadence", TellsOf]
    list_select_related = ["alert"]
    list_before_template = "admin/alerts/outbox.html"
    search_fields = ["address"]
    inlines = [AttemptInline]
    actions = ["send_again"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Above the list: what is due and for how long, and what failed on which channel."""
        state = {"outbox": outbox.state(), "channels": outbox.by_channel()}
        return super().changelist_view(request, {**(extra_context or {}), **state})

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
    list_display = ["reader", "channel", "cadence", "scope", "about", "min_severity", "renewed_at", "ended_at"]
    list_filter = ["channel", "scope", "cadence", "min_severity", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "site", "monument", "search", "endpoint"]
    autocomplete_fields = ["user", "site", "monument"]
    search_fields = ["user__email", "address"]
    exclude = ["search", "endpoint"]
    actions = ["stop"]

    @admin.display(description=_("about"))
    def about(self, subscription: Subscription) -> str:
        return str(subscription)

    @admin.action(description=_("Stop: tell them no longer"), permissions=["change"])
    def stop(self, request: HttpRequest, subscriptions: QuerySet[Subscription]) -> None:
        for subscription in subscriptions:
            actions.end(subscription)
        messages.success(request, gettext("They are told no longer."))

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        """An administrator's word confirms what is entered here."""
        obj.confirmed_at = obj.confirmed_at or timezone.now()
        super().save_model(request, obj, form, change)
