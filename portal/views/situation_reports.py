from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import addresses, paging, weekly_form
from portal.lists import LISTS
from portal.lists.base import site_of
from portal.searching import SearchForm
from portal.situation_report_form import SituationReportForm
from portal.views.subscriptions import AuthenticatedRequest, kept, named
from reports.alerts import actions as alerts
from reports.alerts.models import Search, Subscription
from reports.situation_reports import actions, queries, tasks
from reports.situation_reports.models import Edition, SituationReport, State
from reports.waking import wake

UNDER_WAY = {State.WAITING, State.MAKING}
LOOKS_AGAIN_AFTER = 4
"""Seconds until the page of a report that is being made asks how far it is."""


@require_safe
def made(request: HttpRequest) -> HttpResponse:
    """The reports that were made, the last first: all that the reader may read, or those about one site."""
    reports = LISTS["situation-reports"].rows(request.GET, request.user)
    own = request.GET.get("show") == "own" and request.user.is_authenticated
    page = paging.after(reports, request.GET.get("after", ""), by=("-id",))
    site = site_of(request.GET)
    context = {"page": page, "site": site, "own": own, "weekly": weekly_form.offer(request.user, site=site)}
    return render(request, "pages/situation_reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: AuthenticatedRequest) -> HttpResponse:
    """Which place, which period; the report is made while one waits or does something else."""
    form = SituationReportForm(request.POST or None, user=request.user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.ask(form.instance, by=request.user)
        except actions.TooMany as refusal:
            form.add_error(None, refusal.messages)
            return render(request, "pages/situation_report_ask.html", {"form": form}, status=429)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            wake(tasks.make, report.pk)
            return redirect(report)
    status = 400 if form.errors else 200
    return render(request, "pages/situation_report_ask.html", {"form": form}, status=status)


@require_safe
def situation_report(request: HttpRequest, pk: str) -> HttpResponse:
    """The report in the reader's language; while it is being made, how far it is."""
    report = _readable(request, pk)
    if report.state in UNDER_WAY:
        waiting = render(request, "pages/situation_report_progress.html", {"report": report})
        waiting["Refresh"] = str(LOOKS_AGAIN_AFTER)
        return waiting
    if report.state == State.FAILED:
        return render(request, "pages/situation_report_progress.html", {"report": report})
    edition = _edition(report, get_language() or report.language)
    context: dict[str, Any] = {
        "report": report,
        "content": edition.content,
        "edition": edition,
        "editions": report.editions.all(),
        "news": queries.published_since(report),
        "weekly": weekly_form.offer(request.user, site=report.site, country=str(report.country), area=report.area),
    }
    queries.note_what_is_shown(report)
    return render(request, "pages/situation_report.html", context)


@require_safe
def pdf(request: HttpRequest, pk: str, language: str) -> HttpResponse | FileResponse:
    report = _readable(request, pk)
    edition = get_object_or_404(Edition.objects.select_related("report"), report=report, language=language)
    queries.note_what_is_shown(report)
    place = report.site.slug if report.site else str(report.country).lower() or "area"
    name = f"{place}-{report.period_to}-{language}.pdf"
    return FileResponse(actions.pdf_of(edition).open(), content_type="application/pdf", filename=name)


@require_POST
@login_required
def weekly(request: AuthenticatedRequest) -> HttpResponse:
    """Get the weekly report of a site, a country or an area by e-mail."""
    about = _place(request)
    alerts.subscribe_to_weekly(user=request.user, language=get_language() or "en", **about)
    messages.success(request, _("The weekly situation report will come on Monday mornings."))
    return redirect(addresses.next_of(request, reverse("situation-reports")))


@require_POST
@login_required
def stop_weekly(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """Get it no longer; what else was asked for of the place goes on."""
    alerts.stop_weekly(get_object_or_404(Subscription.objects.running(), pk=pk, user=request.user))
    messages.success(request, _("The weekly situation report will not come any more."))
    return redirect(addresses.next_of(request, reverse("situation-reports")))


def _place(request: AuthenticatedRequest) -> dict[str, Any]:
    """Of which the form asks for the report: a site, a country, or an area as a search of this person."""
    if "search" not in request.POST:
        about = {name: value for name, value in named(request).items() if name in {"site", "country"}}
        if not about:
            raise Http404
        return about
    form = SearchForm(request.POST, instance=Search(user=request.user))
    if not form.is_valid():
        raise BadRequest(" ".join(str(message) for said in form.errors.values() for message in said))
    return {"search": kept(form)}


@require_POST
@login_required
def again(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """Try again what failed."""
    report = get_object_or_404(SituationReport.objects.visible_to(request.user), pk=pk)
    if report.asked_by_id != request.user.pk and not request.user.has_perm("situation_reports.change_situationreport"):
        raise PermissionDenied(_("Only who asked for it may have it made again."))
    if report.state == State.FAILED:
        actions.make_again(report)
        wake(tasks.make, report.pk)
        messages.success(request, _("It is tried again."))
    return redirect(report)


def _readable(request: HttpRequest, pk: str) -> SituationReport:
    """The report if this reader may read it; one that tells what may not be told any more is made anew first."""
    report: SituationReport = get_object_or_404(SituationReport.objects.visible_to(request.user).labelled(), pk=pk)
    if report.state == State.READY and not queries.is_still_tellable(report):
        actions.make_again(report)
        wake(tasks.make, report.pk)
    return report


def _edition(report: SituationReport, language: str) -> Edition:
    """In that language, or in the one of who asked, or in any."""
    editions = {edition.language: edition for edition in report.editions.all()}
    return editions.get(language) or editions.get(report.language) or next(iter(editions.values()))
