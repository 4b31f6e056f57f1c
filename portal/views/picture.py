from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import pictures
from reports.conditions.workflow import NotAllowed
from reports.evidence import actions, gallery, visibility
from reports.evidence.models import Capture, Evidence
from reports.evidence.steps import open_to
from reports.evidence.uses import used_before
from reports.evidence.vocabulary import FlagKind
from sites.models import Monument


@require_safe
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One picture: what it shows, who says so, what it belongs to; for staff also where it came from."""
    found = seen(request, pk)
    beside = gallery.neighbours(found, request.user)
    context = {
        "evidence": found,
        "monument": monument_of(found),
        "newer": beside.newer,
        "older": beside.older,
        "largest": pictures.largest(found),
        **_for_staff(request, found),
    }
    return render(request, "pages/picture.html", context)


@require_POST
@never_cache
@login_required
def original(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To a link of the original that is valid for a few minutes; that it was asked for is on record."""
    try:
        return redirect(actions.fetch_original(seen(request, pk), by=request.user))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal


def seen(request: HttpRequest, pk: UUID) -> Evidence:
    """The evidence, with what a page says of it, if the reader may look at it; else it is not found."""
    visible = Evidence.objects.visible_to(request.user)
    related = gallery.with_statements(visible, request.user)
    return get_object_or_404(
        related.select_related("original", "monument__site", "organisation", "uploaded_by"), pk=pk
    )


def capture_for(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> Capture | None:
    """What the file says of itself, for who may know it; that a verifier saw it is logged."""
    capture = Capture.objects.filter(original=evidence.original_id).first()
    return capture if capture and visibility.reads_capture(user, evidence) else None


def monument_of(evidence: Evidence) -> Monument:
    return Monument.objects.labelled().select_related("site").get(pk=evidence.monument_id)


def _for_staff(request: HttpRequest, evidence: Evidence) -> dict[str, Any]:
    user = request.user
    custody, flags = visibility.reads_custody(user, evidence), visibility.reads_flags(user, evidence)
    return {
        "names_people": visibility.names_people_to(user, evidence),
        "may_have_original": visibility.may_view_original(user, evidence),
        "steps": open_to(evidence, user),
        "capture": capture_for(user, evidence),
        "may_describe": actions.refusal_to_describe(evidence, user) is None,
        "may_blur": actions.refusal_to_blur(evidence, user) is None,
        "custody": list(evidence.custody.select_related("by")) if custody else [],
        "flags": list(evidence.flags.exclude(kind=FlagKind.USED_BEFORE)) if flags else [],
        "uses": used_before([evidence], user)[evidence.pk] if flags else [],
    }
