from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.api.problems import problem
from portal.exports import actions, contents, tasks
from portal.exports.formats import EAMENA, FORMATS, Format, of_layer, write
from portal.exports.models import Export, State
from portal.layers import LAYERS, Layer
from reports.conditions.querysets import Moment
from reports.waking import wake
from sites import disclosures
from sites.questions import Asked

TOO_MANY = gettext_lazy("Other files are being made for you; wait for them, or take CSV, which begins at once.")


@require_safe
@never_cache
def export(request: HttpRequest, layer: str, suffix: str) -> HttpResponseBase:
    """A list with its question as a file: at once where that is quick, else by a page that tells how far it is."""
    if layer not in LAYERS or suffix not in of_layer(layer):
        raise Http404(_("There are %(layers)s, each as %(formats)s.") % _known())
    asked, form = LAYERS[layer], of_layer(layer)[suffix]
    try:
        question = asked.question(request.GET, request.user)
    except ValidationError as error:
        return refused(error)
    if form is EAMENA and (past := question.parameters.keys() & set(Moment._fields)):
        said = _("A sheet for EAMENA tells what stands now: leave out as_of and known_at.")
        return refused(ValidationError({name: [said] for name in past}))
    if form.stream:
        return streamed(request, asked, question, form)
    if asked.rows(question)[: settings.EXPORT_AT_ONCE + 1].count() <= settings.EXPORT_AT_ONCE:
        return written(asked, question, form, asked.rows(question))
    return asked_for(request, layer, question.query(), form)


def streamed(request: HttpRequest, layer: Layer, question: Asked, form: Format, rows: Any = None) -> HttpResponseBase:
    """Piece by piece; exact places that are in a piece are logged before it goes out."""
    if form.stream is None:
        raise TypeError(form.name)
    found = layer.rows(question) if rows is None else rows
    reader = getattr(request, "viewer", request.user)
    batches = disclosures.written(layer.batches(found, question), reader, request.path)
    answer = StreamingHttpResponse(form.stream(layer, batches), content_type=form.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{form.file_name(layer)}"'
    if not request.user.is_authenticated:
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def written(layer: Layer, question: Asked, form: Format, rows: Any) -> FileResponse:
    """As a file that is made while its reader waits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / form.file_name(layer)
        write(form, layer, layer.batches(rows, question), path)
        opened = path.open("rb")  # it is there for who has it open, also when the folder is gone
    return FileResponse(opened, as_attachment=True, filename=path.name, content_type=form.media_type)


def refused(error: ValidationError) -> HttpResponse:
    """400, naming each parameter."""
    told = [
        {"parameter": name, "detail": message, "code": "invalid"}
        for name, messages in error.message_dict.items()
        for message in messages
    ]
    return problem(400, " ".join(f"{one['parameter']}: {one['detail']}" for one in told), errors=told)


@require_safe
@never_cache
def made(request: HttpRequest, pk: str) -> HttpResponse:
    """How far it is, and where it is fetched; for programs as JSON."""
    found = _own(request, pk)
    ready = found.state == State.READY and actions.may_have(found)
    if _is_program(request):
        told = {name: getattr(found, name) for name in ("state", "done", "total", "size", "expires_at")}
        address = request.build_absolute_uri(actions.link(found)) if ready else None
        return JsonResponse({**told, "download": address}, status=200 if ready else 202)
    context = {
        "export": found,
        "ready": ready,
        "title": contents.listed(found).title,
        "format": contents.form_of(found).label,
        "under_way": found.state in {State.WAITING, State.MAKING},
        "again": contents.again(found),
    }
    return render(request, "pages/export.html", context)


@require_safe
@never_cache
def download(request: HttpRequest, pk: str) -> HttpResponse:
    """A fresh link, which is valid for a few minutes."""
    found = _own(request, pk)
    if found.state != State.READY:
        raise Http404
    if not actions.may_have(found):
        raise PermissionDenied
    return redirect(actions.link(found))


@require_safe
@never_cache
def file(request: HttpRequest, token: str) -> FileResponse:
    """What a signed link leads to; whoever was given it may fetch it as long as it is valid."""
    found = actions.read(token)
    if found is None:
        raise Http404(_("This link is not valid any more; get a new one from the page of the export."))
    form = contents.form_of(found)
    opened = storages["exports"].open(found.file, "rb")
    name = form.file_name(contents.listed(found))
    return FileResponse(opened, as_attachment=True, filename=name, content_type=form.media_type)


@require_safe
def qgis(request: HttpRequest, layer: str) -> HttpResponse:
    """How exactly this list is added to QGIS."""
    if layer not in LAYERS:
        raise Http404
    asked = LAYERS[layer]
    try:
        question = asked.question(request.GET, request.user)
    except ValidationError as error:
        return refused(error)
    query = f"?{question.query()}" if question.parameters else ""
    host = f"{request.scheme}://{request.get_host()}"
    context = {
        "title": asked.title,
        "layer": layer,
        "geojson": f"{host}/exports/{layer}.geojson{query}",
        "ogc": f"{host}/ogc/",
        "items": f"{host}/ogc/collections/{layer}/items{query}",
        "tiles": f"{host}/tiles/{{z}}/{{x}}/{{y}}.mvt{query}" if layer == "monuments" else "",
    }
    return render(request, "pages/qgis.html", context)


def asked_for(request: HttpRequest, name: str, query: str, form: Format) -> HttpResponse:
    """A list that is too long to be made while its reader waits: by a worker, and where to look."""
    if getattr(request, "viewer", None):
        raise PermissionDenied(_("End the preview first: this list is too long to be made while you wait."))
    try:
        found = actions.ask(name, query, form, by=request.user, language=get_language() or settings.LANGUAGE_CODE)
    except actions.TooMany:
        return problem(429, str(TOO_MANY))
    wake(tasks.make, found.pk)
    if not _is_program(request):
        return redirect(found)
    answer = JsonResponse(
        {"state": found.state, "url": request.build_absolute_uri(found.get_absolute_url())}, status=202
    )
    answer["Location"] = found.get_absolute_url()
    return answer


def _is_program(request: HttpRequest) -> bool:
    """Browsers say that they take pages."""
    return "text/html" not in request.headers.get("Accept", "")


def _own(request: HttpRequest, pk: str) -> Export:
    """What everybody may have is there for whoever knows its address."""
    found: Export = get_object_or_404(Export.objects.select_related("asked_by").defer("keys"), pk=pk)
    if found.asked_by_id not in {None, request.user.pk}:
        raise Http404
    return found


def _known() -> dict[str, str]:
    return {"layers": ", ".join(LAYERS), "formats": ", ".join(FORMATS)}


def offered(layer: str, question: Asked) -> dict[str, Any]:
    """For pages: the label and address of each format of a list, and how it is used in QGIS."""
    query = f"?{question.query()}" if question.parameters else ""
    formats = [(form.label, f"/exports/{layer}.{form.name}{query}") for form in of_layer(layer).values()]
    return {"formats": formats, "qgis": f"/exports/qgis/{layer}/{query}"}
