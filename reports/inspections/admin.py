"""Planning inspections in the admin, through `actions`; what becomes of one is done on its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from reports.inspections import actions, queries, workflow
from reports.inspections.models import ChecklistItem, Inspection, InspectionStep
from reports.inspections.vocabulary import Task
from reports.refusing import SaysRefusals
from sites.models import Monument
from sites.responsibility import area_of


class ReadOnlyInline(TabularInline):
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ChecklistInline(ReadOnlyInline):
    model = ChecklistItem
    fields = ["what", "looked_at", "note"]
    readonly_fields = ["what"]

    @admin.display(description=_("what to look at"))
    def what(self, item: ChecklistItem) -> str:
        return str(item)


class StepInline(ReadOnlyInline):
    model = InspectionStep
    fields = ["at", "step", "by", "due_on", "assigned_to", "reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[InspectionStep]:
        steps: QuerySet[InspectionStep] = super().get_queryset(request).select_related("by", "assigned_to")
        return steps


class PlanForm(forms.ModelForm):
    tasks = forms.MultipleChoiceField(
        label=_("What to look at"),
        choices=Task.choices,
        initial=Task.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Inspection
        fields = ["monument", "due_on", "assigned_to", "reason"]

    def clean(self) -> dict[str, Any]:
        """Who cannot be sent is said beside the field."""
        cleaned = super().clean() or {}
        person, monument = cleaned.get("assigned_to"), cleaned.get("monument")
        if person and monument and not workflow.may_look(person, Inspection(monument=monument)):
            raise ValidationError({"assigned_to": gettext("This person may not write reports of this site.")})
        return cleaned


@admin.register(Inspection)
class InspectionAdmin(SaysRefusals, ModelAdmin):
    list_display = ["shown_monument", "due_on", "state", "assigned_to", "opened"]
    list_filter = ["state", "monument__site__country"]
    search_fields = ["monument__slug", "monument__names__text", "reason"]
    autocomplete_fields = ["monument"]
    date_hierarchy = "due_on"
    actions = None
    form = PlanForm
    fieldsets = [(None, {"fields": ["monument", "due_on", "assigned_to", "reason", "tasks"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inspection]:
        return Inspection.objects.visible_to(request.user).in_full()

    def get_fieldsets(self, request: HttpRequest, obj: Inspection | None = None) -> Any:
        if obj is None:
            return super().get_fieldsets(request, obj)
        shown = [
            "opened",
            "monument",
            "due_on",
            "state",
            "assigned_to",
            "planned_by",
            "organisation",
            "reason",
            "result",
        ]
        return [(None, {"fields": shown})]

    def get_readonly_fields(self, request: HttpRequest, obj: Inspection | None = None) -> list[str]:
        return [] if obj is None else ["opened", "state", "planned_by", "organisation", "result"]

    def get_inlines(self, request: HttpRequest, obj: Inspection | None) -> list[type[TabularInline]]:
        return [] if obj is None else [ChecklistInline, StepInline]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "monument":
            kwargs["queryset"] = Monument.objects.filter(area_of(request.user).condition("site"))
        if db_field.name == "assigned_to":
            kwargs["queryset"] = queries.people(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Inspection | None = None) -> bool:
        """What becomes of it is a step, on its page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Inspection | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Inspection, form: Any, change: bool) -> None:
        actions.plan(obj, by=request.user, tasks=form.cleaned_data["tasks"])

    @admin.display(description=_("monument"), ordering="monument__slug")
    def shown_monument(self, inspection: Inspection) -> str:
        return str(inspection.monument)

    @admin.display(description=_("page"))
    def opened(self, inspection: Inspection) -> str:
        return format_html('<a href="{}">{}</a>', inspection.get_absolute_url(), gettext("Open it"))
