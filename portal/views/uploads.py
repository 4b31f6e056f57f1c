from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from portal import paging
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import Refused
from reports.evidence import actions, limits, refusals
from reports.evidence.models import Upload
from reports.evidence.targets import Target, about, refusal_to_add
from reports.evidence.vocabulary import Door, UploadState
from sites.models import Monument


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What this person sent, the last first, and what became of each file."""
    sent = Upload.objects.filter(by=request.user.pk).select_related("report").order_by("-id")
    page = paging.after(sent, request.GET.get("after", ""), by=("-pk",))
    monuments = Monument.objects.labelled().in_bulk([upload.monument_id for upload in page.rows])
    rows = [(upload, monuments[upload.monument_id], _words(upload)) for upload in page.rows]
    return render(request, "pages/uploads.html", {"rows": rows, "page": page})


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
def _to(request: HttpRequest, find: Callable[[], Monument | ConditionReport]) -> HttpResponse:
    target = about(find())
    if refusal_to_add(target, request.user):
        raise PermissionDenied
    if request.method == "POST":
        _take_in(request, target)
        return redirect("uploads")
    monument = Monument.objects.labelled().get(pk=target.monument.pk)
    context = {"monument": monument, "report": target.report, "megabytes": settings.EVIDENCE_MAX_FILE_MB}
    return render(request, "pages/upload.html", context)


def _take_in(request: HttpRequest, target: Target) -> None:
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, _("Choose one file or more."))
    for file in files:
        try:
            name, size = file.name or "", file.size or 0
            upload = actions.begin(target, name=name, size=size, by=request.user, door=Door.PORTAL)
            if upload.state == UploadState.RECEIVING:
                actions.receive(upload, file, offset=0)
        except Refused as refusal:
            messages.error(request, f"{file.name}: {refusal}")


def _words(upload: Upload) -> refusals.Words | None:
    return refusals.words(upload.refusal, upload.refusal_facts) if upload.refusal else None
