"""Statuses, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from reports.conditions.models import MonumentStatus


@admin.register(MonumentStatus)
class MonumentStatusAdmin(ModelAdmin):
    """To look at: a status follows from reports and is never typed in."""

    list_display = [
        "monument",
        "valid_from",
        "valid_to",
        "damage_grade",
        "condition",
        "contested",
        "suspected",
        "assessed_on",
    ]
    list_filter = ["damage_grade", "contested", "suspected"]
    list_select_related = ["monument"]
    search_fields = ["monument__slug", "monument__names__text"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MonumentStatus | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MonumentStatus | None = None) -> bool:
        return False
