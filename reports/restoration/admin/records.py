"""What hangs on a plan: its steps to read, its money, milestones and dependencies to write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldAdminURLInputWidget

from reports.restoration import actions
from reports.restoration.models import CostEstimate, Dependency, Milestone, Plan, PlanStep, Pledge
from reports.restoration.queries import waits_for
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME
from sites.responsibility import answers_for


class RecordForm(forms.ModelForm):
    """With a way to take the entry back instead of deleting it."""

    withdraw_because = forms.CharField(
        label=_("Withdraw it, because"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("It is not shown any more, and not counted; what was believed stays readable."),
    )


class OfPlan:
    """For the site's own people; entries are withdrawn, not deleted."""

    extra = 0
    can_delete = False
    show_change_link = False
    tab = True
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https", "widget": UnfoldAdminURLInputWidget},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 60})},
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(withdrawn_at=None) if hasattr(rows.model, "withdrawn_at") else rows

    def get_fields(self, request: HttpRequest, obj: Plan | None = None) -> Any:
        """Who only reads takes nothing back."""
        fields = super().get_fields(request, obj)  # type: ignore[misc]
        may = self.has_change_permission(request, obj) or self.has_add_permission(request, obj)
        return fields if may else [name for name in fields if name != "withdraw_because"]

    def has_add_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return super().has_add_permission(request, obj) and _answers(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return super().has_change_permission(request, obj) and _answers(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _answers(request, obj)  # type: ignore[misc]


def _answers(request: HttpRequest, plan: Plan | None) -> bool:
    return plan is None or answers_for(request.user, plan.site)


class OwnRows:
    """A row can name another of the same plan, such as the pledge that a payment keeps."""

    names: str
    labelled: tuple[str, ...]
    """What the label of such a row is made of, and what it names."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: QuerySet = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*self.labelled)

    def get_formset(self, request: HttpRequest, obj: Plan | None = None, **kwargs: Any) -> Any:
        self.plan = obj
        return super().get_formset(request, obj, **kwargs)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != self.names:
            return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        plan = getattr(self, "plan", None)
        own = self.model.objects.known().filter(plan=plan) if plan else self.model.objects.none()  # type: ignore[attr-defined]
        kwargs["queryset"] = own.select_related(*self.labelled)
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        # Read once for all rows of the page, not again for each.
        field.choices = list(field.choices)
        return field


class CostInline(OwnRows, OfPlan, StackedInline):
    model = CostEstimate
    form = RecordForm
    names = "replaces"
    labelled = ("source",)
    autocomplete_fields = ["source"]
    fields = [
        ("amount", "currency", "approximate", "price_year"),
        ("covers", "whole", "replaces"),
        tuple(STATEMENT_TIME),
        tuple(STATEMENT_SOURCE[:3]),
        tuple(STATEMENT_SOURCE[3:]),
        "withdraw_because",
    ]


class PledgeInline(OwnRows, OfPlan, StackedInline):
    model = Pledge
    form = RecordForm
    names = "of"
    labelled = ("source", "donor")
    autocomplete_fields = ["source", "donor"]
    fields = [
        ("donor", "stage", "of"),
        ("amount", "currency", "approximate"),
        tuple(STATEMENT_TIME),
        tuple(STATEMENT_SOURCE[:3]),
        tuple(STATEMENT_SOURCE[3:]),
        "withdraw_because",
    ]


class MilestoneInline(OfPlan, TabularInline):
    model = Milestone
    form = RecordForm
    fields = ["title", "language", "due_on", "reached_on", "withdraw_because"]


class DependencyForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        plan, needs = self.instance.plan, cleaned.get("needs")
        if needs and plan and self.has_changed() and waits_for(needs, plan):
            facts = {"plan": needs.title}
            raise ValidationError(_("“%(plan)s” waits for this plan itself, so neither could begin.") % facts)
        return cleaned


class DependencyInline(OfPlan, TabularInline):
    model = Dependency
    form = DependencyForm
    fk_name = "plan"
    can_delete = True
    autocomplete_fields = ["needs"]
    fields = ["needs", "note"]

    def has_change_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return False


class StepInline(TabularInline):
    """Steps are read here; the buttons above the form record new ones."""

    model = PlanStep
    fk_name = "plan"
    extra = 0
    can_delete = False
    tab = True
    fields = ["date_text", "shown", "to_phase", "progress", "source", "reason", "by", "recorded_at", "correct"]
    readonly_fields = fields
    ordering = ["-date_to", "-recorded_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanStep]:
        return super().get_queryset(request).select_related("source", "by", "correction")

    def has_add_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return False

    @admin.display(description=_("step"))
    def shown(self, step: PlanStep) -> str:
        if step.void:
            return gettext("It never happened: %(step)s") % {"step": step}
        corrected = hasattr(step, "correction")
        return gettext("Corrected: %(step)s") % {"step": step} if corrected else str(step)

    @admin.display(description=_("wrong?"))
    def correct(self, step: PlanStep) -> str:
        if step.void or hasattr(step, "correction"):
            return "–"
        address = reverse("admin:restoration_planstep_add") + f"?plan={step.plan_id}&corrects={step.pk}"
        return format_html('<a class="text-primary-600 underline" href="{}">{}</a>', address, gettext("Correct"))


def save_rows(formset: Any, *, by: Any) -> None:
    """Save through the actions what was changed in an inline."""
    formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
    for form in formset.forms:
        if not form.has_changed():
            continue
        row = form.instance
        if isinstance(row, Dependency):
            _save_dependency(row, form, formset, by)
        elif why := form.cleaned_data.get("withdraw_because"):
            actions.withdraw(type(row).objects.get(pk=row.pk), by=by, reason=why)
        else:
            actions.save_record(row, by=by)


def _save_dependency(row: Dependency, form: Any, formset: Any, by: Any) -> None:
    if form in formset.deleted_forms:
        actions.remove_dependency(row, by=by)
    else:
        actions.add_dependency(row.plan, row.needs, by=by, note=row.note)
