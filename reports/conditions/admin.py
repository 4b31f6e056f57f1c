"""Entering, reviewing, publishing and correcting condition reports; every step goes through `actions`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from reports.conditions import actions, workflow
from reports.conditions.models import ConditionReport, Disturbance, MonumentStatus, Threat
from reports.conditions.workflow import NotAllowed, State, Step, VerificationMethod, WrongState
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin
from sites.models import Monument
from sites.queries import preferred_name

REFUSALS = (WrongState, NotAllowed, actions.ReasonMissing)
VERIFY_AND_PUBLISH = "verify_publish"


class DraftsOnly:
    """An inline that can be changed as long as its report can."""

    def has_add_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_add_permission(request, obj) and _is_draft(obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_draft(obj)  # type: ignore[misc]


class DisturbanceInline(DraftsOnly, TabularInline):
    model = Disturbance
    extra = 0


class ThreatInline(DraftsOnly, TabularInline):
    model = Threat
    extra = 0


@admin.register(ConditionReport)
class ConditionReportAdmin(StatementAdmin):
    list_display = ["shown_monument", "date_text", "kind", "damage_grade", "state", "source"]
    list_filter = ["state", "kind", "damage_grade", "certainty"]
    list_select_related = ["source"]
    date_hierarchy = "date_to"
    search_fields = ["monument__slug", "monument__names__text", "narrative"]
    autocomplete_fields = ["source"]
    inlines = [DisturbanceInline, ThreatInline]
    actions = None
    change_form_outer_before_template = "admin/conditions/conditionreport/workflow.html"
    fieldsets = [
        (_("What and when"), {"fields": ["monument", "part", "kind", *STATEMENT_TIME, "date_contested"]}),
        (
            _("What was found"),
            {
                "fields": [
                    "damage_grade",
                    "extent",
                    "condition",
                    "fabric_status",
                    "suspected",
                    "attribution_contested",
                    "narrative",
                    "language",
                ]
            },
        ),
        (_("Who says so"), {"fields": STATEMENT_SOURCE}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConditionReport]:
        visible = ConditionReport.objects.visible_to(request.user)
        return visible.annotate(monument_label=preferred_name("monument", "monument_id"))

    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(self.step_view)
        return [path("<uuid:pk>/step/<str:step>/", step, name="conditions_conditionreport_step"), *super().get_urls()]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nothing is chosen beforehand: the first of a list must not become a statement by oversight."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if field and not db_field.has_default() and "" not in dict(field.choices):
            field.choices = [("", "---------"), *field.choices]
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "monument":
            kwargs["queryset"] = Monument.objects.labelled().order_by("slug")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and _is_draft(obj)

    def save_model(self, request: HttpRequest, obj: ConditionReport, form: Any, change: bool) -> None:
        actions.save_draft(obj, by=request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        report = self.get_object(request, object_id) if object_id else None
        context = {**(extra_context or {}), **_workflow_context(report, request)}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except WrongState as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)

    def response_add(self, request: HttpRequest, obj: ConditionReport, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._submitted(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: ConditionReport) -> HttpResponse:
        return self._submitted(request, obj) or super().response_change(request, obj)

    def _submitted(self, request: HttpRequest, report: ConditionReport) -> HttpResponse | None:
        """After everything is saved, causes and threats too."""
        if "_submit" not in request.POST:
            return None
        return self._do(request, report, lambda: actions.submit(report, by=request.user))

    def step_view(self, request: HttpRequest, pk: str, step: str) -> HttpResponse:
        """Take a step with a report; the panel above its form posts here."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        report = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        if step == "correct":
            return self._correct(request, report)
        take = _STEPS.get(step)
        if take is None:
            return HttpResponseRedirect(_address(report))
        return self._do(request, report, lambda: take(report, request))

    def _correct(self, request: HttpRequest, report: ConditionReport) -> HttpResponse:
        try:
            draft = actions.start_correction(report, by=request.user)
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(_address(report))
        messages.success(request, _now("This draft corrects the report; change it, then submit it."))
        return HttpResponseRedirect(_address(draft))

    def _do(self, request: HttpRequest, report: ConditionReport, action: Any) -> HttpResponse:
        try:
            done = action()
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _now("The report is now: %(state)s.") % {"state": done.get_state_display()})
        return HttpResponseRedirect(_address(report))

    @admin.display(description=_("monument"), ordering="monument__slug")
    def shown_monument(self, report: Any) -> str:
        return report.monument_label


@transaction.atomic
def _verify_and_publish(report: ConditionReport, request: HttpRequest) -> ConditionReport:
    _verify(report, request)
    return actions.publish(report, by=request.user)


def _verify(report: ConditionReport, request: HttpRequest) -> ConditionReport:
    method = request.POST.get("method", "")
    if method not in VerificationMethod.values:
        raise actions.ReasonMissing(_now("Choose how you verified the report."))
    return actions.verify(report, by=request.user, method=method)


_STEPS = {
    Step.SUBMIT: lambda report, request: actions.submit(report, by=request.user),
    Step.REJECT: lambda report, request: actions.reject(
        report, by=request.user, reason=request.POST.get("reason", "")
    ),
    Step.VERIFY: _verify,
    VERIFY_AND_PUBLISH: _verify_and_publish,
    Step.PUBLISH: lambda report, request: actions.publish(report, by=request.user),
    Step.RETRACT: lambda report, request: actions.retract(
        report, by=request.user, reason=request.POST.get("reason", "")
    ),
}


def _workflow_context(report: ConditionReport | None, request: HttpRequest) -> dict[str, Any]:
    may_submit = request.user.has_perm("conditions.submit_conditionreport")
    if report is None:
        return {"show_submit": may_submit}
    steps = workflow.steps_open_to(report, request.user)
    return {
        "show_submit": may_submit and report.state == State.DRAFT,
        "report": report,
        "steps": {step.value for step in steps},
        "may_publish_at_once": request.user.has_perm("conditions.publish_conditionreport"),
        "may_correct": report.state == State.PUBLISHED
        and request.user.has_perm("conditions.add_conditionreport")
        and not report.corrections.exclude(state=State.RETRACTED).exists(),
        "methods": VerificationMethod.choices,
        "log": report.steps.select_related("by"),
        "correction": report.corrections.exclude(state=State.RETRACTED).first(),
    }


def _is_draft(report: ConditionReport | None) -> bool:
    return report is None or report.state == State.DRAFT


def _address(report: ConditionReport) -> str:
    return reverse("admin:conditions_conditionreport_change", args=[report.pk])


@admin.register(MonumentStatus)
class MonumentStatusAdmin(ModelAdmin):
    """To look at: a status follows from reports and is never typed in."""

    list_display = ["monument", "valid_from", "valid_to", "damage_grade", "condition", "contested", "suspected"]
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
