"""Which reports, statuses and incidents, and of which moment: what every reader starts from."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports.conditions import status
from reports.conditions.workflow import ONCE_PUBLISHED, State
from sites.responsibility import area_of, hides_the_rest

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


class Moment(NamedTuple):
    """The two times of a question: what was true on `as_of`, as it was known at `known_at`.

    Left out, each means now; `known_at` alone asks what was believed then about that day.
    """

    as_of: datetime.date | None = None
    known_at: datetime.datetime | None = None

    @property
    def day(self) -> datetime.date:
        """The day that is asked about: that of `as_of`, else that of `known_at`, else today."""
        if self.as_of:
            return self.as_of
        return self.known_at.date() if self.known_at else timezone.localdate()


class ConditionReportQuerySet(QuerySet):
    def visible_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """What this person may read of all reports, in every state.

        Everybody: what was published, but the confidential. Authors: their own. Staff: all that
        is under way, but that of silos of others; where the installation says so, only for their sites.
        Confidential reports are for verifiers.
        """
        readable = Q(state__in=ONCE_PUBLISHED, confidential=False)
        if user.pk:
            readable |= Q(author=user.pk)
        if user.has_perm("conditions.view_conditionreport"):
            readable |= _open_to_staff(user)
        return self.filter(readable)

    def within(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Those of the sites that this person answers for."""
        return self.filter(area_of(user).condition("monument__site"))

    def under_review(self) -> Self:
        """What waits for somebody to verify or to publish it; under embargo, the clock does."""
        return self.filter(Q(state=State.SUBMITTED) | Q(state=State.VERIFIED, embargo_until=None))

    def given_back(self) -> Self:
        """Drafts that a verifier gave back to their authors."""
        return self.filter(state=State.DRAFT).filter(_handed_in_once())

    def never_handed_in(self) -> Self:
        """Drafts that nobody but their authors has had before them."""
        return self.filter(state=State.DRAFT).exclude(_handed_in_once())

    def under_embargo(self) -> Self:
        """What the clock will publish."""
        return self.filter(state=State.VERIFIED, embargo_until__isnull=False)

    def waiting(self) -> Self:
        """With `waiting_since`, the time of the last step, in order of entry."""
        waiting = self.annotate(waiting_since=last_step_at())
        return waiting.select_related("source", "monument__site", "author", "assigned_to").order_by("id")

    def told_by(self, moment: Moment) -> Self:
        """Every report that had been published at that moment, corrected and retracted ones too."""
        told = self.filter(state__in=ONCE_PUBLISHED)
        if moment.known_at is not None:
            told = told.filter(published_at__lte=moment.known_at)
        return told.filter(date_to__lte=moment.as_of) if moment.as_of else told

    def standing(self, at: datetime.datetime | None = None) -> Self:
        """Those that stood at that moment (now, by default): published, not superseded, not retracted.

        A report that was superseded stands again once its correction is retracted. Confidential
        reports never stand: no public figure comes from them.
        """
        from reports.conditions.models import ConditionReport

        if at is None:
            return self.filter(state=State.PUBLISHED, confidential=False)
        correction = ConditionReport.objects.filter(supersedes=OuterRef("pk"), published_at__lte=at)
        return (
            self.filter(published_at__lte=at, confidential=False)
            .filter(Q(retracted_at=None) | Q(retracted_at__gt=at))
            .exclude(Exists(correction.filter(Q(retracted_at=None) | Q(retracted_at__gt=at))))
        )

    def in_full(self) -> Self:
        """With what a list of reports shows of each."""
        return self.select_related("source", "monument__site", "incident", "repeats").prefetch_related(
            "disturbances", "effects", "threats", "risks", "cites"
        )

    def observations(self) -> dict[UUID, list[status.Observation]]:
        """What the rule of derivation reads, by monument."""
        found = defaultdict(list)
        for row in self.values("monument_id", *_OBSERVED, **_OBSERVED_AS):
            found[row["monument_id"]].append(row)
        cited = _cited(self)
        return {monument: [_observation(row, cited) for row in rows] for monument, rows in found.items()}


def last_step_at() -> Subquery:
    """For annotating reports: when the last step was taken with each."""
    from reports.conditions.models import ReportStep

    return Subquery(ReportStep.objects.filter(report=OuterRef("pk")).order_by("-at", "-id").values("at")[:1])


def _handed_in_once() -> Exists:
    from reports.conditions.models import ReportStep

    return Exists(ReportStep.objects.filter(report=OuterRef("pk")))


_OBSERVED = (
    "id",
    "kind",
    "damage_grade",
    "condition",
    "fabric_status",
    "certainty",
    "suspected",
    "published_at",
)


_OBSERVED_AS = {
    "account_of": Coalesce("repeats__source_id", "source_id"),
    "observed_from": F("date_from"),
    "observed_on": F("date_to"),
    "observed_precision": F("date_precision"),
}


def _observation(row: dict, cited: dict[UUID, frozenset[UUID]]) -> status.Observation:
    facts = {name: row[name] for name in (*_OBSERVED, *_OBSERVED_AS) if name != "account_of"}
    return status.Observation(**facts, source=row["account_of"], cites=cited.get(row["id"], frozenset()))


def _cited(reports: ConditionReportQuerySet) -> dict[UUID, frozenset[UUID]]:
    """The reports that each of these cites."""
    from reports.conditions.models import ConditionReport

    through = ConditionReport.cites.through
    found: dict[UUID, set[UUID]] = defaultdict(set)
    pairs = through.objects.filter(from_conditionreport__in=reports.order_by().values("pk"))
    for citing, cited in pairs.values_list("from_conditionreport", "to_conditionreport"):
        found[citing].add(cited)
    return {citing: frozenset(cited) for citing, cited in found.items()}


def _open_to_staff(user: PermissionsMixin | AnonymousUser) -> Q:
    """What staff see beyond the published: the work under way of their sites and organisations."""
    # An empty Q would vanish when it is put beside another by "or".
    open_to = Q(pk__isnull=False) if user.has_perm("conditions.verify_conditionreport") else Q(confidential=False)
    if hides_the_rest():
        open_to &= area_of(user).condition("monument__site")
    own = getattr(user, "organisation_id", None)
    if own is None and user.has_perm("conditions.verify_conditionreport"):
        return open_to  # a neutral verifier sees the work of all
    shared = Q(organisation=None) | Q(organisation__silo=False)
    return open_to & (shared | Q(organisation=own) if own else shared)


class IncidentQuerySet(QuerySet):
    def visible_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Those of which this person may read a report."""
        from reports.conditions.models import ConditionReport

        return self.filter(Exists(ConditionReport.objects.visible_to(user).filter(incident=OuterRef("pk"))))


class MonumentStatusQuerySet(QuerySet):
    def current(self) -> Self:
        """What holds today, by what is known now."""
        return self.filter(valid_to=None)

    def as_of(self, day: datetime.date) -> Self:
        """What held on that day, by what is known now."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))
