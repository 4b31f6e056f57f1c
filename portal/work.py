"""What waits for somebody, for the page of one's own work and for the first page of the admin."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.utils.translation import gettext as _

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


def labels(found: list[Pile]) -> dict[UUID, Monument]:
    """The monuments that the piles are about, under their names for the reader."""
    return Monument.objects.labelled().in_bulk({report.monument_id for pile in found for report in pile.reports})


def piles(user: PermissionsMixin | AnonymousUser) -> list[Pile]:
    """What this person can go on with; piles of which there is something."""
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
    return [pile for pile in found if pile.number]


def _pile(name: str, title: str, hint: str, reports: ConditionReportQuerySet) -> Pile:
    rows = list(reports.waiting()[: LISTED + 1])
    number = reports.count() if len(rows) > LISTED else len(rows)
    return Pile(name, title, hint, rows[:LISTED], number)
