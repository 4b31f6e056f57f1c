"""Reading reports and statuses."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from reports.conditions import explanation, status
from reports.conditions.querysets import Moment, MonumentStatusQuerySet
from reports.vocabulary import GRADE_RANK, DamageGrade
from sites.models import Monument
from sites.queries import EVERYBODY

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

    from reports.conditions.models import ConditionReport


NOW = Moment()


STALE_DAYS = 180
"""What nobody sure has looked at for so long is shown as not assessed for long."""


DERIVED_AT_ONCE = 1_000


def statuses(monuments: Iterable[UUID], moment: Moment = NOW) -> dict[UUID, status.Status]:
    """The status of each monument at that moment; `status.UNKNOWN` where nothing counted. One query today."""
    ids = list(monuments)
    rows = status_rows(moment).filter(monument__in=ids).order_by().values_list("monument_id", *status.FIELDS)
    found = {pk: status.Status(**dict(zip(status.FIELDS, held, strict=True))) for pk, *held in rows}
    if moment.known_at is not None:
        found |= beliefs(Monument.objects.filter(pk__in=ids), moment)
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
    rows = status_rows(moment).filter(monument__site__in=counts).exclude(damage_grade=DamageGrade.UNKNOWN)
    for site, grade, number in rows.order_by().values_list("monument__site", "damage_grade").annotate(Count("pk")):
        counts[site][grade] = number
        counts[site][DamageGrade.UNKNOWN] -= number
    return counts


def of_grade(monuments: QuerySet[Monument], grades: Iterable[str], moment: Moment = NOW) -> QuerySet[Monument]:
    """Those monuments whose damage grade at that moment is one of `grades`."""
    wanted = set(grades)
    rows = status_rows(moment).filter(monument=OuterRef("pk"))
    condition = Q(Exists(rows.filter(damage_grade__in=wanted)))
    if DamageGrade.UNKNOWN in wanted:
        condition |= ~Q(Exists(rows))
    return _holding(monuments, moment, condition, lambda held: held.damage_grade in wanted)


def of_condition(monuments: QuerySet[Monument], conditions: Iterable[str], moment: Moment = NOW) -> QuerySet[Monument]:
    """Those monuments whose condition at that moment is one of these; `unknown` is none of them."""
    wanted = set(conditions)
    found = Q(Exists(status_rows(moment).filter(monument=OuterRef("pk"), condition__in=wanted)))
    return _holding(monuments, moment, found, lambda held: held.condition in wanted)


def contested(monuments: QuerySet[Monument], wanted: bool, moment: Moment = NOW) -> QuerySet[Monument]:
    """Those monuments about which sources contradict each other at that moment, or (not `wanted`) the others."""
    found = Q(Exists(status_rows(moment).filter(monument=OuterRef("pk"), contested=True)))
    return _holding(monuments, moment, found if wanted else ~found, lambda held: held.contested is wanted)


def disputed(reports: QuerySet[ConditionReport], wanted: bool, moment: Moment = NOW) -> QuerySet[ConditionReport]:
    """Those reports that are one side of a contradiction at that moment, or (not `wanted`) the others."""
    rows = status_rows(moment).filter(contested=True, monument=OuterRef("monument"))
    side = Q(report=OuterRef("pk")) | Q(rival=OuterRef("pk"))
    if moment.known_at is None:
        found = Q(Exists(rows.filter(side)))
    else:
        believed = beliefs(Monument.objects.all(), moment).values()
        sides = {pk for held in believed if held.contested for pk in (held.report_id, held.rival_id)}
        anew = told_anew(moment.known_at, of="monument")
        found = Q(Exists(rows.filter(side))) & ~Q(anew) | Q(pk__in=sides)
    return reports.filter(found if wanted else ~found)


def stale(monuments: QuerySet[Monument], days: int, moment: Moment = NOW) -> QuerySet[Monument]:
    """Those monuments at which nobody sure has looked for so many days before that moment, or ever."""
    last = moment.day - datetime.timedelta(days=days)
    looked_at = Q(Exists(status_rows(moment).filter(monument=OuterRef("pk"), assessed_on__gt=last)))
    return _holding(monuments, moment, ~looked_at, lambda held: held.assessed_on is None or held.assessed_on <= last)


def longest_not_assessed_first(monuments: QuerySet[Monument], moment: Moment = NOW) -> QuerySet[Monument]:
    """In order of the last assessment by today's knowledge; those that nobody ever looked at come first."""
    assessed = status_rows(moment).filter(monument=OuterRef("pk")).values("assessed_on")[:1]
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


def current(ref: str, field: str) -> Subquery:
    """For annotating rows: a field of the status that holds today of the monument at `ref`; null: nothing is known."""
    from reports.conditions.models import MonumentStatus

    return Subquery(MonumentStatus.objects.current().filter(monument=OuterRef(ref)).values(field)[:1])


def grade_label(grade: str | None) -> str:
    """A grade in the reader's language."""
    return str(DamageGrade(grade or DamageGrade.UNKNOWN).label)


def worst(grades: Iterable[str]) -> str:
    """The grade of the greatest loss; unknown where none is known."""
    known = [grade for grade in grades if grade in GRADE_RANK]
    return max(known, key=GRADE_RANK.__getitem__, default=DamageGrade.UNKNOWN)


def told_anew(known_at: datetime.datetime, of: str = "pk") -> Exists:
    """Of monuments (or rows with one at `of`): whether it was told of, or that taken back, after that time.

    Where none were, what is known now of a day was known then.
    """
    from reports.conditions.models import ConditionReport

    told = ConditionReport.objects.filter(monument=OuterRef(of))
    return Exists(told.filter(Q(published_at__gt=known_at) | Q(retracted_at__gt=known_at)))


def beliefs(monuments: QuerySet[Monument], moment: Moment) -> dict[UUID, status.Status]:
    """Of a moment with `known_at`: what was believed of those of the monuments that were told of anew since."""
    if moment.known_at is None:
        return {}
    found: dict[UUID, status.Status] = {}
    anew = monuments.filter(told_anew(moment.known_at)).prefetch_related(None)
    keys = anew.order_by().values_list("pk", flat=True).iterator()
    while some := list(islice(keys, DERIVED_AT_ONCE)):
        periods = derived(some, moment.known_at)
        found.update({pk: status.at(held, moment.day) for pk, held in periods.items()})
    return found


def _holding(
    monuments: QuerySet[Monument], moment: Moment, condition: Q, fits: Callable[[status.Status], bool]
) -> QuerySet[Monument]:
    """Those of which the condition holds; what was believed otherwise at a past time is derived and asked `fits`."""
    if moment.known_at is None:
        return monuments.filter(condition)
    fitting = [pk for pk, held in beliefs(monuments, moment).items() if fits(held)]
    return monuments.filter((condition & ~Q(told_anew(moment.known_at))) | Q(pk__in=fitting))


def status_rows(moment: Moment) -> MonumentStatusQuerySet:
    """The kept periods that hold at that moment, by what is known now."""
    from reports.conditions.models import MonumentStatus

    everything = MonumentStatus.objects.all()
    return everything.current() if moment == NOW else everything.as_of(moment.day)
