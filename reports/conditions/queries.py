"""Reading reports and statuses."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports.conditions import explanation, status
from reports.conditions.workflow import ONCE_PUBLISHED, State
from reports.vocabulary import GRADE_RANK, DamageGrade
from sites.models import Monument
from sites.responsibility import answers_for, area_of, hides_the_rest

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

    from reports.conditions.models import ConditionReport


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

    def under_embargo(self) -> Self:
        """What the clock will publish."""
        return self.filter(state=State.VERIFIED, embargo_until__isnull=False)

    def waiting(self) -> Self:
        """With `waiting_since`, the time of the last step, in order of entry."""
        from reports.conditions.models import ReportStep

        last = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-at", "-id")
        waiting = self.annotate(waiting_since=Subquery(last.values("at")[:1]))
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


def names_people_to(user: PermissionsMixin | AnonymousUser, report: ConditionReport) -> bool:
    """Whether this person may know who worked on the report: in a silo, only its people and neutral verifiers."""
    if report.organisation is None or not report.organisation.silo:
        return True
    own = getattr(user, "organisation_id", None)
    return own == report.organisation_id or (own is None and user.has_perm("conditions.verify_conditionreport"))


def may_read_notes(user: PermissionsMixin | AnonymousUser, report: ConditionReport) -> bool:
    """Confidential notes are for the verifiers of the site; those of a silo, for its own and neutral ones."""
    permitted = user.has_perm("conditions.view_confidentialnote") and answers_for(user, report.monument)
    return permitted and names_people_to(user, report)


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


NOW = Moment()
STALE_DAYS = 180
"""What nobody sure has looked at for so long is shown as not assessed for long."""
EVERYBODY = AnonymousUser()


def statuses(monuments: Iterable[UUID], moment: Moment = NOW) -> dict[UUID, status.Status]:
    """The status of each monument at that moment; `status.UNKNOWN` where nothing counted. One query."""
    ids = list(monuments)
    if moment.known_at is not None:
        return _believed(ids, moment.day, moment.known_at)
    rows = _rows(moment).filter(monument__in=ids)
    found = {row.monument_id: row.as_status() for row in rows}
    return {pk: found.get(pk, status.UNKNOWN) for pk in ids}


class Side(NamedTuple):
    """One of two reports that contradict each other."""

    report: UUID
    source: str
    damage_grade: str

    @property
    def grade_label(self) -> str:
        return grade_label(self.damage_grade)


def sides(found: Iterable[status.Status]) -> dict[UUID, list[Side]]:
    """Of each contested status, by the report that it uses: both sides, the used one first. One query, or none."""
    from reports.conditions.models import ConditionReport

    pairs = [(held.report_id, held.rival_id) for held in found if held.report_id and held.rival_id]
    if not pairs:
        return {}
    told = ConditionReport.objects.filter(pk__in=[pk for pair in pairs for pk in pair])
    by_id = {row[0]: Side(*row) for row in told.values_list("pk", "source__name", "damage_grade")}
    return {used: [by_id[used], by_id[rival]] for used, rival in pairs}


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
        return _matching(monuments, moment, lambda held: held.damage_grade in wanted)
    rows = _rows(moment).filter(monument=OuterRef("pk"))
    condition = Q(Exists(rows.filter(damage_grade__in=wanted)))
    if DamageGrade.UNKNOWN in wanted:
        condition |= ~Q(Exists(rows))
    return monuments.filter(condition)


def contested(monuments: QuerySet[Monument], wanted: bool, moment: Moment = NOW) -> QuerySet[Monument]:
    """Those monuments about which sources contradict each other at that moment, or (not `wanted`) the others."""
    if moment.known_at is not None:
        return _matching(monuments, moment, lambda held: held.contested is wanted)
    found = Exists(_rows(moment).filter(monument=OuterRef("pk"), contested=True))
    return monuments.filter(found if wanted else ~found)


def stale(monuments: QuerySet[Monument], days: int, moment: Moment = NOW) -> QuerySet[Monument]:
    """Those monuments at which nobody sure has looked for so many days before that moment, or ever."""
    last = moment.day - datetime.timedelta(days=days)
    if moment.known_at is not None:
        return _matching(monuments, moment, lambda held: held.assessed_on is None or held.assessed_on <= last)
    return monuments.exclude(Exists(_rows(moment).filter(monument=OuterRef("pk"), assessed_on__gt=last)))


def longest_not_assessed_first(monuments: QuerySet[Monument], moment: Moment = NOW) -> QuerySet[Monument]:
    """In order of the last assessment by today's knowledge; those that nobody ever looked at come first."""
    assessed = _rows(moment).filter(monument=OuterRef("pk")).values("assessed_on")[:1]
    never = Value(datetime.date.min)
    return monuments.annotate(assessed_on=Coalesce(Subquery(assessed), never)).order_by("assessed_on", "slug")


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


def explain(
    monument: UUID, moment: Moment = NOW, user: PermissionsMixin | AnonymousUser = EVERYBODY
) -> explanation.Explanation:
    """Why the monument's status at that moment is what it is, by the published reports that `user` may read."""
    from reports.conditions.models import ConditionReport

    told = ConditionReport.objects.filter(monument=monument).visible_to(user)
    told = told.told_by(Moment(known_at=moment.known_at))
    standing = set(told.standing(moment.known_at).values_list("pk", flat=True))
    rows = list(told.select_related("source"))
    observed = {o.id: o for found in told.observations().values() for o in found}
    accounts = [
        explanation.Account(
            observation=observed[report.pk],
            source_name=report.source.name,
            standing=_how_it_stands(report, standing, moment.known_at),
        )
        for report in rows
    ]
    return explanation.explain(accounts, moment.day)


def _how_it_stands(
    report: ConditionReport, standing: set[UUID], known_at: datetime.datetime | None
) -> explanation.Standing:
    if report.pk in standing:
        return explanation.Standing.STANDS
    if report.confidential:
        return explanation.Standing.CONFIDENTIAL
    retracted = report.retracted_at is not None and (known_at is None or report.retracted_at <= known_at)
    return explanation.Standing.RETRACTED if retracted else explanation.Standing.SUPERSEDED


def parts_spread(monument: UUID, moment: Moment = NOW) -> Counter[str]:
    """How many parts of the monument have which damage grade at that moment."""
    parts = Monument.objects.filter(parent=monument).values_list("pk", flat=True)
    return Counter(held.damage_grade for held in statuses(parts, moment).values())


def current_grade(ref: str) -> Subquery:
    """For annotating rows: the damage grade that holds today of the monument at `ref`; null: unknown."""
    from reports.conditions.models import MonumentStatus

    return Subquery(MonumentStatus.objects.current().filter(monument=OuterRef(ref)).values("damage_grade")[:1])


def grade_label(grade: str | None) -> str:
    """A grade in the reader's language."""
    return str(DamageGrade(grade or DamageGrade.UNKNOWN).label)


def worst(grades: Iterable[str]) -> str:
    """The grade of the greatest loss; unknown where none is known."""
    known = [grade for grade in grades if grade in GRADE_RANK]
    return max(known, key=GRADE_RANK.__getitem__, default=DamageGrade.UNKNOWN)


def _matching(
    monuments: QuerySet[Monument], moment: Moment, fits: Callable[[status.Status], bool]
) -> QuerySet[Monument]:
    """What was believed at a past time is derived for each; there is no index on beliefs."""
    found = statuses(monuments.values_list("pk", flat=True), moment)
    return monuments.filter(pk__in=[pk for pk, held in found.items() if fits(held)])


def _rows(moment: Moment) -> MonumentStatusQuerySet:
    from reports.conditions.models import MonumentStatus

    everything = MonumentStatus.objects.all()
    return everything.as_of(moment.as_of) if moment.as_of else everything.current()


def _believed(ids: list[UUID], day: datetime.date, known_at: datetime.datetime) -> dict[UUID, status.Status]:
    return {pk: status.at(periods, day) for pk, periods in derived(ids, known_at).items()}
