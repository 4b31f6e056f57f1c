from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal import moments
from portal.linked import cards
from reports.situation_reports import story as stories
from reports.situation_reports.story import KINDS, Strand
from sites.models import Site


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """All that happened at a site, the newest first; of some kinds only, where they are chosen."""
    moment = moments.of(request)
    found = get_object_or_404(Site.objects.labelled(), slug=slug)
    strands = [strand for strand in request.GET.getlist("kind") if strand in Strand.values]
    try:
        page = stories.of_site(found.pk, strands, moment, after=request.GET.get("after", ""))
    except ValidationError as error:
        raise BadRequest(" ".join(error.messages)) from error
    asked: list[tuple[str, Any]] = [("kind", strand) for strand in strands]
    context = {
        "site": found,
        "card": cards.of_story(found),
        "page": page,
        "strands": [(code, label, code in strands) for code, label in Strand.choices],
        "asked": f"&{urlencode(asked)}" if asked else "",
        "files": _files(strands),
        **moments.context(moment),
    }
    return render(request, "pages/story.html", context)


def _files(strands: list[str]) -> dict[str, Any]:
    """Which files hold what of the story was chosen, and the kinds of events; without a choice, all."""
    kinds = [str(kind) for strand in strands for kind in KINDS.get(Strand(strand), [])]
    chosen = {"reports": Strand.DAMAGE, "plans": Strand.RESTORATION}
    files = {name: not strands or strand in strands for name, strand in chosen.items()}
    return {**files, "events": not strands or bool(kinds), "kinds": kinds}
