"""Ten witnesses of one explosion are one incident: finding, folding and counting.

An editor folds reports into an incident, and says which of them repeats the account of another, so
that copies do not pass for independent sources. Folding is a reading of what was published, not a
statement of its own: it holds for every moment asked about.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from reports.conditions import actions
from reports.conditions.models import ConditionReport, Disturbance, Incident
from reports.conditions.queries import NOW
from reports.conditions.querysets import ConditionReportQuerySet, Moment
from reports.conditions.workflow import NotAllowed, State, WrongState
from reports.vocabulary import CauseType, ReportKind
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

NEAR_DAYS = 3
"""Reports of the same place and cause whose times are at most so far apart may tell of one incident."""


class Tally(NamedTuple):
    """What happened, counted by incidents; a report in no incident tells of one of its own."""

    incidents: int
    reports: int
    sources: int
    """Independent ones: who repeats another's account adds none."""


def tally(reports: ConditionReportQuerySet) -> Tally:
    """Incidents, reports and independent sources among reports of damage. One query."""
    counted = reports.order_by().filter(kind=ReportKind.DAMAGE)
    row = counted.aggregate(
        incidents=Count(Coalesce("incident_id", "id"), distinct=True),
        reports=Count("id"),
        sources=Count(Coalesce("repeats__source_id", "source_id"), distinct=True),
    )
    return Tally(**row)


def tally_of_site(site: UUID, moment: Moment = NOW) -> Tally:
    """What happened at a site until that moment, by the reports that stood then."""
    standing = ConditionReport.objects.standing(moment.known_at).filter(monument__site=site)
    return tally(standing.filter(date_to__lte=moment.as_of) if moment.as_of else standing)


def akin(report: ConditionReport) -> ConditionReportQuerySet:
    """Published reports that may tell of the same incident: same site, near in time, a cause in common."""
    causes = report.disturbances.exclude(cause__in=[CauseType.UNKNOWN, CauseType.NONE]).values("cause")
    first, last = _widened(report.date_from or report.observed_on, report.observed_on)
    same_cause = Disturbance.objects.filter(report=OuterRef("pk"), cause__in=causes)
    return (
        ConditionReport.objects.standing()
        .filter(kind=ReportKind.DAMAGE, monument__site=report.monument.site_id)
        .filter(Exists(same_cause), date_to__gte=first)
        .filter(Q(date_from__lte=last) | Q(date_from=None, date_to__lte=last))
        .exclude(pk=report.pk)
        .order_by("date_to", "id")
    )


@transaction.atomic
def fold(
    reports: Iterable[UUID],
    *,
    by: PermissionsMixin | AnonymousUser,
    title: str = "",
    among: Iterable[UUID] = (),
) -> Incident:
    """Make one incident of these reports; what was in another incident of theirs comes along.

    `among`: all that are to be folded one after the other, for the cause that most of them name.
    Raises NotAllowed, WrongState (not published, or of several sites).
    """
    rows = list(ConditionReport.objects.select_for_update(of=("self",)).in_full().filter(pk__in=list(reports)))
    _check(rows, by)
    known = [row.incident for row in rows if row.incident]
    incident = known[0] if known else Incident(site=rows[0].monument.site, created_by_id=by.pk)
    others = {one.pk for one in known} - {incident.pk}
    rows += [
        row
        for row in ConditionReport.objects.in_full().filter(incident__in=others)
        if row.pk not in {r.pk for r in rows}
    ]
    incident.title = title or incident.title
    incident.cause = incident.cause or _cause(list(among) or [row.pk for row in rows])
    first = min(row.date_from or row.observed_on for row in rows)
    last = max(row.observed_on for row in rows)
    incident.date_from = min(incident.date_from or first, first)
    incident.date_to = max(incident.date_to or last, last)
    incident.full_clean()
    incident.save()
    ConditionReport.objects.filter(pk__in=[row.pk for row in rows]).update(incident=incident)
    Incident.objects.filter(pk__in=others).delete()
    return incident


@transaction.atomic
def unfold(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser) -> None:
    """Take a report out of its incident; an incident without reports goes. Raises NotAllowed."""
    _check([report], by)
    left = report.incident_id
    ConditionReport.objects.filter(pk=report.pk).update(incident=None, repeats=None)
    if left and not ConditionReport.objects.filter(incident=left).exists():
        Incident.objects.filter(pk=left).delete()
    actions.rebuild(report.monument_id)


@transaction.atomic
def mark_as_copy(report: ConditionReport, *, of: ConditionReport | None, by: PermissionsMixin | AnonymousUser) -> None:
    """Say that a report repeats another's account, or (None) that it is an account of its own.

    Two copies of one account do not contradict each other, so the status is derived anew.
    Raises NotAllowed, WrongState.
    """
    keys = [row.pk for row in (report, of) if row]
    rows = ConditionReport.objects.select_for_update(of=("self",)).in_full().in_bulk(keys)
    _check(list(rows.values()), by)
    report, other = rows[report.pk], rows[of.pk] if of else None
    original = other.repeats if other and other.repeats else other
    if original and not _of_one_incident(report, original):
        raise WrongState(_("A copy and its original are two reports of one incident."))
    ConditionReport.objects.filter(pk=report.pk).update(repeats=original)
    ConditionReport.objects.filter(repeats=report.pk).update(repeats=original)
    for monument in {row.monument_id for row in rows.values()}:
        actions.rebuild(monument)


def _of_one_incident(one: ConditionReport, other: ConditionReport) -> bool:
    return one.pk != other.pk and one.incident_id is not None and one.incident_id == other.incident_id


def _check(rows: Sequence[ConditionReport], by: PermissionsMixin | AnonymousUser) -> None:
    if not by.has_perm("conditions.change_incident"):
        raise NotAllowed(_("Your role does not allow folding reports into incidents."))
    if not rows:
        raise WrongState(_("Choose the reports that tell of one incident."))
    if any(row.state != State.PUBLISHED or row.confidential for row in rows):
        raise WrongState(_("Only published reports make an incident."))
    if len({row.monument.site_id for row in rows}) > 1:
        raise WrongState(_("An incident happens at one site; these reports are of several."))
    if not answers_for(by, rows[0].monument):
        raise NotAllowed(_("You do not answer for this site."))


def _cause(reports: Sequence[UUID]) -> str:
    causes = Disturbance.objects.filter(report__in=reports).values_list("cause")
    found = causes.annotate(number=Count("pk")).order_by("-number", "cause").first()
    return found[0] if found else "unknown"


def _widened(first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    margin = datetime.timedelta(days=NEAR_DAYS)
    return first - margin, last + margin


def sources_of(incident: Incident) -> int:
    """How many independent sources tell of it."""
    reports = ConditionReport.objects.standing().filter(incident=incident)
    return reports.aggregate(n=Count(Coalesce(F("repeats__source_id"), F("source_id")), distinct=True))["n"]
