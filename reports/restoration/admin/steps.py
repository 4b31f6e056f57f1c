"""Recording what became of a plan; steps are written once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldBooleanSwitchWidget

from reports.refusing import SaysRefusals
from reports.restoration import actions, workflow
from reports.restoration.models import Plan, PlanStep
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin
from sites.responsibility import area_of


class StepForm(forms.ModelForm):
    """Begins as the plan stands; a correction, as the step that it corrects."""

    void = forms.BooleanField(label=_("It never happened"), required=False, widget=UnfoldBooleanSwitchWidget)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PlanStep
        fields: list[str] = []  # the admin's fieldsets say which

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        corrects = cleaned.get("corrects")
        if corrects and not cleaned.get("reason"):
            self.add_error("reason", _("Say what was wrong with the step: it is shown with it."))
        if not corrects:
            self.instance.void = False
        return cleaned


@admin.register(PlanStep)
class PlanStepAdmin(SaysRefusals, StatementAdmin):
    form = StepForm
    list_display = ["plan", "date_text", "__str__", "to_phase", "progress", "source", "by", "recorded_at"]
    list_filter = ["to_status", "to_phase"]
    list_select_related = ["plan", "source", "by"]
    search_fields = ["plan__title", "plan__site__slug", "reason"]
    autocomplete_fields = ["plan", "source"]
    actions = None
    fieldsets = [
        (None, {"fields": ["seen", "plan", "corrects", "void"]}),
        (
            _("What the plan became"),
            {"fields": ["to_status", "to_phase", "progress", "planned_from", "planned_to", "reason"]},
        ),
        (_("When it happened"), {"fields": STATEMENT_TIME}),
        (_("Who says so"), {"fields": STATEMENT_SOURCE}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: PlanStep | None = None) -> Any:
        """Only a correction names what it corrects."""
        about = request.GET.get("corrects") or (obj and obj.corrects_id)
        shown = ["seen", "plan", "corrects", "void"] if about else ["seen", "plan"]
        if obj:
            shown = [*shown[1:], "by", "recorded_at"]
        return [(None, {"fields": shown}), *super().get_fieldsets(request, obj)[1:]]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        wrong = PlanStep.objects.filter(pk=_key(request.GET.get("corrects"))).first()
        plan = wrong.plan if wrong else Plan.objects.filter(pk=_key(request.GET.get("plan"))).first()
        if plan is None:
            return initial
        initial |= {"plan": plan.pk, "seen": plan.version, "to_phase": plan.phase}
        initial.setdefault("to_status", plan.status)
        if wrong:
            fields = ["to_status", "to_phase", "progress", "planned_from", "planned_to"]
            said = {name: getattr(wrong, name) for name in (*fields, *STATEMENT_TIME, *STATEMENT_SOURCE)}
            initial |= said
        return initial

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        area = area_of(request.user)
        if db_field.name == "plan":
            kwargs["queryset"] = Plan.objects.filter(area.condition("site"))
        if db_field.name == "corrects":
            kwargs["queryset"] = PlanStep.objects.filter(
                pk=_key(request.GET.get("corrects")), correction=None, void=False
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only what may follow now, or the present one for news of progress; of the past, all that the role allows."""
        if db_field.name == "to_status":
            kwargs["choices"] = [
                (status.value, status.label)
                for status, permission in workflow.PERMISSION.items()
                if request.user.has_perm(permission) or status == request.GET.get("to_status")
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(workflow.CHANGE)

    def has_change_permission(self, request: HttpRequest, obj: PlanStep | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PlanStep | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: PlanStep, form: Any, change: bool) -> None:
        seen = form.cleaned_data.get("seen")
        if wrong := form.cleaned_data.get("corrects"):
            right = None if form.cleaned_data.get("void") else obj
            actions.correct_step(wrong, right, by=request.user, reason=obj.reason, seen=seen)
        else:
            actions.take_step(obj, by=request.user, seen=seen)

    def log_addition(self, request: HttpRequest, obj: PlanStep, message: Any) -> Any:
        """The step is its own log; a void one has another key."""

    def response_add(self, request: HttpRequest, obj: PlanStep, post_url_continue: str | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:restoration_plan_change", args=[obj.plan_id]))


def _key(text: str | None) -> UUID:
    """The key in an address; that of nothing where there is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return UUID(int=0)
