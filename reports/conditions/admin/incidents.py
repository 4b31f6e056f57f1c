"""Incidents: folding is done from the list of reports; here one looks, names and takes apart."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from unfold.admin import ModelAdmin

from reports.conditions import incidents
from reports.conditions.models import ConditionReport, Incident
from reports.conditions.workflow import Refused


@admin.register(Incident)
class IncidentAdmin(ModelAdmin):
    list_display = ["__str__", "site", "cause", "date_from", "date_to"]
    list_filter = ["cause"]
    list_select_related = ["site"]
    search_fields = ["title", "site__slug", "site__names__text"]
    date_hierarchy = "date_to"
    fields = ["title", "site", "cause", "date_from", "date_to"]
    readonly_fields = ["site", "date_from", "date_to"]
    actions = None
    change_form_outer_before_template = "admin/conditions/incident/reports.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Incident]:
        return Incident.objects.visible_to(request.user).select_related("site")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        change = self.admin_site.admin_view(self.member_view)
        return [path("<uuid:pk>/member/", change, name="conditions_incident_member"), *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        incident = self.get_object(request, object_id) if object_id else None
        members = ConditionReport.objects.visible_to(request.user).filter(incident=incident)
        context = {
            **(extra_context or {}),
            "incident": incident,
            "members": members.select_related("source", "repeats__source").order_by("date_to", "id")
            if incident
            else [],
            "independent": incidents.sources_of(incident) if incident else 0,
            "may_fold": request.user.has_perm("conditions.change_incident"),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def member_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Say of one report that it repeats another, that it stands by itself, or that it does not belong."""
        incident = get_object_or_404(self.get_queryset(request), pk=pk)
        visible = ConditionReport.objects.visible_to(request.user).filter(incident=incident)
        report = get_object_or_404(visible, pk=request.POST.get("report"))
        original = request.POST.get("of", "")
        try:
            if "unfold" in request.POST:
                incidents.unfold(report, by=request.user)
            else:
                of = get_object_or_404(visible, pk=original) if original else None
                incidents.mark_as_copy(report, of=of, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Done; the status has been derived anew."))
        if Incident.objects.filter(pk=pk).exists():
            return HttpResponseRedirect(reverse("admin:conditions_incident_change", args=[pk]))
        return HttpResponseRedirect(reverse("admin:conditions_incident_changelist"))
