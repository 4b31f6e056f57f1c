"""Entering, reviewing, publishing and correcting condition reports; every step goes through `actions`."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from reports.conditions import actions, incidents, presence, queries, visibility, workflow
from reports.conditions.admin import conflict
from reports.conditions.admin.forms import DraftForm
from reports.conditions.admin.steps import STEPS
from reports.conditions.models import (
    ConditionReport,
    ConfidentialNote,
    Disturbance,
    Effect,
    RiskToPeople,
    Threat,
)
from reports.conditions.querysets import last_step_at
from reports.conditions.workflow import Conflict, Refused, State, VerificationMethod
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin
from reports.vocabulary import ReportKind
from sites import disclosures
from sites.models import Disclosure, Monument
from sites.responsibility import answers_for, area_of

HELD = ("damage_grade", "contested", "assessed_on")
"""Of the monument's status, what the list of its reports shows."""


class DraftsOnly(TabularInline):
    """What belongs to a report can be changed as long as the report can."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_add_permission(request, obj) and _is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_draft(obj)


class DisturbanceInline(DraftsOnly):
    model = Disturbance


class EffectInline(DraftsOnly):
    model = Effect


class ThreatInline(DraftsOnly):
    model = Threat


class RiskInline(DraftsOnly):
    model = RiskToPeople


class AssignedFilter(admin.SimpleListFilter):
    title = _("assigned to")
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("Me")), ("nobody", _("Nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "me":
            return queryset.filter(assigned_to=request.user.pk)
        return queryset.filter(assigned_to=None) if self.value() == "nobody" else queryset


@admin.register(ConditionReport)
class ConditionReportAdmin(StatementAdmin):
    form = DraftForm
    list_display = [
        "shown_monument",
        "date_text",
        "kind",
        "damage_grade",
        "current_grade",
        "state",
        "waiting_since",
        "source",
    ]
    list_filter = ["state", AssignedFilter, "kind", "damage_grade", "certainty", "confidential"]
    list_select_related = ["source"]
    date_hierarchy = "date_to"
    search_fields = ["monument__slug", "monument__names__text", "narrative"]
    autocomplete_fields = ["monument", "source"]
    filter_horizontal = ["cites"]
    inlines = [DisturbanceInline, EffectInline, ThreatInline, RiskInline]
    change_form_outer_before_template = "admin/conditions/conditionreport/workflow.html"
    fieldsets = [
        (_("What and when"), {"fields": ["seen", "monument", "part", "kind", *STATEMENT_TIME, "date_contested"]}),
        (
            _("What was found"),
            {
                "fields": [
                    "as_given",
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
        (_("On the site"), {"fields": ["access", "method"]}),
        (
            _("What should be done"),
            {"fields": ["recommended_action", "recommended_group", "recommended_urgency"]},
        ),
        (_("Who says so"), {"fields": [*STATEMENT_SOURCE, "confidential"]}),
        (_("Finding on a contradiction"), {"fields": ["cites"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConditionReport]:
        visible = ConditionReport.objects.visible_to(request.user).prefetch_related(_labelled_monument())
        held = {f"monument_{name}": queries.current("monument_id", name) for name in HELD}
        return visible.annotate(**held, last_step_at=last_step_at())

    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(self.step_view)
        here = self.admin_site.admin_view(self.presence_view)
        note = self.admin_site.admin_view(self.note_view)
        return [
            path("<uuid:pk>/step/<str:step>/", step, name="conditions_conditionreport_step"),
            path("<uuid:pk>/presence/", here, name="conditions_conditionreport_presence"),
            path("<uuid:pk>/note/", note, name="conditions_conditionreport_note"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: ConditionReport | None = None) -> Any:
        """Settling a contradiction is for verifiers."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.has_perm("conditions.verify_conditionreport"):
            return fieldsets
        return [(title, options) for title, options in fieldsets if options["fields"] != ["cites"]]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        if cited := request.GET.get("cites"):
            initial["cites"] = cited.split(",")
        return initial

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nothing is chosen beforehand: the first of a list must not become a statement by oversight."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if field and not db_field.has_default() and "" not in dict(field.choices):
            field.choices = [("", "---------"), *field.choices]
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "monument":
            own = Monument.objects.filter(area_of(request.user).condition("site"))
            kwargs["queryset"] = own.labelled().order_by("slug")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj) and _is_own_area(obj, request)

    def has_delete_permission(self, request: HttpRequest, obj: ConditionReport | None = None) -> bool:
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return _is_draft(obj) and _is_own_area(obj, request) and not obj.steps.exists()

    def save_model(self, request: HttpRequest, obj: ConditionReport, form: Any, change: bool) -> None:
        actions.save_draft(obj, by=request.user, seen=form.cleaned_data.get("seen") if change else None)

    def delete_model(self, request: HttpRequest, obj: ConditionReport) -> None:
        actions.delete_draft(obj, by=request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        report = self.get_object(request, object_id) if object_id else None
        if report and any(name.startswith(conflict.KEEP) for name in request.POST):
            request.POST = conflict.merged(self.get_form(request, report), request, report)  # type: ignore[assignment]
        context = {**(extra_context or {}), **_workflow_context(report, request)}
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, context)
        except Conflict:
            return self._both_versions(request, get_object_or_404(self.get_queryset(request), pk=object_id))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)

    def _both_versions(self, request: HttpRequest, report: ConditionReport) -> HttpResponse:
        if report.state != State.DRAFT:
            messages.error(request, gettext("The draft has been submitted meanwhile; what you wrote is below."))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Somebody else changed this draft while you did"),
            "opts": self.opts,
            "report": report,
            "still_draft": report.state == State.DRAFT,
            "differences": conflict.differences(self.get_form(request, report), request, report),
            "resent": conflict.resent(request),
        }
        template = "admin/conditions/conditionreport/conflict.html"
        return TemplateResponse(request, template, context, status=409)

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
        report = self._readable(request, pk)
        if step == "correct":
            return self._correct(request, report)
        take = STEPS.get(step)
        if take is None:
            return HttpResponseRedirect(_address(report))
        return self._do(request, report, lambda: take(report, request))

    def note_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Add a confidential note."""
        report = self._readable(request, pk)
        try:
            actions.note_in_confidence(report, request.POST.get("text", ""), by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(_address(report))

    def presence_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Asked again and again by an open form: who else has it open."""
        report = self._readable(request, pk)
        context = {"others": presence.note(report, request.user)}
        return TemplateResponse(request, "admin/conditions/conditionreport/presence.html", context)

    def _readable(self, request: HttpRequest, pk: str) -> ConditionReport:
        report = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        return report

    def _correct(self, request: HttpRequest, report: ConditionReport) -> HttpResponse:
        try:
            draft = actions.start_correction(report, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(_address(report))
        messages.success(request, gettext("This draft corrects the report; change it, then submit it."))
        return HttpResponseRedirect(_address(draft))

    def _do(self, request: HttpRequest, report: ConditionReport, action: Callable[[], Any]) -> HttpResponse:
        try:
            done = action()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("The report is now: %(state)s.") % {"state": done.get_state_display()})
        return HttpResponseRedirect(_address(report))

    @admin.display(description=_("monument"), ordering="monument__slug")
    def shown_monument(self, report: Any) -> str:
        return str(report.monument)

    @admin.display(description=_("waiting since"), ordering="last_step_at")
    def waiting_since(self, report: Any) -> datetime.datetime | None:
        under_review = report.state in {State.SUBMITTED, State.VERIFIED}
        return report.last_step_at if under_review else None

    @admin.display(description=_("status now"))
    def current_grade(self, report: Any) -> str:
        """The grade, whether sources contradict each other about it, and for how long nobody sure has looked."""
        said = [queries.grade_label(report.monument_damage_grade)]
        if report.monument_contested:
            said.append(gettext("contested"))
        if report.monument_assessed_on:
            days = (timezone.localdate() - report.monument_assessed_on).days
            said.append(
                ngettext("not assessed for %(number)s day", "not assessed for %(number)s days", days)
                % {"number": days}
            )
        return " · ".join(said)


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
        "names": visibility.names_people_to(request.user, report),
        "correction": report.corrections.exclude(state=State.RETRACTED).first(),
        "why": queries.explain(report.monument_id, user=request.user),
        "others": presence.note(report, request.user) if _is_draft(report) and request.user.pk else None,
        "akin": _akin(report),
        "may_note": visibility.may_read_notes(request.user, report),
        "notes": _notes(report, request),
    }


def _labelled_monument() -> Prefetch:
    """A report's monument under its name in the reader's language."""
    return Prefetch("monument", queryset=Monument.objects.labelled().select_related("site"))


def _akin(report: ConditionReport) -> list[ConditionReport]:
    """Reports that may tell of the same incident and are not in it yet."""
    if report.state != State.PUBLISHED or report.confidential or report.kind != ReportKind.DAMAGE:
        return []
    found = incidents.akin(report).select_related("source").prefetch_related(_labelled_monument())[:10]
    return [one for one in found if one.incident_id is None or one.incident_id != report.incident_id]


def _notes(report: ConditionReport, request: HttpRequest) -> list[ConfidentialNote]:
    if not visibility.may_read_notes(request.user, report):
        return []
    notes = list(report.confidential_notes.select_related("by"))
    for note in notes:
        disclosures.note(Disclosure.What.NOTE, note.pk)
    return notes


def _is_draft(report: ConditionReport | None) -> bool:
    return report is None or report.state == State.DRAFT


def _is_own_area(report: ConditionReport | None, request: HttpRequest) -> bool:
    return report is None or answers_for(request.user, report.monument)


def _address(report: ConditionReport) -> str:
    return reverse("admin:conditions_conditionreport_change", args=[report.pk])
