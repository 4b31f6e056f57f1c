from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.report_form import ReportForm
from portal.views.subscriptions import AuthenticatedRequest
from reports.conditions import actions, workflow
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import ONCE_PUBLISHED, Refused, State, Step
from reports.evidence.models import Upload
from reports.evidence.targets import may_add
from reports.sources.models import Source
from reports.vocabulary import ReportKind
from sites.circles import Circle, read_place
from sites.folding import fold
from sites.models import Monument
from sites.queries import MonumentQuerySet, nearest_named

LISTED = 20
NEAR = (500, 2_000, 10_000)
"""Metres around somebody; the narrowest circle with a monument in it is shown."""
SOURCES = 200
"""More names than that are no help while typing."""

reporters = permission_required("conditions.add_conditionreport", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reporters
def add(request: AuthenticatedRequest) -> HttpResponse:
    """A new report: first which monument, then what was seen."""
    slug = request.GET.get("monument")
    if not slug:
        return _choose(request)
    monument = get_object_or_404(Monument.objects.labelled().select_related("site"), slug=slug)
    kind = request.GET.get("kind", "")
    begun = ConditionReport(monument=monument, kind=kind if kind in ReportKind else ReportKind.DAMAGE)
    return _form(request, begun, monument)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def report(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """A report on its way: its form while it is a draft of this person, else how far it has come."""
    found = get_object_or_404(ConditionReport.objects.visible_to(request.user).in_full(), pk=pk)
    if found.state in ONCE_PUBLISHED:
        return redirect(f"{reverse('monument', args=[found.monument.slug])}#report-{found.pk}")
    monument = Monument.objects.labelled().select_related("site").get(pk=found.monument_id)
    if found.state == State.DRAFT and found.author_id == request.user.pk:
        return _form(request, found, monument)
    return render(request, "pages/report.html", _context(request, found, monument))


@require_POST
@login_required
def delete(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """Throw a draft away that was never handed in."""
    found = get_object_or_404(ConditionReport.objects.visible_to(request.user), pk=pk)
    try:
        actions.delete_draft(found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("report", pk=pk)
    messages.success(request, _("The draft is gone."))
    return redirect("work")


def _choose(request: AuthenticatedRequest) -> HttpResponse:
    text, near = request.GET.get("q", "").strip(), request.GET.get("near", "")
    found = _named(text) if fold(text) else _near(request, near) if near else None
    mine = Monument.objects.filter(reports__author=request.user.pk).distinct()
    context = {"q": text, "near": near, "found": found, "mine": mine.labelled().order_by("-pk")[:LISTED]}
    return render(request, "pages/report_choose.html", context)


def _named(text: str) -> list[Monument]:
    keys = nearest_named("monument", text, LISTED)
    found = Monument.objects.labelled().in_bulk(keys)
    return [found[key] for key in keys]


def _near(request: HttpRequest, place: str) -> QuerySet[Monument]:
    """What stands around somebody, as far as they may know where it stands."""
    try:
        longitude, latitude = read_place(place)
    except ValidationError as error:
        raise BadRequest(" ".join(error.messages)) from error
    found: MonumentQuerySet = Monument.objects.none()
    for metres in NEAR:
        found = Monument.objects.inside(Circle(longitude, latitude, metres), request.user)
        if found.exists():
            break
    return found.labelled().order_by("slug")[:LISTED]


def _form(request: AuthenticatedRequest, found: ConditionReport, monument: Monument) -> HttpResponse:
    form = ReportForm(request.POST or None, instance=found, user=request.user)
    if form.is_valid() and (answer := _saved(request, form)):
        return answer
    context = {
        **_context(request, found, monument),
        "form": form,
        "sources": Source.objects.order_by("name").values_list("name", flat=True)[:SOURCES],
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/report_form.html", context, status=status)


def _saved(request: AuthenticatedRequest, form: ReportForm) -> HttpResponse | None:
    """Where it goes on; None: it was refused, and the form shows why."""
    try:
        saved = form.save()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return _GOES_ON.get(request.POST.get("then", ""), _to_draft)(request, saved)


def _to_draft(request: AuthenticatedRequest, saved: ConditionReport) -> HttpResponse:
    messages.success(request, _("Saved. Nobody else reads it until you hand it in."))
    return redirect("report", pk=saved.pk)


def _to_photographs(request: AuthenticatedRequest, saved: ConditionReport) -> HttpResponse:
    return redirect("add-to-report", pk=saved.pk)


def _hand_in(request: AuthenticatedRequest, saved: ConditionReport) -> HttpResponse:
    try:
        actions.submit(saved, by=request.user, seen=saved.version)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Handed in. A verifier reads it now; you hear of it here."))
    return redirect("report", pk=saved.pk)


_GOES_ON: dict[str, Callable[[AuthenticatedRequest, ConditionReport], HttpResponse]] = {
    "photographs": _to_photographs,
    "submit": _hand_in,
}


def _context(request: AuthenticatedRequest, found: ConditionReport, monument: Monument) -> dict[str, object]:
    is_new = found._state.adding
    return {
        "report": found,
        "monument": monument,
        "is_new": is_new,
        "given_back": None if is_new else found.steps.filter(step=Step.REJECT).order_by("-at").first(),
        "files": 0 if is_new else Upload.objects.filter(report=found).count(),
        "may_add": not is_new and may_add(found, request.user),
        "may_delete": not is_new and not found.steps.exists(),
        "steps": [] if is_new else workflow.steps_open_to(found, request.user),
    }
