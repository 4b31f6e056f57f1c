from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.api.problems import problem
from portal.exports.formats import FORMATS
from portal.exports.tables import csv_rows, write_sheets
from portal.exports.views import asked_for
from portal.lists import LISTS, Table

SUFFIXES = ("csv", "xlsx")


@require_safe
@never_cache
def file(request: HttpRequest, name: str, suffix: str) -> HttpResponseBase:
    """What a page lists, as a file, for whoever may open the page."""
    if name not in LISTS or suffix not in SUFFIXES:
        raise Http404
    table = LISTS[name]
    if not table.is_open_to(request.user):
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
    if unknown := sorted(request.GET.keys() - set(table.parameters)):
        said = _("There is no such parameter; known are: %(known)s.") % {"known": ", ".join(table.parameters) or "–"}
        return problem(400, said, errors=[{"parameter": one, "detail": said, "code": "invalid"} for one in unknown])
    rows = table.rows(request.GET.dict(), request.user)
    if suffix == "csv":
        return _streamed(table, rows)
    most = settings.EXPORT_AT_ONCE
    if isinstance(rows, QuerySet) and rows[: most + 1].count() > most:
        return asked_for(request, name, urlencode(sorted(request.GET.dict().items())), FORMATS[suffix])
    return _written(table, rows)


def offered(table: Table, **asked: Any) -> list[tuple[str, str]]:
    """For pages: the label and address of each format."""
    given = {name: value for name, value in asked.items() if value}
    query = f"?{urlencode(given)}" if given else ""
    return [(FORMATS[suffix].label, f"/lists/{table.name}.{suffix}{query}") for suffix in SUFFIXES]


def _streamed(table: Table, rows: Any) -> StreamingHttpResponse:
    content = csv_rows(table.columns, table.batches(rows))
    answer = StreamingHttpResponse(content, content_type=FORMATS["csv"].media_type)
    answer["Content-Disposition"] = f'attachment; filename="tadmor-{table.name}.csv"'
    return answer


def _written(table: Table, rows: Any) -> FileResponse:
    """While its reader waits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"tadmor-{table.name}.xlsx"
        write_sheets(table.columns, table.batches(rows), path)
        opened = path.open("rb")  # it is there for who has it open, also when the folder is gone
    return FileResponse(opened, as_attachment=True, filename=path.name, content_type=FORMATS["xlsx"].media_type)
