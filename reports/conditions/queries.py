"""Reading reports and statuses."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from reports.conditions import status
from reports.conditions.workflow import ONCE_PUBLISHED, State
from reports.vocabulary import DamageGrade
from sites.models import Monument

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


class ConditionReportQuerySet(QuerySet):
    def visible_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Published reports for everybody; one's own, and for staff all, in every other state."""
        if user.has_perm("conditions.view_conditionreport"):
            return self
        public = Q(state__in=ONCE_PUBLISHED)
        return self.filter(public | Q(author=user.pk)) if user.pk else self.filter(public)

    def told_by(self, moment: Moment) -> Self:
        """Every report that had been published at that moment, corrected and retracted ones too."""
        told = self.filter(state__in=ONCE_PUBLISHED)
        if moment.known_at is not None:
            told = told.filter(published_at__lte=moment.known_at)
        return told.filter(date_to__lte=moment.as_of) if moment.as_of else told

    def standing(self, at: datetime.datetime | None = None) -> Self:
        """Those that counted at that moment (now, by default): published, not superseded, not retracted.

        A report that was superseded stands again once its correction is retracted.
        """
        from reports.conditions.models import ConditionReport

        if at is None:
            return self.filter(state=State.PUBLISHED)
        correction = ConditionReport.objects.filter(supersedes=OuterRef("pk"), published_at__lte=at)
        return (
            self.filter(published_at__lte=at)
            .filter(Q(retracted_at=None) | Q(retracted_at__gt=at))
            .exclude(Exists(correction.filter(Q(retracted_at=None) | Q(retracted_at__gt=at))))
        )

    def in_full(self) -> Self:
        """With what a list of reports shows of each."""
        return self.select_related("source", "monument__site").prefetch_related("disturbances", "threats")

    def observations(self) -> dict[UUID, list[status.Observation]]:
        """What the rule of derivation reads, by monument."""
        found = defaultdict(list)
        rows = self.values(
            "id",
            "kind",
            "damage_grade",
            "condition",
            "fabric_status",
            "certainty",
            "suspected",
            "published_at",
            "monument_id",
            source_ref=F("source_id"),
            observed_from=F("date_from"),
            observed_to=F("date_to"),
            observed_precision=F("date_precision"),
        )
        for row in rows:
            monument = row.pop("monument_id")
            row["source"] = row.pop("source_ref")
            row["observed_on"] = row.pop("observed_to")
            found[monument].append(status.Observation(**row))
        return found


class MonumentStatusQuerySet(QuerySet):
    def current(self) -> Self:
        """What holds today, by what is known now."""
        return self.filter(valid_to=None)

    def as_of(self, day: datetime.date) -> Self:
        """What held on that day, by what is known now."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Moment(NamedTuple):
    """The two times of a question: what was true on `as_of`, as it was known at `known_at`.

    Left out, each means now; `known_at` alone asks what was believed then about that day.
    """

    as_of: datetime.date | None = None
    known_at: datetime.datetime | None = None


NOW = Moment()


def statuses(monuments: Iterable[UUID], moment: Moment = NOW) -> dict[UUID, status.Status]:
    """The status of each monument at that moment; `status.UNKNOWN` where nothing counted. One query."""
    ids = list(monuments)
    if moment.known_at is not None:
        return _believed(ids, moment.as_of or moment.known_at.date(), moment.known_at)
    rows = _rows(moment).filter(monument__in=ids)
    found = {row.monument_id: row.as_status() for row in rows}
    return {pk: found.get(pk, status.UNKNOWN) for pk in ids}


def grade_counts(sites: Iterable[UUID], moment: Moment = NOW) -> dict[UUID, Counter[str]]:
    """How many monuments of each site have which damage grade at that moment."""
    counts: dict[UUID, Counter[str]] = {site: Counter() for site in sites}
    monuments = Monument.objects.filter(site__in=counts)
    if moment.known_at is not None:
        site_of = dict(monuments.values_list("pk", "site"))
        for monument, held in statuses(site_of, moment).items():
            counts[site_of[monument]][held.damage_grade] += 1
        return counts
    for site, total in monuments.order_by().values_list("site").annotate(Count("pk")):
        counts[site][DamageGrade.UNKNOWN] = total
    rows = _rows(moment).filter(monument__site__in=counts).exclude(damage_grade=DamageGrade.UNKNOWN)
    for site, grade, number in rows.order_by().values_list("monument__site", "damage_grade").annotate(Count("pk")):
        counts[site][grade] = number
        counts[site][DamageGrade.UNKNOWN] -= number
    return counts


def of_grade(monuments: QuerySet[Monument], grades: Iterable[str], moment: Moment = NOW) -> QuerySet[Monument]:
    """Those monuments whose damage grade at that moment is one of `grades`."""
    wanted = set(grades)
    if moment.known_at is not None:
        found = statuses(monuments.values_list("pk", flat=True), moment)
        return monuments.filter(pk__in=[pk for pk, held in found.items() if held.damage_grade in wanted])
    rows = _rows(moment).filter(monument=OuterRef("pk"))
    condition = Q(Exists(rows.filter(damage_grade__in=wanted)))
    if DamageGrade.UNKNOWN in wanted:
        condition |= ~Q(Exists(rows))
    return monuments.filter(condition)


def history(monument: UUID, known_at: datetime.datetime | None = None) -> list[status.Period]:
    """A monument's periods, oldest first, by what is known now or was known at that moment."""
    if known_at is not None:
        return derived([monument], known_at)[monument]
    return histories([monument])[monument]


def histories(monuments: Iterable[UUID]) -> dict[UUID, list[status.Period]]:
    """The kept periods of each monument, oldest first. One query."""
    from reports.conditions.models import MonumentStatus

    found: dict[UUID, list[status.Period]] = {pk: [] for pk in monuments}
    for row in MonumentStatus.objects.filter(monument__in=found).order_by("valid_from"):
        found[row.monument_id].append(status.Period(row.valid_from, row.valid_to, row.as_status()))
    return found


def derived(monuments: Iterable[UUID], known_at: datetime.datetime | None = None) -> dict[UUID, list[status.Period]]:
    """Each monument's periods, derived anew from the reports that stood at `known_at` (now, by default)."""
    from reports.conditions.models import ConditionReport

    ids = list(monuments)
    found = ConditionReport.objects.filter(monument__in=ids).standing(known_at).observations()
    return {pk: status.derive(found.get(pk, [])) for pk in ids}


def _rows(moment: Moment) -> MonumentStatusQuerySet:
    from reports.conditions.models import MonumentStatus

    everything = MonumentStatus.objects.all()
    return everything.as_of(moment.as_of) if moment.as_of else everything.current()


def _believed(ids: list[UUID], day: datetime.date, known_at: datetime.datetime) -> dict[UUID, status.Status]:
    return {pk: status.at(periods, day) for pk, periods in derived(ids, known_at).items()}
