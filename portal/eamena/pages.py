"""Taking a sheet in by the admin: first what would be written and what is wrong, then, by a second step, all of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.eamena import loading

SALT = "portal.eamena.rows"
VALID_SECONDS = 3600
MOST_ROWS = 1_000
"""More would keep the reader waiting; the command takes them, and tells how far it is."""
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A form; with a file, its preview; with the rows of a preview, which are signed, the loading."""
    if not loading.may_load(request.user):
        raise PermissionDenied
    context: dict[str, Any] = {**admin.site.each_context(request), "title": _("Sheets of EAMENA"), "most": MOST_ROWS}
    context["languages"] = settings.LANGUAGES
    try:
        if "rows" in request.POST:
            rows, language = _read(request)
            done = loading.load(*loading.places(rows), by=request.user, language=language)
            if not done.problems:
                messages.success(request, _("Written: %(what)s") % {"what": _counted(done)})
                for one in done.left_out[:SHOWN]:
                    messages.warning(request, _("Row %(row)s, %(column)s: %(message)s") % one._asdict())
                return redirect("admin:index")
            context |= _told(done)
        elif file := request.FILES.get("sheet"):
            context |= _preview(request, file)
    except loading.Unreadable as error:
        context["refused"] = str(error)
    status = 400 if "refused" in context or context.get("problems") else 200
    return render(request, "admin/eamena.html", context, status=status)


def _preview(request: HttpRequest, file: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with path.open("wb") as out:
            out.writelines(file.chunks())
        rows = loading.rows_of(path, most=MOST_ROWS)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise loading.Unreadable(_("Choose the language in which the sheet describes."))
    done = loading.load(*loading.places(rows), by=request.user, language=language, dry_run=True)
    signed = signing.dumps([str(request.user.pk), rows, language], salt=SALT, compress=True)
    return {**_told(done), "rows": "" if done.problems else signed, "name": file.name}


def _read(request: HttpRequest) -> tuple[list[loading.Line], str]:
    """The rows and the language of this person's preview. Raises Unreadable."""
    try:
        kept = signing.loads(request.POST["rows"], salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise loading.Unreadable(_("This preview is too old; choose the file again.")) from error
    if kept[0] != str(request.user.pk):
        raise PermissionDenied
    return kept[1], kept[2]


def _told(done: loading.Loaded) -> dict[str, Any]:
    return {
        "counted": _counted(done),
        "problems": done.problems[:SHOWN],
        "left_out": done.left_out[:SHOWN],
        "left_out_further": max(0, len(done.left_out) - SHOWN),
        "further": max(0, len(done.problems) - SHOWN),
    }


def _counted(done: loading.Loaded) -> str:
    counts = {"sites": done.sites, "monuments": done.monuments, "reports": done.reports}
    return _("sites %(sites)s, monuments %(monuments)s, reports for the verifiers %(reports)s.") % counts
