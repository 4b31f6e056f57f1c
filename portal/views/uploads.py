from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from portal import paging
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import Refused
from reports.evidence import actions, limits
from reports.evidence.models import Upload
from reports.evidence.receipts import receipts as receipts_of
from reports.evidence.targets import Target, about, open_reports, refusal_to_add
from reports.evidence.vocabulary import Door, UploadState
from reports.restoration.models import Plan
from sites.models import Monument

ASKED_AT_ONCE = 50


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What this person sent, the last first, and what became of each file."""
    page = paging.after(_own(request).order_by("-id"), request.GET.get("after", ""), by=("-pk",))
    return render(request, "pages/uploads.html", {"receipts": receipts_of(page.rows, request.user), "page": page})


@require_safe
@never_cache
@login_required
def receipts(request: HttpRequest) -> HttpResponse:
    """What became of some of them, for a page that waits for it."""
    try:
        asked = [UUID(text) for text in request.GET.getlist("id")[:ASKED_AT_ONCE]]
    except ValueError as error:
        raise BadRequest from error
    found = receipts_of(list(_own(request).filter(pk__in=asked)), request.user)
    return render(request, "parts/receipts.html", {"receipts": found})


def _own(request: HttpRequest) -> QuerySet[Upload]:
    own: QuerySet[Upload] = Upload.objects.filter(by=request.user.pk).select_related("report", "plan")
    return own


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def to_monument(request: HttpRequest, slug: str) -> HttpResponse:
    """Photographs and documents of a monument."""
    _bound(request)
    return _to(request, lambda: get_object_or_404(Monument.objects.select_related("site"), slug=slug))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def to_report(request: HttpRequest, pk: str) -> HttpResponse:
    """Photographs and documents that prove a report."""
    _bound(request)
    return _to(request, lambda: _readable_report(request, pk))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def to_plan(request: HttpRequest, pk: str) -> HttpResponse:
    """Photographs and documents of a restoration plan."""
    _bound(request)
    return _to(request, lambda: get_object_or_404(Plan.objects.select_related("monument__site"), pk=pk))


def _bound(request: HttpRequest) -> None:
    """Before anything reads the form: one that is too large is not read at all. Raises BadRequest."""
    most = settings.EVIDENCE_MAX_REQUEST_MB * limits.MIB
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise BadRequest(_("The files are too large to be sent together; send fewer at once."))


def _readable_report(request: HttpRequest, pk: str) -> ConditionReport:
    reports = ConditionReport.objects.visible_to(request.user).select_related("monument__site")
    report: ConditionReport = get_object_or_404(reports, pk=pk)
    return report


@csrf_protect
@login_required
def _to(request: HttpRequest, find: Callable[[], Monument | ConditionReport | Plan]) -> HttpResponse:
    try:
        target = about(find())
    except Refused as refused:
        raise Http404(str(refused)) from refused
    if refusal_to_add(target, request.user):
        raise PermissionDenied
    if request.method == "POST":
        _take_in(request, target)
        return redirect("uploads")
    kind, named = target.named()
    context = {
        "monument": Monument.objects.labelled().get(pk=target.monument.pk),
        "target": target,
        "kind": kind,
        "named": named,
        "reports": open_reports(target.monument, request.user) if kind == "monument" else [],
        "megabytes": settings.EVIDENCE_MAX_FILE_MB,
    }
    return render(request, "pages/upload.html", context)


def _take_in(request: HttpRequest, target: Target) -> None:
    files = request.FILES.getlist("files")
    door = Door.ADMIN if request.POST.get("from") == "admin" else Door.PORTAL
    if not files:
        messages.error(request, _("Choose one file or more."))
    for file in files:
        try:
            name, size = file.name or "", file.size or 0
            upload = actions.begin(target, name=name, size=size, by=request.user, door=door)
            if upload.state == UploadState.RECEIVING:
                actions.receive(upload, file, offset=0)
        except Refused as refusal:
            messages.error(request, f"{file.name}: {refusal}")
