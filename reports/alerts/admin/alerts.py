from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from reports.alerts.admin.readonly import ReadOnly
from reports.alerts.models import Alert


@admin.register(Alert)
class AlertAdmin(ReadOnly, ModelAdmin):
    """What was told, and who has taken it up; who got it is a list of deliveries."""

    list_display = ["rule", "severity", "place", "site", "raised_at", "acknowledged_by", "recipients"]
    list_filter = ["rule", "severity", ("acknowledged_at", admin.EmptyFieldListFilter)]
    list_select_related = ["monument", "site", "acknowledged_by"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        alerts: QuerySet[Alert] = Alert.objects.visible_to(request.user)
        return alerts

    @admin.display(description=_("about"))
    def place(self, alert: Alert) -> str:
        return alert.place

    @admin.display(description=_("Who was told"))
    def recipients(self, alert: Alert) -> str:
        link = reverse("admin:alerts_delivery_changelist")
        return format_html('<a href="{}?tells_of={}">{}</a>', link, alert.pk, gettext("Recipients"))
