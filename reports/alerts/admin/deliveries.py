from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from reports.alerts import actions, outbox, queries
from reports.alerts.admin.readonly import ReadOnly
from reports.alerts.models import Alert, Attempt, Delivery, Outcome, Subscription, Suppression

RESENDS = "alerts.resend_delivery"


class AttemptInline(ReadOnly, TabularInline):
    model = Attempt
    extra = 0


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
    """The outbox, and its dead letters: those that failed, which can be put right and sent again."""

    list_display = ["address", "alert", "channel", "cadence", "outcome", "tries", "due_at", "settled_at", "last_error"]
    list_filter = ["outcome", "channel", "cadence", TellsOf]
    list_select_related = ["alert"]
    show_full_result_count = False
    list_before_template = "admin/alerts/outbox.html"
    change_form_outer_before_template = "admin/alerts/resend.html"
    search_fields = ["address"]
    inlines = [AttemptInline]

    def get_urls(self) -> list[Any]:
        again = self.admin_site.admin_view(self.resend_view)
        return [path("<uuid:pk>/resend/", again, name="alerts_delivery_resend"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Above the list: what is due and for how long, and what failed on which channel."""
        found = outbox.figures()
        state = {"outbox": outbox.state(found), "channels": outbox.by_channel(found), "failed": Outcome.FAILED}
        return super().changelist_view(request, {**(extra_context or {}), **state})

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Delivery | None:
        """With the subscriptions that it answers, and what their labels need."""
        delivery: Delivery | None = super().get_object(request, object_id, from_field)
        named = Subscription.objects.select_related("user", "site", "monument", "search")
        prefetch_related_objects([delivery] if delivery else [], Prefetch("reasons", queryset=named))
        return delivery

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        delivery = self.get_object(request, object_id) if object_id else None
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **_panel(delivery, request)}
        )

    def resend_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Send one again, to a better address if one is given; the panel above its form posts here."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm(RESENDS):
            raise PermissionDenied
        delivery = get_object_or_404(Delivery, pk=pk)
        try:
            actions.resend(delivery, address=request.POST.get("address", ""))
            messages.success(request, gettext("It is in the outbox again."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("admin:alerts_delivery_change", args=[delivery.pk]))


def _panel(delivery: Delivery | None, request: HttpRequest) -> dict[str, Any]:
    """What somebody needs to put a message right: where it went, where its reader is now, and why they are told."""
    if delivery is None or not delivery.settled_at or not request.user.has_perm(RESENDS):
        return {}
    reasons = list(delivery.reasons.all())
    return {
        "resend": delivery,
        "present_address": actions.present_address(delivery),
        "takes_another_address": actions.takes_another_address(delivery),
        "refused": Suppression.objects.filter(address=delivery.address).first(),
        "reasons": reasons,
        "accounts": {reason.user for reason in reasons if reason.user},
    }
