"""Reading the situation: what holds at a moment, by which events, and what warns of a visit."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from reports.conditions.queries import NOW
from reports.conditions.querysets import Moment
from reports.situation import picture
from reports.situation.models import SituationEvent
from reports.situation.picture import Answer, Fact, Picture, Why
from reports.situation.vocabulary import AccessLevel, EventKind
from reports.situation.wording import number_text, safety_text
from reports.vocabulary import Danger
from sites.models import Monument

SAFETY = (EventKind.HAZARD, EventKind.CLEARANCE, EventKind.ACCESS)
PICTURED = (EventKind.CONTROL, EventKind.DISPLACEMENT, *SAFETY)


class Shown(NamedTuple):
    """An answer with its events. `value`: a `Party`, an `AccessLevel`, a number of people, or None."""

    value: Any
    event: SituationEvent | None
    rivals: list[SituationEvent]
    unconfirmed: list[SituationEvent]
    why: Why

    @property
    def contested(self) -> bool:
        return bool(self.rivals)

    @property
    def label(self) -> str:
        """The answer in the reader's language; empty where there is none."""
        if isinstance(self.value, int):
            return number_text(self.value)
        if self.value in AccessLevel.values:
            return str(AccessLevel(self.value).label)
        return str(self.value) if self.value else ""


class HazardShown(NamedTuple):
    """A danger in force with the events that it rests on."""

    danger: str
    event: SituationEvent
    confirmed: bool
    cleared_by: SituationEvent | None
    rivals: list[SituationEvent]
    why: Why
    kills: bool

    @property
    def contested(self) -> bool:
        return bool(self.rivals)

    @property
    def label(self) -> str:
        return str(Danger(self.danger).label)


class Warnings(NamedTuple):
    """What somebody must know before going there. False where there is nothing to warn of."""

    access: Shown
    hazards: list[HazardShown]
    to_acknowledge: frozenset[UUID]
    """The events (closed access, mines, unexploded ordnance) without whose acknowledgement nobody is sent."""

    def __bool__(self) -> bool:
        return bool(self.hazards) or self.limits_access or bool(self.access.unconfirmed)

    @property
    def limits_access(self) -> bool:
        return self.access.value in {AccessLevel.RESTRICTED, AccessLevel.CLOSED}

    @property
    def text(self) -> str:
        """ "access: closed; mines", in the reader's language; empty where there is nothing to warn of."""
        return safety_text(self.access.value or "", dict.fromkeys(hazard.danger for hazard in self.hazards))


class Situation(NamedTuple):
    """A site, or a monument, at a moment."""

    control: Shown
    access: Shown
    people: Shown
    hazards: list[HazardShown]
    warnings: Warnings


def situations(sites: Iterable[UUID], moment: Moment = NOW) -> dict[UUID, Situation]:
    """What holds at each site at that moment. Two queries at most."""
    told = _told(set(sites), PICTURED, moment)
    return {site: _shown(picture.of_site(facts.rows, moment.day), facts.events) for site, facts in told.items()}


def situation_of(monument: Monument, moment: Moment = NOW) -> Situation:
    """What holds for one monument: control and people are those of its site. Two queries at most."""
    told = _told({monument.site_id}, PICTURED, moment)[monument.site_id]
    return _shown(picture.of_monument(told.rows, moment.day, _family(monument)), told.events)


def warnings_of_sites(sites: Iterable[UUID], moment: Moment = NOW) -> dict[UUID, Warnings]:
    """What warns of a visit to each site, its monuments included. Two queries at most."""
    told = _told(set(sites), SAFETY, moment)
    return {
        site: _shown(picture.of_site(facts.rows, moment.day), facts.events).warnings for site, facts in told.items()
    }


def warnings_of_monuments(monuments: Iterable[Monument], moment: Moment = NOW) -> dict[UUID, Warnings]:
    """What warns of a visit to each monument: on it, its whole, and its site. Two queries at most."""
    rows = list(monuments)
    told = _told({monument.site_id for monument in rows}, SAFETY, moment)
    found = {}
    for monument in rows:
        facts = told[monument.site_id]
        seen = picture.of_monument(facts.rows, moment.day, _family(monument))
        found[monument.pk] = _shown(seen, facts.events).warnings
    return found


class _Told(NamedTuple):
    """The events of a site that stood at a moment: as the rule reads them, and as they are shown."""

    rows: list[Fact]
    events: Mapping[UUID, SituationEvent]


def _told(sites: set[UUID], kinds: Iterable[str], moment: Moment) -> dict[UUID, _Told]:
    events = list(SituationEvent.objects.filter(site__in=sites, kind__in=kinds).in_full()) if sites else []
    standing = _standing(events, moment.known_at)
    stands_for = _stands_for(standing, {event.pk: event.supersedes_id for event in events})
    found: dict[UUID, list[Fact]] = defaultdict(list)
    for event in standing:
        found[event.site_id].append(_fact(event, stands_for))
    by_id = {event.pk: event for event in standing}
    return {site: _Told(found[site], by_id) for site in sites}


def _standing(events: Iterable[SituationEvent], at: datetime.datetime | None) -> list[SituationEvent]:
    """As `standing()` of the queryset; here the corrected ones are needed as well."""
    kept = [
        event
        for event in events
        if (at is None or event.recorded_at <= at)
        and (event.retracted_at is None or (at is not None and event.retracted_at > at))
    ]
    corrected = {event.supersedes_id for event in kept}
    return [event for event in kept if event.pk not in corrected]


def _stands_for(standing: Iterable[SituationEvent], supersedes: Mapping[UUID, UUID | None]) -> dict[UUID, UUID]:
    """For what was corrected, the event that stands in its place."""
    found = {}
    for event in standing:
        former = event.supersedes_id
        while former:
            found[former] = event.pk
            former = supersedes.get(former)
    return found


def _fact(event: SituationEvent, stands_for: Mapping[UUID, UUID]) -> Fact:
    return Fact(
        id=event.pk,
        kind=event.kind,
        source=event.source_id,
        certainty=event.certainty,
        date_from=event.date_from,
        date_to=event.happened_on,
        recorded_at=event.recorded_at,
        monument=event.monument_id,
        from_party=event.from_party_id,
        to_party=event.to_party_id,
        access=event.access,
        population_now=event.population_now,
        danger=event.danger,
        clears=stands_for.get(event.clears_id, event.clears_id) if event.clears_id else None,
        outcome=event.outcome,
    )


def _shown(seen: Picture, events: Mapping[UUID, SituationEvent]) -> Situation:
    access = _answer(seen.access, events)
    hazards = [
        HazardShown(
            danger=hazard.danger,
            event=events[hazard.event],
            confirmed=hazard.confirmed,
            cleared_by=events[hazard.cleared_by] if hazard.cleared_by else None,
            rivals=[events[pk] for pk in hazard.rivals],
            why=hazard.why,
            kills=hazard.kills,
        )
        for hazard in seen.hazards
    ]
    control = _answer(seen.control, events)
    if control.event:
        control = control._replace(value=control.event.to_party)
    warnings = Warnings(access, hazards, picture.acknowledgeable(seen.access, seen.hazards))
    return Situation(control, access, _answer(seen.people, events), hazards, warnings)


def _answer(answer: Answer, events: Mapping[UUID, SituationEvent]) -> Shown:
    return Shown(
        value=answer.value,
        event=events[answer.event] if answer.event else None,
        rivals=[events[pk] for pk in answer.rivals],
        unconfirmed=[events[pk] for pk in answer.unconfirmed],
        why=answer.why,
    )


def _family(monument: Monument) -> list[UUID]:
    return [pk for pk in (monument.pk, monument.parent_id) if pk]
