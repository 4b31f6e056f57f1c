"""The prospect of a monument in one word, from its state, its plans and what people say of it. Pure.

docs/restoration.md has the rule as a table.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from reports.conditions.status import Period
from reports.restoration.vocabulary import RESTORING, Feasibility, Phase, PlanStatus, Word
from reports.vocabulary import COUNTING, GRADE_RANK, DamageGrade

SLIGHT, DESTROYED = GRADE_RANK[DamageGrade.SLIGHT], GRADE_RANK[DamageGrade.DESTROYED]
STANDS = GRADE_RANK[DamageGrade.SEVERE]
"""Up to this rank it stands, so that words alone do not make it lost."""
AGREED = {PlanStatus.APPROVED, PlanStatus.FUNDED}
ALIVE = {PlanStatus.HOPED, PlanStatus.PROPOSED, PlanStatus.UNDER_STUDY, PlanStatus.SUBMITTED, *AGREED}
AGAINST = {Word.LOST, Word.UNCERTAIN}


class Scheme(NamedTuple):
    """A plan on the day that is asked about."""

    id: UUID
    status: str
    phase: str
    on: datetime.date
    """From which day on it has this status."""
    certainty: str
    of_a_part: bool = False
    feasibility: str = ""
    contested: bool = False

    @property
    def restores(self) -> bool:
        """Whether it gives back something of what was lost."""
        return self.phase in RESTORING

    @property
    def gives_hope(self) -> bool:
        """A living plan, or works that secure and record what is left."""
        if self.phase == Phase.PRESENTATION_MAINTENANCE or self.feasibility == Feasibility.NOT_FEASIBLE:
            return False
        return self.status in ALIVE or self.status == PlanStatus.IN_PROGRESS


class Saying(NamedTuple):
    """What somebody said of its prospects."""

    id: UUID
    speaker: str
    word: str
    on: datetime.date
    certainty: str


class Outlook(NamedTuple):
    """The word; empty where there is nothing to restore. The keys are those of plans and statements."""

    word: str
    plans: tuple[UUID, ...] = ()
    """On which it rests."""
    statements: tuple[UUID, ...] = ()
    """The last sure one of each speaker, the newest first."""
    contested: bool = False
    """Somebody who is sure says otherwise, or a plan on which it rests is contested."""


def derive(periods: Sequence[Period], schemes: Iterable[Scheme], sayings: Iterable[Saying]) -> Outlook:
    """The prospect on the last day of `periods`; the same whatever the order of plans and statements.

    `periods` are those of the monument until the day, oldest first. Only what is said with a certainty of
    medium or more counts.
    """
    rank = periods[-1].status.rank if periods else None
    sure = sorted((one for one in schemes if one.certainty in COUNTING), key=lambda one: (one.on, one.id))
    voices = _last_of_each(sayings)
    word, resting_on = _by_plans(rank, _last_loss(periods), sure)
    if not word:
        word, resting_on = _by_hopes(rank, [one for one in sure if one.gives_hope], voices)
    return Outlook(
        word=word,
        plans=tuple(one.id for one in resting_on),
        statements=tuple(voice.id for voice in voices),
        contested=any(one.contested for one in resting_on) or _disagree(word, voices),
    )


def _by_plans(rank: int | None, lost_on: datetime.date, sure: Sequence[Scheme]) -> tuple[str, list[Scheme]]:
    """What works and decisions say; they weigh more than words."""
    restoring = [one for one in sure if one.restores]
    done = [one for one in restoring if one.status == PlanStatus.COMPLETED and one.on >= lost_on]
    whole = [one for one in done if not one.of_a_part]
    if whole and rank is not None and rank <= SLIGHT:
        return Word.RESTORED, whole
    if works := [one for one in restoring if one.status == PlanStatus.IN_PROGRESS]:
        return Word.UNDER_WAY, works
    if done:
        return Word.RESTORED_IN_PART, done
    if agreed := [one for one in restoring if one.status in AGREED]:
        return Word.PLANNED, agreed
    return "", []


def _by_hopes(rank: int | None, hopes: list[Scheme], voices: Sequence[Saying]) -> tuple[str, list[Scheme]]:
    """What is wished, proposed and said; the newest of it counts."""
    newest = voices[0] if voices else None
    if newest and newest.word in AGAINST and all(newest.on > hope.on for hope in hopes):
        stands = rank is not None and rank <= STANDS
        lost = newest.word == Word.LOST and not hopes and not stands
        return (Word.LOST if lost else Word.UNCERTAIN), hopes
    if hopes or newest:
        return Word.HOPEFUL, hopes
    if rank == DESTROYED:
        return Word.LOST, []
    return ("" if rank is not None and rank <= SLIGHT else Word.UNCERTAIN), []


def _last_loss(periods: Sequence[Period]) -> datetime.date:
    """The day on which it last became worse; works that ended before do not count any more."""
    worse, known = datetime.date.min, None
    for period in periods:
        rank = period.status.rank
        if rank is not None and (rank > known if known is not None else rank == DESTROYED):
            worse = period.valid_from
        known = known if rank is None else rank
    return worse


def _last_of_each(sayings: Iterable[Saying]) -> list[Saying]:
    """The last sure word of each speaker, the newest first."""
    sure = sorted((one for one in sayings if one.certainty in COUNTING), key=lambda one: (one.on, one.id))
    last = {one.speaker: one for one in sure}
    return sorted(last.values(), key=lambda one: (one.on, one.id), reverse=True)


def _disagree(word: str, voices: Sequence[Saying]) -> bool:
    against = [voice.word in AGAINST for voice in voices]
    return any(against) and (not all(against) or word not in AGAINST)
