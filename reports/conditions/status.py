"""How a monument's status follows from its published reports. Pure: no database, no clock.

docs/status.md states the rule as a table; this file is that table in code.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple
from uuid import UUID

from reports.vocabulary import (
    CERTAINTY_RANK,
    COUNTING,
    GRADE_RANK,
    STATUS_KINDS,
    Certainty,
    Condition,
    DamageGrade,
    FabricStatus,
)
from sites.dates import Span, describe

CONTEST_DAYS = 14
"""Two observations at most so many days apart are of the same time."""
CONTEST_RANKS = 2
"""Grades that differ by so many ranks contradict each other."""
CITED_TO_SETTLE = 2
"""A finding that cites so many reports takes their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One standing report, reduced to what the rule reads."""

    id: UUID
    kind: str
    damage_grade: str
    condition: str
    fabric_status: str
    certainty: str
    suspected: bool
    observed_from: datetime.date | None
    observed_on: datetime.date
    observed_precision: str
    published_at: datetime.datetime
    source: UUID
    """Whose account it is: that of the report it repeats, where an editor found it to be a copy."""
    cites: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A monument's state; `UNKNOWN` where nothing counts."""

    damage_grade: str = DamageGrade.UNKNOWN
    condition: str = Condition.UNKNOWN
    fabric_status: str = FabricStatus.ORIGINAL
    certainty: str = Certainty.NOT_APPLICABLE
    observed_from: datetime.date | None = None
    observed_on: datetime.date | None = None
    observed_precision: str = ""
    contested: bool = False
    suspected: bool = False
    report_id: UUID | None = None
    rival_id: UUID | None = None
    assessed_on: datetime.date | None = None
    """The last day on which somebody sure looked, whether or not that report is the one used."""

    @property
    def grade_label(self) -> str:
        return str(DamageGrade(self.damage_grade).label)

    @property
    def condition_label(self) -> str:
        return str(Condition(self.condition).label)

    @property
    def fabric_label(self) -> str:
        return str(FabricStatus(self.fabric_status).label)

    @property
    def certainty_label(self) -> str:
        return str(Certainty(self.certainty).label)

    @property
    def observed_text(self) -> str:
        """When the counting report saw it, in the reader's language; empty where nothing counts."""
        if self.observed_on is None:
            return ""
        return describe(Span(self.observed_from, self.observed_on, self.observed_precision))

    @property
    def rank(self) -> int | None:
        """Rank of the grade, 0 to 5; None where it is unknown."""
        return GRADE_RANK.get(self.damage_grade)


UNKNOWN = Status()
FIELDS = tuple(field.name for field in fields(Status))


class Period(NamedTuple):
    """A status and the days on which it held: from `valid_from` up to, not including, `valid_to`."""

    valid_from: datetime.date
    valid_to: datetime.date | None
    status: Status


def derive(observations: Iterable[Observation]) -> list[Period]:
    """The periods of a monument's state, in order of time; the same whatever the order of the input."""
    seen = sorted((o for o in observations if o.kind in STATUS_KINDS), key=_order)
    periods: list[Period] = []
    risen_on = datetime.date.min
    for day in sorted({o.observed_on for o in seen}):
        known = _unsettled([o for o in seen if o.observed_on <= day])
        status = _graded(known)
        last = periods[-1].status if periods else UNKNOWN
        if _rose(last, status):
            risen_on = day
        status = replace(status, condition=_condition(known, status, risen_on), fabric_status=_fabric(known))
        if status == last:
            continue
        if periods:
            periods[-1] = periods[-1]._replace(valid_to=day)
        periods.append(Period(day, None, status))
    return periods


def at(periods: Sequence[Period], day: datetime.date) -> Status:
    """The status that held on that day."""
    for period in reversed(periods):
        if period.valid_from <= day:
            return period.status
    return UNKNOWN


def current(periods: Sequence[Period]) -> Status:
    return periods[-1].status if periods else UNKNOWN


def counts(o: Observation) -> bool:
    """Whether its grade can be a status: of a kind that says so, known, and sure."""
    return o.kind in STATUS_KINDS and _sure(o) and o.damage_grade in GRADE_RANK


def settled(known: Iterable[Observation]) -> frozenset[UUID]:
    """The reports whose contradiction a sure finding among `known` has settled by citing them."""
    findings = (o.cites for o in known if counts(o) and len(o.cites) >= CITED_TO_SETTLE)
    return frozenset[UUID]().union(*findings)


def _unsettled(known: list[Observation]) -> list[Observation]:
    gone = settled(known)
    return [o for o in known if o.id not in gone]


def _order(o: Observation) -> tuple:
    return (o.observed_on, CERTAINTY_RANK.get(o.certainty, 0), o.published_at, o.id)


def _sure(o: Observation) -> bool:
    return o.certainty in COUNTING


def _graded(known: list[Observation]) -> Status:
    """Grade, contest and suspicion by what is known; condition and fabric are left open."""
    counting = [o for o in known if counts(o)]
    if not counting:
        return Status(suspected=any(_claims_damage(o) for o in known))
    latest = counting[-1]
    rival = _rival(latest, counting)
    used, other = latest, rival
    if rival and GRADE_RANK[rival.damage_grade] > GRADE_RANK[latest.damage_grade]:
        used, other = rival, latest
    return Status(
        damage_grade=used.damage_grade,
        certainty=used.certainty,
        observed_from=used.observed_from,
        observed_on=used.observed_on,
        observed_precision=used.observed_precision,
        contested=rival is not None,
        suspected=any(_claims_damage(o) for o in known if o.observed_on > latest.observed_on),
        report_id=used.id,
        rival_id=other.id if other else None,
        assessed_on=latest.observed_on,
    )


def _claims_damage(o: Observation) -> bool:
    """An unsure report that says, or suspects, that something was lost."""
    return not _sure(o) and (o.suspected or GRADE_RANK.get(o.damage_grade, 0) > 0)


def _rival(latest: Observation, counting: list[Observation]) -> Observation | None:
    """The counting report that contradicts the latest one most; of equals, the later."""
    rank = GRADE_RANK[latest.damage_grade]
    rivals = [
        (abs(GRADE_RANK[o.damage_grade] - rank), GRADE_RANK[o.damage_grade], _order(o), o)
        for o in counting
        if o.source != latest.source and (latest.observed_on - o.observed_on).days <= CONTEST_DAYS
    ]
    rivals = [rival for rival in rivals if rival[0] >= CONTEST_RANKS]
    return max(rivals, key=lambda rival: rival[:3])[-1] if rivals else None


def _rose(before: Status, after: Status) -> bool:
    """More was lost, so that what was said of the condition before is out of date."""
    if after.rank is None:
        return False
    return after.rank > (before.rank or 0)


def _condition(known: list[Observation], status: Status, risen_on: datetime.date) -> str:
    stated = [
        o.condition
        for o in known
        if _sure(o) and o.observed_on >= risen_on and o.condition not in {"", Condition.UNKNOWN}
    ]
    if stated:
        return stated[-1]
    return Condition.DESTROYED if status.damage_grade == DamageGrade.DESTROYED else Condition.UNKNOWN


def _fabric(known: list[Observation]) -> str:
    stated = [o.fabric_status for o in known if _sure(o) and o.fabric_status]
    return stated[-1] if stated else FabricStatus.ORIGINAL
