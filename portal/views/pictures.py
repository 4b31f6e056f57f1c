from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import files
from reports.evidence import links, queries
from reports.evidence.links import RENDITIONS, Kept


@require_safe
def file(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    """A picture made of an original: for everybody where it is public, else for who may look at it."""
    wanted = f"{pk}/{name}"
    if found := queries.rendition(wanted, queries.PUBLIC):
        return files.public(request, Kept(RENDITIONS, found.file, found.format))
    if found := queries.rendition(wanted, request.user):
        return files.private(request, Kept(RENDITIONS, found.file, found.format))
    raise Http404


@require_safe
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """What a signed link leads to; whoever was given it may fetch it as long as it is valid."""
    kept = links.read(token)
    if kept is None:
        raise Http404(_("This link is not valid any more; ask for a new one."))
    return files.private(request, kept)
