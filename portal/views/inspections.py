"""Inspections: what is due, planning one, and what became of it. For staff, and for those who are sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import paging
from portal.inspection_forms import AssignForm, PlanForm, ReasonForm, RecordForm, RescheduleForm
from portal.lists import LISTS
from portal.views.subscriptions import AuthenticatedRequest
from reports.conditions.workflow import Refused
from reports.inspections import actions, queries, workflow
from reports.inspections.models import Inspection
from reports.inspections.vocabulary import Step
from reports.situation.queries import warnings_of_monuments
from reports.vocabulary import ReportKind
from sites.models import Monument, Site
from sites.responsibility import area_of

SHOWN = ("", "mine", "to-plan", "over")


@require_safe
@login_required
def due(request: AuthenticatedRequest) -> HttpResponse:
    """What is planned, the next first; what should be planned; what is over."""
    show, site = request.GET.get("show", ""), _site(request)
    if show not in SHOWN:
        raise Http404
    if not LISTS["inspections"].is_open_to(request.user):
        raise PermissionDenied
    rows = _to_plan(request) if show == "to-plan" else _planned(request, show)
    context = {**rows, "show": show, "site": site, "sites": _sites(request), "today": timezone.localdate()}
    return render(request, "pages/inspections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: AuthenticatedRequest) -> HttpResponse:
    """Plan the inspection of a monument; what warns of a visit is said first."""
    monument = get_object_or_404(
        Monument.objects.labelled().select_related("site"), slug=request.GET.get("monument", "")
    )
    if not workflow.may_plan(request.user, monument):
        raise PermissionDenied
    found = queries.due_dates([monument.pk])[monument.pk]
    initial = {"due_on": max(found.on, timezone.localdate())}
    form = PlanForm(request.POST or None, initial=initial, monument=monument, user=request.user)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        lists = {name: facts.pop(name) for name in ("tasks", "own_words")}
        planned = _said(form, lambda: actions.plan(Inspection(monument=monument, **facts), by=request.user, **lists))
        if planned:
            return redirect(planned)
    warnings = warnings_of_monuments([monument])[monument.pk]
    context = {"monument": monument, "form": form, "due": found, "warnings": warnings}
    return render(request, "pages/inspection_plan.html", context, status=400 if form.is_bound else 200)


@require_safe
@login_required
def inspection(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """One inspection: what to know before going, what to look at, and what can be done with it."""
    return _page(request, _found(request, pk))


@require_POST
@login_required
def step(request: AuthenticatedRequest, pk: str, step: str) -> HttpResponse:
    """Take a step with it; what is wrong is said beside its field."""
    if step not in STEPS:
        raise Http404
    found = _found(request, pk)
    form = _forms(found, request)[step]
    if form.is_valid() and _said(form, lambda: STEPS[step](found, form.cleaned_data, request)):
        messages.success(request, _("It is noted."))
        return redirect(found)
    return _page(request, found, {step: form})


@require_POST
@login_required
def tick(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """Note of the whole checklist what was looked at, and what there was."""
    found = _found(request, pk)
    try:
        for item in found.checklist.all():
            looked_at, note = f"looked-{item.pk}" in request.POST, request.POST.get(f"note-{item.pk}", "").strip()
            if (item.looked_at, item.note) != (looked_at, note):
                actions.tick(item, looked_at=looked_at, note=note, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The checklist is kept."))
    return redirect(found)


def _planned(request: AuthenticatedRequest, show: str) -> dict[str, Any]:
    rows = LISTS["inspections"].rows(request.GET, request.user)
    by = ("-due_on", "-id") if show == "over" else ("due_on", "id")
    page = paging.after(rows, request.GET.get("after", ""), by=by)
    warned = warnings_of_monuments([row.monument for row in page.rows])
    return {"page": page, "rows": [(row, warned[row.monument_id]) for row in page.rows]}


def _to_plan(request: AuthenticatedRequest) -> dict[str, Any]:
    table = LISTS["inspections-to-plan"]
    if not table.is_open_to(request.user):
        raise PermissionDenied
    monuments = table.rows(request.GET, request.user)
    page = paging.after(monuments, request.GET.get("after", ""), by=("assessed_on", "slug"))
    dates = queries.due_dates([monument.pk for monument in page.rows])
    warned = warnings_of_monuments(page.rows)
    return {"page": page, "due": [(row, dates[row.pk], warned[row.pk]) for row in page.rows]}


def _page(request: AuthenticatedRequest, found: Inspection, given: dict[str, Any] | None = None) -> HttpResponse:
    open_to = workflow.steps_open_to(found, request.user)
    forms = {**_forms(found, request, bound=False), **(given or {})}
    report = f"?monument={found.monument.slug}&kind={ReportKind.ASSESSMENT}"
    context = {
        "inspection": found,
        "monument": found.monument,
        "warnings": warnings_of_monuments([found.monument])[found.monument_id],
        "checklist": found.checklist.all(),
        "steps": found.steps.select_related("by", "assigned_to").order_by("-at", "-id"),
        "forms": [(name, name.label, forms[name]) for name in open_to],
        "may_tick": Step.RECORD in open_to,
        "start_report": reverse("report-add") + report if request.user.has_perm(workflow.LOOKS) else "",
    }
    return render(request, "pages/inspection.html", context, status=400 if given else 200)


def _forms(found: Inspection, request: AuthenticatedRequest, *, bound: bool = True) -> dict[str, Any]:
    data = request.POST if bound else None
    who: dict[str, Any] = {"inspection": found, "user": request.user}
    return {
        Step.ASSIGN: AssignForm(data, prefix=Step.ASSIGN, **who),
        Step.RESCHEDULE: RescheduleForm(data, prefix=Step.RESCHEDULE, initial={"due_on": found.due_on}),
        Step.RECORD: RecordForm(data, prefix=Step.RECORD, **who),
        Step.CANCEL: ReasonForm(data, prefix=Step.CANCEL),
    }


def _seen(request: HttpRequest) -> int:
    """The version that the person had before them; 0, which none has, where the form was tampered with."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() else 0


STEPS: dict[str, Callable[[Inspection, dict[str, Any], AuthenticatedRequest], Inspection]] = {
    Step.ASSIGN: lambda row, facts, request: actions.assign(
        row, to=facts["assigned_to"], by=request.user, seen=_seen(request)
    ),
    Step.RESCHEDULE: lambda row, facts, request: actions.reschedule(
        row, **facts, by=request.user, seen=_seen(request)
    ),
    Step.RECORD: lambda row, facts, request: actions.record(row, **facts, by=request.user, seen=_seen(request)),
    Step.CANCEL: lambda row, facts, request: actions.cancel(row, **facts, by=request.user, seen=_seen(request)),
}


def _said(form: Any, act: Callable[[], Inspection]) -> Inspection | None:
    """Act; what is refused stands in the form."""
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        known = not hasattr(error, "error_dict") or set(error.error_dict) <= set(form.fields)
        form.add_error(None, error if known else " ".join(error.messages))
    return None


def _found(request: AuthenticatedRequest, pk: str) -> Inspection:
    found: Inspection = get_object_or_404(Inspection.objects.visible_to(request.user).in_full(), pk=pk)
    return found


def _site(request: HttpRequest) -> Site | None:
    slug = request.GET.get("site", "")
    return get_object_or_404(Site.objects.labelled(), slug=slug) if slug else None


def _sites(request: AuthenticatedRequest) -> list[Site]:
    return list(Site.objects.labelled().filter(area_of(request.user).condition()).order_by("slug"))
