"""Entering plans; what became of them is recorded by steps, through the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from reports.refusing import SaysRefusals
from reports.restoration import actions, workflow
from reports.restoration.admin.records import (
    CostInline,
    DependencyInline,
    MilestoneInline,
    PledgeInline,
    StepInline,
    save_rows,
)
from reports.restoration.models import Plan
from reports.restoration.vocabulary import Charter
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin
from sites.models import Monument, Site
from sites.responsibility import answers_for, area_of


class PlanForm(forms.ModelForm):
    charters = forms.MultipleChoiceField(
        label=_("Charters"), choices=Charter.choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Plan
        fields: list[str] = []  # the admin's fieldsets say which

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version
        if site := self.fields.get("site"):
            site.required = False
            site.help_text = _("Left empty, it is that of the monument.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        monument, site = cleaned.get("monument"), cleaned.get("site")
        cleaned["site"] = site = site or (monument.site if monument else None)
        if site is None:
            raise ValidationError({"site": _("Choose a monument, or the site if the plan is for all of it.")})
        elsewhere = [one for one in cleaned.get("further_monuments") or () if one.site_id != site.pk]
        if elsewhere:
            raise ValidationError({"further_monuments": _("All monuments of a plan are on one site.")})
        self.instance.site = site
        return cleaned


@admin.register(Plan)
class PlanAdmin(SaysRefusals, SimpleHistoryAdmin, StatementAdmin):
    form = PlanForm
    list_display = ["title", "site", "monument", "phase", "status", "status_on", "changed_on", "source"]
    list_filter = ["status", "phase", "certainty", "contested", "feasibility"]
    list_select_related = ["site", "monument", "source"]
    search_fields = ["title", "site__slug", "site__names__text", "monument__slug", "monument__names__text"]
    autocomplete_fields = ["monument", "site", "further_monuments", "source"]
    actions = None
    inlines = [StepInline, PledgeInline, CostInline, MilestoneInline, DependencyInline]
    change_form_outer_before_template = "admin/restoration/plan/steps.html"
    fieldsets = [
        (
            None,
            {"fields": ["seen", "site", "monument", "further_monuments", "part", "title", "note", "language"]},
        ),
        (_("State"), {"fields": ["phase", "status", "planned_from", "planned_to"]}),
        (_("When it was voiced"), {"fields": STATEMENT_TIME}),
        (_("Who says so"), {"fields": STATEMENT_SOURCE}),
        (_("Bodies"), {"fields": ["proponent", "responsible", "partners"]}),
        (
            _("How"),
            {
                "fields": [
                    "method",
                    "charters",
                    "charter_note",
                    "surviving_percent",
                    "documentation",
                    "feasibility",
                    "feasibility_reason",
                    "urgency",
                    "urgency_reason",
                    "authenticity_impact",
                    "whc_notified_on",
                ]
            },
        ),
        (_("Other views"), {"fields": ["contested", "opposing_view", "community_position"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Plan | None = None) -> list[str]:
        """What steps change is chosen once."""
        return ["phase", "status", "planned_from", "planned_to"] if obj else []

    def get_inlines(self, request: HttpRequest, obj: Plan | None) -> list[Any]:
        return [inline for inline in self.inlines if obj or inline is not StepInline]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        area = area_of(request.user)
        if db_field.name == "monument":
            kwargs["queryset"] = Monument.objects.filter(area.condition("site")).select_related("site")
        if db_field.name == "site":
            kwargs["queryset"] = Site.objects.filter(area.condition())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A new plan can begin in each status that this person may record."""
        if db_field.name == "status":
            kwargs["choices"] = [
                ("", "---------"),
                *(
                    (status.value, status.label)
                    for status, permission in workflow.PERMISSION.items()
                    if request.user.has_perm(permission)
                ),
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or answers_for(request.user, obj.site))

    def has_delete_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        plan = self.get_object(request, object_id) if object_id else None
        context = {**(extra_context or {}), "plan": plan}
        if plan:
            context["may_step"] = self.has_change_permission(request, plan)
            context["open_statuses"] = workflow.statuses_open_to(plan, request.user)
        return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        actions.save_plan(obj, by=request.user, seen=form.cleaned_data.get("seen") if change else None)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_rows(formset, by=request.user)
