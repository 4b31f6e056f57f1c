from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import menu
from reports.conditions.models import ConditionReport
from reports.conditions.querysets import ConditionReportQuerySet
from sites.models import Monument

LISTED = 10


class Pile(NamedTuple):
    """Reports that wait for the same thing, the longest waiting first."""

    name: str
    title: str
    hint: str
    reports: list[ConditionReport]
    number: int


@require_safe
@login_required
def work(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the way to all that they work in."""
    piles = [pile for pile in _piles(request) if pile.number]
    named = {report.monument_id for pile in piles for report in pile.reports}
    context = {
        "piles": piles,
        "monuments": Monument.objects.labelled().in_bulk(named),
        "entries": menu.own(request.user),
    }
    return render(request, "pages/work.html", context)


def _piles(request: HttpRequest) -> list[Pile]:
    user = request.user
    reports = ConditionReport.objects.visible_to(user)
    own = reports.filter(author=user.pk)
    found = [
        _pile("returned", _("Given back to you"), _("Somebody asks you to change these."), own.given_back()),
        _pile("drafts", _("Your drafts"), _("Nobody reads these before you hand them in."), own.never_handed_in()),
    ]
    if user.has_perm("conditions.verify_conditionreport"):
        review = reports.within(user).under_review()
        found += [
            _pile("assigned", _("Yours to review"), _("You look after these."), review.filter(assigned_to=user.pk)),
            _pile(
                "free", _("Waiting for anybody"), _("Nobody looks after these yet."), review.filter(assigned_to=None)
            ),
        ]
    found.append(
        _pile("waiting", _("Handed in by you"), _("These wait for a verifier."), own.under_review()),
    )
    return found


def _pile(name: str, title: str, hint: str, reports: ConditionReportQuerySet) -> Pile:
    return Pile(name, title, hint, list(reports.waiting()[:LISTED]), reports.count())
