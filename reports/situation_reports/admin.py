from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from reports.situation_reports.models import SituationReport


@admin.register(SituationReport)
class SituationReportAdmin(ModelAdmin):
    """What was asked, and what came of it; the portal shows what they say."""

    list_display = ["about", "period_from", "period_to", "audience", "state", "known_at", "read"]
    list_filter = ["state", "audience", "weekly"]
    list_select_related = ["site"]
    # Neither exact places nor who asked: the name of somebody in a silo is not for all staff.
    exclude = ["told", "asked_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SituationReport]:
        reports: QuerySet[SituationReport] = SituationReport.objects.visible_to(request.user)
        return reports

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: SituationReport | None = None) -> list[str]:
        return [field.name for field in SituationReport._meta.fields if field.name not in (self.exclude or [])]

    @admin.display(description=_("about"))
    def about(self, report: SituationReport) -> str:
        return report.about

    @admin.display(description=_("Read it"))
    def read(self, report: SituationReport) -> str:
        return format_html('<a href="{}">{}</a>', report.get_absolute_url(), gettext("Read it"))
