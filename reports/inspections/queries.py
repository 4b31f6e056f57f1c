"""Reading what is due: the inspections that are planned, and the monuments of which none is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reports.conditions import queries
from reports.conditions.models import ConditionReport, Threat
from reports.conditions.threats import IMMINENT, is_imminent
from reports.inspections import due, workflow
from reports.inspections.due import Due, Threatened, Why
from reports.inspections.models import Inspection
from reports.vocabulary import ThreatProbability
from sites.models import Monument, Responsibility, Site
from sites.responsibility import area_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

THREAT_DAYS = 365
"""So long a threat counts that was reported and stands."""
LIKELY = ~Q(probability=ThreatProbability.NOT_APPLICABLE)
OF_STATUS = {
    Why.DOUBTFUL: Q(contested=True) | Q(suspected=True),
    Why.GRAVE: Q(damage_grade__in=due.GRAVE_GRADES) | Q(condition__in=due.GRAVE_CONDITIONS),
    Why.WEAKENED: Q(damage_grade__in=due.WEAK_GRADES) | Q(condition__in=due.WEAK_CONDITIONS),
}
"""The lines of the table that a status alone decides."""


def due_dates(monuments: Iterable[UUID], today: datetime.date | None = None) -> dict[UUID, Due]:
    """When somebody must look at each of them again. Two queries."""
    ids, day = list(monuments), today or timezone.localdate()
    held, threats = queries.statuses(ids), _threatened(ids, day)
    return {pk: due.due(held[pk], threats.get(pk, Threatened()), today=day) for pk in ids}


def to_plan(user: PermissionsMixin | AnonymousUser, today: datetime.date | None = None) -> QuerySet[Monument]:
    """The monuments of this person's sites that are due and of which no inspection is planned.

    Each with `assessed_on`; those come first at which nobody has looked for longest. It says the same as `due`
    (a test holds the two equal), inside the database: a registry is too long to be read row by row.
    """
    day = today or timezone.localdate()
    held = queries.status_rows(queries.NOW).filter(monument=OuterRef("pk"))
    looked_at = Exists(held.filter(assessed_on__isnull=False))
    planned = Exists(Inspection.objects.open().filter(monument=OuterRef("pk")))
    monuments = Monument.objects.labelled().select_related("site").filter(area_of(user).condition("site"))
    due_now = Exists(held.filter(_run_out(day, [Why.DOUBTFUL, Why.GRAVE, Why.WEAKENED, Why.USUAL]))) | ~looked_at
    due_now |= Exists(held.filter(_run_out(day, [Why.IMMINENT]))) & _told_of(day, IMMINENT)
    due_now |= Exists(held.filter(_run_out(day, [Why.WEAKENED], whatever_it_is=True))) & _told_of(day, LIKELY)
    return queries.longest_not_assessed_first(monuments.filter(due_now, ~planned))


def people(by: PermissionsMixin | AnonymousUser, site: Site | None = None, *, who: str = workflow.LOOKS) -> QuerySet:
    """Who can be sent (to that site): those who write reports, without the people of silos that `by` is not of.

    `who`: the permission of those who can be charged with something else.
    """
    app, codename = who.split(".")
    write = Permission.objects.filter(content_type__app_label=app, codename=codename)
    granted = Q(is_superuser=True) | Q(groups__permissions__in=write) | Q(user_permissions__in=write)
    users = get_user_model().objects.filter(is_active=True)
    found = users.filter(pk__in=get_user_model().objects.filter(granted).values("pk"))
    own = getattr(by, "organisation_id", None)
    known = Q(organisation=None) | Q(organisation__silo=False)
    found = found.filter(known | Q(organisation=own) if own else known)
    if site:
        theirs = Responsibility.objects.filter(user=OuterRef("pk"))
        here = theirs.filter(Q(site=site.pk) | Q(country=str(site.country)))
        found = found.filter(Q(is_superuser=True) | Exists(here) | ~Exists(theirs))
    return found.order_by("name", "email")


def _run_out(day: datetime.date, lines: Iterable[Why], *, whatever_it_is: bool = False) -> Q:
    """Statuses whose interval is over, by one of these lines of the table."""
    found = Q()
    for why in lines:
        applies = Q() if whatever_it_is else OF_STATUS.get(why, Q())
        last = day - datetime.timedelta(days=due.DAYS[why])
        last_if_unsure = day - datetime.timedelta(days=due.interval(why, due.UNSURE))
        over = Q(assessed_on__lte=last) | Q(assessed_on__lte=last_if_unsure, certainty=due.UNSURE)
        found |= applies & over
    return found


def _told_of(day: datetime.date, threat: Q) -> Exists:
    """Whether such a threat to the monument was reported within a year."""
    since = day - datetime.timedelta(days=THREAT_DAYS)
    told = ConditionReport.objects.standing().filter(monument=OuterRef("pk"), date_to__gte=since)
    return Exists(told.filter(Exists(Threat.objects.filter(threat, report=OuterRef("pk")))))


def _threatened(ids: list[UUID], day: datetime.date) -> dict[UUID, Threatened]:
    since = day - datetime.timedelta(days=THREAT_DAYS)
    standing = ConditionReport.objects.standing().filter(monument__in=ids, date_to__gte=since)
    rows = Threat.objects.filter(LIKELY, report__in=standing.values("pk")).order_by()
    found: dict[UUID, Threatened] = {}
    for monument, *threat in rows.values_list("report__monument", "category", "cause", "probability"):
        before = found.get(monument, Threatened())
        found[monument] = Threatened(imminent=before.imminent or is_imminent(*threat), at_all=True)
    return found
