"""What the situation of a site was on a day, by the events that stand. Pure: no database, no clock.

docs/situation.md states the rule as a table; this file is that table in code.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.situation.vocabulary import GRAVITY, KILLS, STRICTNESS, AccessLevel, EventKind, Outcome
from reports.vocabulary import CERTAINTY_RANK, COUNTING

SAME_TIME_DAYS = 3
"""Statements at most so many days apart are of the same time: a front moves in days."""
PEOPLE_SAME_TIME_DAYS = 31
PEOPLE_DIFFER_BY = 1.5
"""Two counts of people contradict each other when the greater is more than so many times the lesser."""


class Why(models.TextChoices):
    """The line of docs/situation.md that gave an answer."""

    NOTHING = "nothing", _("Nobody sure has said anything of it.")
    LATEST = "latest", _("The sure statement of the latest time is used.")
    CONTESTED = "contested", _("Two sources contradict each other about the same time; both are shown.")
    STRICTER = "stricter", _("Two sources contradict each other about the same time; the stricter is used.")
    NOT_CLEARED = "not_cleared", _("Nobody sure has said that it was cleared.")
    REDUCED = "reduced", _("It was cleared in part, and not declared ended.")
    CLEARANCE_CONTESTED = "clearance_contested", _("One source says that it was cleared, another that it goes on.")
    UNCONFIRMED = "unconfirmed", _("Said by a source that is not sure, and not confirmed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One standing event, reduced to what the rule reads."""

    id: UUID
    kind: str
    source: UUID
    certainty: str
    date_from: datetime.date | None
    date_to: datetime.date
    recorded_at: datetime.datetime
    monument: UUID | None = None
    from_party: UUID | None = None
    to_party: UUID | None = None
    access: str = ""
    population_now: int | None = None
    danger: str = ""
    clears: UUID | None = None
    """The standing hazard; that of a correction, where the hazard was corrected since."""
    outcome: str = ""

    @property
    def begins(self) -> datetime.date:
        """The first day that it can mean."""
        return self.date_from or self.date_to

    @property
    def is_sure(self) -> bool:
        return self.certainty in COUNTING


class Answer(NamedTuple):
    """What is held true, by which event, against which others."""

    value: Any = None
    """A party's key, an `AccessLevel`, or a number of people; None where nothing counts."""
    event: UUID | None = None
    rivals: tuple[UUID, ...] = ()
    unconfirmed: tuple[UUID, ...] = ()
    """Unsure events of the same time or later that say something else."""
    why: Why = Why.NOTHING

    @property
    def contested(self) -> bool:
        return bool(self.rivals)


class Hazard(NamedTuple):
    """A danger in force."""

    danger: str
    event: UUID
    monument: UUID | None
    confirmed: bool
    cleared_by: UUID | None
    """The last clearance of it: one in part, or one that is contested."""
    rivals: tuple[UUID, ...]
    why: Why

    @property
    def contested(self) -> bool:
        return bool(self.rivals)

    @property
    def kills(self) -> bool:
        """Nobody may go near it without having been told."""
        return self.danger in KILLS


class Picture(NamedTuple):
    control: Answer = Answer()
    access: Answer = Answer()
    people: Answer = Answer()
    hazards: tuple[Hazard, ...] = ()


def of_site(facts: Iterable[Fact], day: datetime.date) -> Picture:
    """The site as a whole on that day; its hazards are those of its monuments, too. Facts come in any order."""
    stated = list(facts)
    known = _known(stated, day)
    whole = [fact for fact in known if fact.monument is None]
    return Picture(
        control=_control(whole), access=_access(whole), people=_people(whole), hazards=_hazards(stated, known, day)
    )


def of_monument(facts: Iterable[Fact], day: datetime.date, monuments: Iterable[UUID]) -> Picture:
    """One monument (with the whole of which it is a part): its own access and hazards beside those of the site."""
    own = set(monuments)
    here = [fact for fact in facts if fact.monument is None or fact.monument in own]
    known = _known(here, day)
    scopes = {fact.monument for fact in known if fact.kind == EventKind.ACCESS}
    levels = [_access([fact for fact in known if fact.monument == scope]) for scope in scopes]
    return of_site(here, day)._replace(access=_strictest(levels))


def _known(facts: Iterable[Fact], day: datetime.date) -> list[Fact]:
    """What had happened by that day, in order of time: an event counts from the last day that it can mean."""
    return sorted((fact for fact in facts if fact.date_to <= day), key=_order)


def _order(fact: Fact) -> tuple:
    return (fact.date_to, CERTAINTY_RANK.get(fact.certainty, 0), fact.recorded_at, fact.id)


def _control(known: list[Fact]) -> Answer:
    said = [fact for fact in known if fact.kind == EventKind.CONTROL]
    return _latest(said, lambda fact: fact.to_party, _disagree_on_control, SAME_TIME_DAYS)


def _people(known: list[Fact]) -> Answer:
    said = [fact for fact in known if fact.kind == EventKind.DISPLACEMENT and fact.population_now is not None]
    return _latest(said, lambda fact: fact.population_now, _disagree_on_people, PEOPLE_SAME_TIME_DAYS)


def _access(known: list[Fact]) -> Answer:
    said = [fact for fact in known if fact.kind == EventKind.ACCESS]
    answer = _latest(said, lambda fact: fact.access, _disagree_on_access, SAME_TIME_DAYS)
    if not answer.contested:
        return answer
    sides = {fact.id: fact for fact in said if fact.id == answer.event or fact.id in answer.rivals}
    strictest = max(sides.values(), key=lambda fact: (STRICTNESS[fact.access], _order(fact)))
    others = tuple(side.id for side in sides.values() if side.access != strictest.access)
    return answer._replace(value=strictest.access, event=strictest.id, rivals=others, why=Why.STRICTER)


def _latest(
    said: list[Fact], value: Callable[[Fact], Any], disagree: Callable[[Fact, Fact], bool], days: int
) -> Answer:
    """The latest sure statement, and what other sources said of the same time."""
    sure = [fact for fact in said if fact.is_sure]
    if not sure:
        return Answer(unconfirmed=tuple(fact.id for fact in said))
    latest = sure[-1]
    last_of_source = {fact.source: fact for fact in sure}
    rivals = tuple(
        fact.id
        for fact in last_of_source.values()
        if fact.source != latest.source and (latest.date_to - fact.date_to).days <= days and disagree(fact, latest)
    )
    since = [fact for fact in said if not fact.is_sure and fact.date_to >= latest.date_to]
    unconfirmed = tuple(fact.id for fact in since if value(fact) != value(latest))
    why = Why.CONTESTED if rivals else Why.LATEST
    return Answer(value(latest), latest.id, rivals, unconfirmed, why)


def _disagree_on_control(earlier: Fact, later: Fact) -> bool:
    """Not where the later one tells that control passed from whom the earlier one says: that is a change."""
    return earlier.to_party not in {later.to_party, later.from_party}


def _disagree_on_access(earlier: Fact, later: Fact) -> bool:
    return earlier.access != later.access


def _disagree_on_people(earlier: Fact, later: Fact) -> bool:
    fewer, more = sorted([earlier.population_now or 0, later.population_now or 0])
    return more > fewer * PEOPLE_DIFFER_BY


def _strictest(levels: list[Answer]) -> Answer:
    """Of the site and of the monument, the one that lets fewer people in."""
    if not levels:
        return Answer()
    unconfirmed = tuple(pk for answer in levels for pk in answer.unconfirmed)
    return max(levels, key=_strictness)._replace(unconfirmed=unconfirmed)


def _strictness(answer: Answer) -> tuple[int, bool, UUID | int]:
    return (STRICTNESS.get(answer.value or "", -1), answer.contested, answer.event.int if answer.event else 0)


def _hazards(facts: Iterable[Fact], known: list[Fact], day: datetime.date) -> tuple[Hazard, ...]:
    """In force from the first day that the event can mean, until a sure clearance says that it ended."""
    begun = sorted((f for f in facts if f.kind == EventKind.HAZARD and f.begins <= day), key=_order)
    clearances: dict[UUID, list[Fact]] = {}
    for fact in known:
        if fact.kind == EventKind.CLEARANCE and fact.clears and fact.is_sure:
            clearances.setdefault(fact.clears, []).append(fact)
    dangers = {fact.id: fact for fact in begun}
    found = (
        _hazard(fact, clearances.get(fact.id, []), _clearances_of_same(fact, clearances, dangers)) for fact in begun
    )
    in_force = [hazard for hazard in found if hazard]
    return tuple(sorted(in_force, key=lambda hazard: (not hazard.confirmed, GRAVITY[hazard.danger])))


def _hazard(fact: Fact, clearances: list[Fact], of_same: list[Fact]) -> Hazard | None:
    last = clearances[-1] if clearances else None
    rivals = _rivals_of_clearance(last, clearances) if last else []
    ends = last is not None and last.outcome == Outcome.ENDED
    if ends and not rivals:
        return None
    if last is None:
        rivals = [
            other for other in of_same if fact.is_sure and _same_time(other, fact) and other.source != fact.source
        ]
    why = _why(fact, last, contested=bool(rivals))
    against = tuple(other.id for other in rivals)
    return Hazard(fact.danger, fact.id, fact.monument, fact.is_sure, last.id if last else None, against, why)


def _why(fact: Fact, last: Fact | None, *, contested: bool) -> Why:
    if contested:
        return Why.CLEARANCE_CONTESTED
    if last:
        return Why.REDUCED
    return Why.NOT_CLEARED if fact.is_sure else Why.UNCONFIRMED


def _rivals_of_clearance(last: Fact, clearances: list[Fact]) -> list[Fact]:
    """Clearances by other sources, of the same time and with another outcome: what one calls ended goes on."""
    return [
        other
        for other in clearances
        if other.source != last.source and other.outcome != last.outcome and _same_time(other, last)
    ]


def _clearances_of_same(fact: Fact, clearances: Mapping[UUID, list[Fact]], dangers: Mapping[UUID, Fact]) -> list[Fact]:
    """What is said to have ended the same danger at the same place, though entered of another hazard."""
    return [
        clearance
        for hazard, found in clearances.items()
        for clearance in found
        if hazard != fact.id
        and clearance.outcome == Outcome.ENDED
        and hazard in dangers
        and (dangers[hazard].danger, dangers[hazard].monument) == (fact.danger, fact.monument)
    ]


def _same_time(one: Fact, other: Fact) -> bool:
    return abs((one.date_to - other.date_to).days) <= SAME_TIME_DAYS


def acknowledgeable(access: Answer, hazards: Iterable[Hazard]) -> frozenset[UUID]:
    """The events that somebody who goes there must have acknowledged: closed access, mines, unexploded ordnance."""
    closed = {access.event} if access.value == AccessLevel.CLOSED and access.event else set()
    return frozenset(closed | {hazard.event for hazard in hazards if hazard.kills})
