"""Taking a sheet in by the admin: a worker checks it, and writes, by a second step, what can be written."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.eamena import actions, loading, tasks
from portal.eamena.models import UNDER_WAY, Sheet, State
from reports.waking import wake

REMARKS_ON_A_PAGE = 200
LATELY = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A form for a file, and what became of the last ones of this person."""
    if not loading.may_load(request.user):
        raise PermissionDenied
    refused = ""
    if request.method == "POST":
        try:
            sheet = _asked(request)
        except loading.Unreadable as error:
            refused = str(error)
        else:
            wake(tasks.go_on, sheet.pk)
            return redirect(sheet)
    context = {
        **admin.site.each_context(request),
        "title": _("Sheets of EAMENA"),
        "languages": settings.LANGUAGES,
        "refused": refused,
        "sheets": Sheet.objects.filter(asked_by=request.user.pk)[:LATELY],
    }
    return render(request, "admin/eamena.html", context, status=400 if refused else 200)


def _asked(request: HttpRequest) -> Sheet:
    """Raises Unreadable."""
    file, language = request.FILES.get("sheet"), request.POST.get("language", "")
    if file is None:
        raise loading.Unreadable(_("Choose a file."))
    if language not in dict(settings.LANGUAGES):
        raise loading.Unreadable(_("Choose the language in which the sheet describes."))
    reader_language = get_language() or settings.LANGUAGE_CODE
    return actions.ask(file, by=request.user, language=language, reader_language=reader_language)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: str) -> HttpResponse:
    """For who sent it alone: how far it is, what is wrong; to be confirmed or stopped by a form."""
    sheet = get_object_or_404(Sheet, pk=pk, asked_by=request.user.pk)
    if request.method == "POST":
        if "stop" in request.POST:
            actions.stop(sheet)
        elif not loading.may_load(request.user):
            raise PermissionDenied
        elif "confirm" in request.POST and actions.confirm(sheet):
            wake(tasks.go_on, sheet.pk)
        return redirect(sheet)
    remarks = Paginator(sheet.remarks.all(), REMARKS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Sheets of EAMENA"),
        "sheet": sheet,
        "under_way": sheet.state in UNDER_WAY,
        "to_confirm": sheet.state == State.CHECKED and sheet.sites + sheet.monuments > 0,
        "written": sheet.state in {State.WRITING, State.DONE, State.STOPPED},
        "remarks": remarks,
    }
    return render(request, "admin/eamena_sheet.html", context)
