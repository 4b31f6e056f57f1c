"""What is known for a question, read from the other parts once; `writing` puts it into words."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q

from reports.conditions import queries, status
from reports.conditions.models import ConditionReport
from reports.conditions.querysets import ConditionReportQuerySet
from reports.conditions.status import Period, Status
from reports.restoration import course
from reports.restoration.models import CostEstimate, Plan
from reports.restoration.money import Sum
from reports.restoration.queries.money import GIVEN_UP, in_sum
from reports.situation.models import SituationEvent
from reports.situation_reports.question import Question
from reports.sources.models import Statement
from reports.vocabulary import STATUS_KINDS, ReportKind
from sites import visibility


@dataclass(frozen=True)
class Subject:
    """A monument with its history and the reports of the period that tell of it, oldest first."""

    number: int
    """In the table and on the plan."""
    monument: Any
    """Labelled."""
    whole: str
    """The name of the monument of which this one is a part, if it is one."""
    place: tuple[float, float] | None
    """Longitude and latitude, as far as the audience may know them."""
    is_exact: bool
    periods: list[Period]
    reports: list[ConditionReport]
    before: Status
    after: Status

    @property
    def name(self) -> str:
        return str(self.monument)

    def on(self, day: datetime.date) -> Status:
        return status.at(self.periods, day)

    @property
    def findings(self) -> list[ConditionReport]:
        """Of the reports of the period, those that may set a status."""
        return [report for report in self.reports if report.kind in STATUS_KINDS]

    @cached_property
    def has_changed(self) -> bool:
        """Whether its state at the end is another than before, or was another in between."""
        held = [self.before]
        held += [self.on(report.observed_on) for report in self.findings]
        return len({_shown(each) for each in [*held, self.after]}) > 1


def _shown(held: Status) -> tuple[str, str, str, bool]:
    return (held.damage_grade, held.condition, held.fabric_status, held.contested)


class PlanThen(NamedTuple):
    """A plan with its status and its estimates at the end of the period."""

    plan: Plan
    state: course.State
    costs: list[CostEstimate]


@dataclass(frozen=True)
class Facts:
    question: Question
    sites: list[Any]
    """Labelled, with their names and designations."""
    subjects: list[Subject]
    reports: dict[UUID, ConditionReport]
    """Those of the period, and those that the statuses at its ends rest on."""
    threats: list[ConditionReport]
    """Standing until the end of the period, the last first."""
    risks: list[ConditionReport]
    """Those of any time that say what endangers people, or whether one can go there; the last first."""
    mentioned: set[UUID]
    """The monuments of which any report tells by then, sure or not."""
    plans: list[PlanThen]
    """Voiced by the end of the period, by monument."""
    needs: list[Sum]
    """What those of them that were not given up needed, were promised and got, by currency."""
    events: list[SituationEvent]
    """Begun by the end of the period, in order of time."""

    @cached_property
    def by_monument(self) -> dict[UUID, Subject]:
        return {subject.monument.pk: subject for subject in self.subjects}

    @property
    def spread_before(self) -> Counter[str]:
        return Counter(subject.before.damage_grade for subject in self.subjects)

    @property
    def spread_after(self) -> Counter[str]:
        return Counter(subject.after.damage_grade for subject in self.subjects)

    def in_period(self, said: Statement) -> bool:
        """Whether what a statement tells of touches the period."""
        end = said.date_to
        start = said.date_from or end
        return bool(start and end and start <= self.question.period_to and end >= self.question.period_from)


def gather(question: Question) -> Facts:
    """A fixed number of queries, whatever the number of monuments."""
    monuments = list(question.monuments().labelled().select_related("site", "parent"))
    monuments.sort(key=_whole_before_parts)
    ids = [monument.pk for monument in monuments]
    histories = queries.derived(ids, question.known_at)
    told = list(_standing(question, ids).filter(date_to__gte=question.period_from).order_by("date_to", "id"))
    of_monument: dict[UUID, list[ConditionReport]] = defaultdict(list)
    for report in told:
        of_monument[report.monument_id].append(report)
    labels = {monument.pk: str(monument) for monument in monuments}
    subjects = [
        _subject(
            question,
            number=number,
            monument=monument,
            whole=labels.get(monument.parent_id, ""),
            periods=histories[monument.pk],
            reports=of_monument[monument.pk],
        )
        for number, monument in enumerate(monuments, 1)
    ]
    before = [pk for subject in subjects for pk in _resting_on(subject)]
    earlier = _standing(question, ids)
    plans = _plans(question, ids)
    return Facts(
        question=question,
        sites=list(question.sites().labelled().in_full().order_by("slug")),
        subjects=subjects,
        reports={report.pk: report for report in [*told, *earlier.filter(pk__in=before)]},
        threats=list(earlier.filter(kind=ReportKind.THREAT).order_by("-date_to", "-id")),
        risks=list(earlier.filter(_says_whether_one_can_go_there()).distinct().order_by("-date_to", "-id")),
        mentioned=set(earlier.order_by().values_list("monument", flat=True)),
        plans=plans,
        needs=_needs(question, plans),
        events=_events(question),
    )


def _whole_before_parts(monument: Any) -> tuple[str, str, bool, str]:
    whole = monument.parent or monument
    return (monument.site.slug, whole.slug, monument.parent is not None, monument.slug)


def _standing(question: Question, ids: list[UUID]) -> ConditionReportQuerySet:
    """The reports that stood, observed by the end of the period, in full."""
    reports: ConditionReportQuerySet = ConditionReport.objects.visible_to(question.reader)
    standing = reports.standing(question.known_at).filter(monument__in=ids, date_to__lte=question.period_to)
    return standing.select_related("source").prefetch_related("disturbances", "threats", "risks")


def _subject(question: Question, *, monument: Any, periods: list[Period], **known: Any) -> Subject:
    exact = visibility.shows_exactly(monument, question.reader)
    point = monument.point(exact=exact)
    return Subject(
        monument=monument,
        place=tuple(point["coordinates"]) if point else None,
        is_exact=exact,
        periods=periods,
        before=status.at(periods, question.eve),
        after=status.at(periods, question.period_to),
        **known,
    )


def _resting_on(subject: Subject) -> list[UUID]:
    held = [subject.before, subject.after]
    return [pk for each in held for pk in (each.report_id, each.rival_id) if pk]


def _says_whether_one_can_go_there() -> Q:
    return Q(risks__isnull=False) | ~Q(access="")


def _plans(question: Question, ids: list[UUID]) -> list[PlanThen]:
    """Each with what had become of it by the end of the period, and the money, by what was known."""
    at = question.known_at
    costs = CostEstimate.objects.known(at)
    plans = (
        Plan.objects.filter(monument__in=ids, created_at__lte=at)
        .select_related("source")
        .prefetch_related("steps", Prefetch("costs", queryset=costs))
    )
    found = [_plan(question, plan) for plan in plans.order_by("monument__slug", "date_to", "id")]
    return [plan for plan in found if plan]


def _plan(question: Question, plan: Plan) -> PlanThen | None:
    """None where nobody had voiced it by then. One that nobody dated was voiced when its source was."""
    day, at = question.period_to, question.known_at
    voiced = plan.date_to
    if voiced is None and plan.source_year:
        voiced = datetime.date(plan.source_year, 12, 31)
    if voiced and voiced > day:
        return None
    steps = course.standing(plan.steps.all(), at)
    # The first step of an undated plan counts from the day on which it was recorded.
    state = course.state_on(steps, day) or course.state_on(steps[:1])
    if state is None:
        return None
    # What nobody dated was said with its plan.
    costs = [cost for cost in plan.costs.all() if cost.date_to is None or cost.date_to <= day]
    replaced = {cost.replaces_id for cost in costs}
    return PlanThen(plan, state, [cost for cost in costs if cost.pk not in replaced])


def _needs(question: Question, plans: list[PlanThen]) -> list[Sum]:
    kept = [then.plan.pk for then in plans if then.state.status not in GIVEN_UP]
    return in_sum(kept, day=question.period_to, known_at=question.known_at)


def _events(question: Question) -> list[SituationEvent]:
    events = SituationEvent.objects.in_full().filter(site__in=question.sites())
    told = events.standing(question.known_at).until(question.period_to)
    return sorted(told, key=lambda event: (event.date_from or event.date_to, event.pk))
