from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from reports.refusing import SaysRefusals
from reports.restoration import actions, queries
from reports.restoration.models import PriorityOverride, Weighting
from sites.models import Monument
from sites.responsibility import area_of


@admin.register(PriorityOverride)
class PriorityOverrideAdmin(ModelAdmin):
    """A decision is followed by another, never changed."""

    list_display = ["monument", "letter", "reason", "by", "at"]
    list_filter = ["letter"]
    list_select_related = ["monument", "by"]
    search_fields = ["monument__slug", "monument__names__text", "reason"]
    autocomplete_fields = ["monument"]
    actions = None

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "monument":
            kwargs["queryset"] = Monument.objects.filter(area_of(request.user).condition("site"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: PriorityOverride | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PriorityOverride | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: PriorityOverride, form: Any, change: bool) -> None:
        decided = actions.decide_priority(obj.monument, obj.letter, obj.reason, by=request.user)
        obj.pk, obj.by = decided.pk, decided.by


@admin.register(Weighting)
class WeightingAdmin(SaysRefusals, ModelAdmin):
    """The weights of the score; new ones follow the former, which stay to be read."""

    list_display = ["at", "significance", "condition", "risk", "feasibility", "access", "reason", "by"]
    list_select_related = ["by"]
    actions = None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Who changes one part begins with the others as they are."""
        return {**queries.weights_now(), **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Weighting | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Weighting | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Weighting, form: Any, change: bool) -> None:
        actions.set_weights(obj, by=request.user)
