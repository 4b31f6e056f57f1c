"""What verifiers decide about pictures that stand by themselves: who sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal import paging
from portal.addresses import next_of
from portal.views.picture import monument_of, seen
from reports.conditions.workflow import Refused
from reports.evidence import gallery
from reports.evidence.admin import shown
from reports.evidence.models import Evidence
from reports.evidence.steps import STEPS, Step
from reports.evidence.uses import Use, used_before
from sites.models import Monument

SIZE = 24


class Waiting(NamedTuple):
    evidence: Evidence
    monument: Monument
    reasons: list[str]
    """Why to look twice, in words."""


@require_safe
@never_cache
@login_required
@permission_required("evidence.publish_evidence", raise_exception=True)
def waiting(request: HttpRequest) -> HttpResponse:
    """Pictures that were sent without a report and that this person may publish, the newest first."""
    found = gallery.to_publish(request.user)
    page = paging.after(found, request.GET.get("after", ""), by=("-pk",), size=SIZE)
    monuments = Monument.objects.labelled().in_bulk([one.monument_id for one in page.rows])
    reasons = _reasons_to_look_twice(page.rows, request.user)
    rows = [Waiting(one, monuments[one.monument_id], reasons[one.pk]) for one in page.rows]
    return render(request, "pages/pictures_waiting.html", {"rows": rows, "page": page, "number": found.count()})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Ask whether a step is meant, then take it."""
    found = seen(request, pk)
    if step not in STEPS:
        raise Http404
    wanted = STEPS[step]
    if refusal := wanted.refusal(found, request.user):
        messages.error(request, str(refusal))
        return redirect("picture", pk=pk)
    if request.method == "POST" and _taken(request, wanted, found):
        gone = reverse("gallery", args=[found.monument.slug])
        return redirect(gone if step == "withdraw" else next_of(request, reverse("picture", args=[pk])))
    context = {
        "evidence": found,
        "monument": monument_of(found),
        "step": wanted,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "pages/picture_step.html", context, status=400 if request.method == "POST" else 200)


def _taken(request: HttpRequest, step: Step, evidence: Evidence) -> bool:
    """Whether it was; if not, the page says why and keeps what was written."""
    try:
        step.take(evidence, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Done."))
    return True


def _reasons_to_look_twice(rows: Sequence[Any], user: Any) -> dict[UUID, list[str]]:
    """Of each, as far as this person may know them. `rows` with `names_known` and their flags."""
    told = [one for one in rows if one.names_known and user.has_perm("evidence.view_flag")]
    uses = used_before(told, user)
    words = {one.pk: [*shown.other_reasons(one.flags.all()), *_said_once(uses[one.pk])] for one in told}
    return {one.pk: words.get(one.pk, []) for one in rows}


def _said_once(uses: Sequence[Use]) -> list[str]:
    return list(dict.fromkeys(use.words() for use in uses))
