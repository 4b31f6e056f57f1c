"""Reading prospects: the word for each monument at a moment, with what it rests on."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from reports.conditions import queries
from reports.conditions.querysets import Moment
from reports.conditions.status import Period, Status
from reports.restoration import course, prospect
from reports.restoration.models import Plan, ProspectStatement
from reports.restoration.vocabulary import PlanStatus, Word
from reports.vocabulary import DamageGrade
from sites.models import Monument
from sites.queries import MonumentQuerySet


class PlanThen(NamedTuple):
    """A plan as it was at the moment."""

    plan: Plan
    state: course.State

    @property
    def text(self) -> str:
        """Its status and since when, as exactly as the source says."""
        when = course.when(self.state.step) or str(self.state.step.source_year or "")
        facts = {"status": self.state.status_label, "when": when}
        if not when:
            return self.state.status_label
        if self.state.status in {PlanStatus.COMPLETED, PlanStatus.REJECTED, PlanStatus.ABANDONED}:
            return _("%(status)s: %(when)s") % facts
        return _("%(status)s since %(when)s") % facts


class Prospect(NamedTuple):
    """The word for the public, and its reasons. The word is empty where there is nothing to restore."""

    word: str
    contested: bool
    plans: list[PlanThen]
    statements: list[ProspectStatement]
    grade: str

    @property
    def label(self) -> str:
        return str(Word(self.word).label) if self.word else _("Nothing to restore")

    @property
    def state_reason(self) -> str:
        """Where nobody plans and nobody says anything, the state itself is the reason."""
        if self.plans or self.statements:
            return ""
        if self.word == Word.LOST:
            return _("It no longer stands, and nobody has voiced a plan or a hope.")
        if self.word == Word.UNCERTAIN:
            return _("Nobody who is sure has said what could be done.")
        return _("It is undamaged, or almost.")


def prospects(monuments: Iterable[UUID], moment: Moment = queries.NOW) -> dict[UUID, Prospect]:
    """The prospect of each monument at that moment. A fixed number of queries."""
    ids = list(monuments)
    periods = queries.derived(ids, moment.known_at) if moment.known_at else queries.histories(ids)
    plans, said = _plans(ids, moment), _statements(ids, moment)
    return {pk: _prospect(_until(periods[pk], moment.day), plans[pk], said[pk]) for pk in ids}


def of_prospect(monuments: MonumentQuerySet, words: Collection[str], moment: Moment = queries.NOW) -> MonumentQuerySet:
    """Those of which one of these words holds at that moment; empty: nothing to restore.

    Where nobody plans or says anything the state alone decides, in the database; the others are derived.
    """
    planned = Q(plans__isnull=False) | Q(further_plans__isnull=False) | Q(prospects__isnull=False)
    spoken_of = Monument.objects.filter(planned).order_by()
    derived = prospects(set(monuments.filter(pk__in=spoken_of).values_list("pk", flat=True)), moment)
    fitting = [pk for pk, found in derived.items() if found.word in words]
    grades = [grade for grade in DamageGrade.values if _word_of_state(grade) in words]
    silent = queries.of_grade(Monument.objects.exclude(pk__in=spoken_of), grades, moment)
    return monuments.filter(Q(pk__in=fitting) | Q(pk__in=silent.values("pk")))


def _word_of_state(grade: str) -> str:
    """The word where nobody plans or says anything."""
    status = Status(damage_grade=grade)
    return prospect.derive([Period(datetime.date.min, None, status)], [], []).word


def plans_of(monument: Monument, moment: Moment = queries.NOW) -> list[PlanThen]:
    """Those that concern a monument and had been voiced by then, as they were, with what a list shows of each."""
    rows = Plan.objects.in_full().about(monument)
    if moment.known_at:
        rows = rows.filter(created_at__lte=moment.known_at)
    then = ((plan, _state(plan, moment)) for plan in rows.prefetch_related("steps"))
    return [PlanThen(plan, state) for plan, state in then if state]


def statements(monument: UUID, moment: Moment = queries.NOW) -> list[ProspectStatement]:
    """What people had said by then, the newest first, sure or not. One query."""
    said = _statements([monument], moment)[monument]
    return sorted(said, key=lambda one: (one.counts_from, one.pk), reverse=True)


def _prospect(periods: list[Period], plans: list[PlanThen], said: list[ProspectStatement]) -> Prospect:
    found = prospect.derive(periods, [_scheme(one) for one in plans], [_saying(one) for one in said])
    plan_of, said_of = {one.plan.pk: one for one in plans}, {one.pk: one for one in said}
    return Prospect(
        word=found.word,
        contested=found.contested,
        plans=[plan_of[pk] for pk in found.plans],
        statements=[said_of[pk] for pk in found.statements],
        grade=periods[-1].status.damage_grade if periods else DamageGrade.UNKNOWN,
    )


def _until(periods: list[Period], day: datetime.date) -> list[Period]:
    return [period for period in periods if period.valid_from <= day]


def _plans(ids: list[UUID], moment: Moment) -> Mapping[UUID, list[PlanThen]]:
    """Those that concern each monument, alone or with others, as they were."""
    rows = Plan.objects.filter(Q(monument__in=ids) | Q(further_monuments__in=ids)).distinct()
    if moment.known_at:
        rows = rows.filter(created_at__lte=moment.known_at)
    found: dict[UUID, list[PlanThen]] = defaultdict(list)
    for plan in rows.select_related("source").prefetch_related("steps", "further_monuments"):
        state = _state(plan, moment)
        if state is None:
            continue
        for monument in {plan.monument_id, *(other.pk for other in plan.further_monuments.all())}:
            if monument:
                found[monument].append(PlanThen(plan, state))
    return found


def _state(plan: Plan, moment: Moment) -> course.State | None:
    return course.state_on(course.standing(plan.steps.all(), moment.known_at), moment.day)


def _statements(ids: list[UUID], moment: Moment) -> Mapping[UUID, list[ProspectStatement]]:
    found: dict[UUID, list[ProspectStatement]] = defaultdict(list)
    rows = ProspectStatement.objects.known(moment.known_at).filter(monument__in=ids).select_related("source")
    for row in rows:
        if row.counts_from <= moment.day:
            found[row.monument_id].append(row)
    return found


def _scheme(then: PlanThen) -> prospect.Scheme:
    return prospect.Scheme(
        id=then.plan.pk,
        status=then.state.status,
        phase=then.state.phase,
        on=then.state.status_on,
        certainty=then.state.step.certainty,
        of_a_part=bool(then.plan.part),
        feasibility=then.plan.feasibility,
        contested=then.plan.contested,
    )


def _saying(said: ProspectStatement) -> prospect.Saying:
    return prospect.Saying(said.pk, said.speaker, said.supports, said.counts_from, said.certainty)
