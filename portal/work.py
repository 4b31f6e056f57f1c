"""What waits for somebody, for the page of one's own work and for the first page of the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import CharField, Count, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.evidence import gallery
from sites.models import Monument

LISTED = 10
PICTURES = "pictures"


class Work(NamedTuple):
    piles: list[Pile]
    """Only those of which there is something."""
    pictures: int
    """How many were sent without a report and wait to be published by this person."""


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


def waiting_for(user: PermissionsMixin | AnonymousUser) -> Work:
    """What this person can go on with. Two queries, and one for their area."""
    reports = ConditionReport.objects.visible_to(user)
    own = reports.filter(author=user.pk)
    wanted = [
        ("returned", _("Given back to you"), _("Somebody asks you to change these."), own.given_back()),
        ("drafts", _("Your drafts"), _("Nobody reads these before you hand them in."), own.never_handed_in()),
    ]
    if user.has_perm("conditions.verify_conditionreport"):
        review = reports.within(user).under_review()
        wanted += [
            ("assigned", _("Yours to review"), _("You look after these."), review.filter(assigned_to=user.pk)),
            ("free", _("Waiting for anybody"), _("Nobody looks after these yet."), review.filter(assigned_to=None)),
        ]
    wanted.append(("waiting", _("Handed in by you"), _("These wait for a verifier."), own.under_review()))
    first = _first_of({name: found for name, _title, _hint, found in wanted} | {PICTURES: gallery.to_publish(user)})
    pictures = first.pop(PICTURES, First([], 0)).number
    rows = ConditionReport.objects.waiting().in_bulk([key for found in first.values() for key in found.keys])
    piles = [
        Pile(name, title, hint, [rows[key] for key in first[name].keys if key in rows], first[name].number)
        for name, title, hint, _found in wanted
        if name in first
    ]
    return Work(piles, pictures)


class First(NamedTuple):
    keys: list[UUID]
    number: int
    """Of all, not only of those in `keys`."""


def _first_of(wanted: Mapping[str, QuerySet]) -> dict[str, First]:
    """Of each pile what has waited longest, and how many there are. One query for all piles."""
    parts = [
        found.order_by()
        .annotate(
            pile=Value(name, output_field=CharField()),
            place=Window(RowNumber(), order_by="id"),
            number=Window(Count("*")),
        )
        .filter(place__lte=LISTED)
        .values_list("pile", "place", "number", "pk")
        for name, found in wanted.items()
    ]
    first: dict[str, First] = {}
    for name, _place, number, key in sorted(parts[0].union(*parts[1:], all=True)):
        first.setdefault(name, First([], number)).keys.append(key)
    return first
