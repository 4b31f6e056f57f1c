"""The story of a site: control, fighting, displacement, damage, works and words in one line of time, the newest first.

Each kind of thing is asked for a page of its own rows after the cursor, and these are merged: how long the story is
does not matter. What is told is public.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.conditions.models import ConditionReport, MonumentStatus
from reports.conditions.queries import NOW
from reports.conditions.querysets import Moment
from reports.restoration.queries import statements_then, steps_then
from reports.situation.models import SituationEvent
from reports.situation.queries import HazardShown, Shown, situations
from reports.situation.vocabulary import EventKind
from reports.vocabulary import STATUS_KINDS
from sites.models import Monument

APART = "~"


class Strand(models.TextChoices):
    """What the story can be asked for."""

    CONTROL = "control", gettext_lazy("Control")
    FIGHTING = "fighting", gettext_lazy("Fighting and strikes")
    PEOPLE = "people", gettext_lazy("People")
    SAFETY = "safety", gettext_lazy("Hazards and access")
    DAMAGE = "damage", gettext_lazy("Damage and state")
    RESTORATION = "restoration", gettext_lazy("Restoration")
    STATEMENTS = "statements", pgettext_lazy("story", "Statements")
    OTHER = "other", gettext_lazy("Other events")


KINDS = {
    Strand.CONTROL: [EventKind.CONTROL, EventKind.AGREEMENT],
    Strand.FIGHTING: [EventKind.FIGHTING, EventKind.AIR_STRIKE],
    Strand.PEOPLE: [EventKind.DISPLACEMENT, EventKind.CASUALTY],
    Strand.SAFETY: [EventKind.HAZARD, EventKind.CLEARANCE, EventKind.ACCESS],
    Strand.DAMAGE: [
        EventKind.DAMAGE_NEARBY,
        EventKind.LOOTING,
        EventKind.ILLEGAL_DIGGING,
        EventKind.NATURAL_DISASTER,
    ],
    Strand.STATEMENTS: [EventKind.STATEMENT],
    Strand.OTHER: [EventKind.MISSION, EventKind.DESIGNATION, EventKind.DEVELOPMENT, EventKind.OTHER],
}
"""Of the events of a site, which belong to which strand."""


class Told(NamedTuple):
    """One thing of the story. `row`: an event, a report, a step of a plan or a statement."""

    on: datetime.date
    source: int
    row: Any
    contested: bool = False

    @property
    def what(self) -> str:
        """Which part of the page shows it."""
        return SOURCES[self.source].what

    @property
    def strand(self) -> str:
        if self.what != "event":
            return {"report": Strand.DAMAGE, "step": Strand.RESTORATION}.get(self.what, Strand.STATEMENTS)
        return next(strand for strand, kinds in KINDS.items() if self.row.kind in kinds)

    @property
    def strand_label(self) -> str:
        return str(Strand(self.strand).label)


class Page(NamedTuple):
    rows: list[Told]
    next: str
    """The cursor of what is older; empty where there is nothing."""


def of_site(
    site: UUID, strands: Collection[str] = (), moment: Moment = NOW, *, after: str = "", size: int = 30
) -> Page:
    """What had happened by that moment as it was known then; of all strands, where none is given.

    A fixed number of queries. Raises ValidationError on a cursor that is none.
    """
    cursor = _read(after)
    found: list[Told] = []
    for number, source in enumerate(SOURCES):
        rows = source.rows(site, frozenset(strands) or frozenset(Strand.values), moment)
        if rows is None:
            continue
        page = rows.filter(_older(number, cursor)).order_by("-told_on", "-pk")
        found += [Told(row.told_on, number, row) for row in page[: size + 1]]
    found.sort(key=lambda told: (told.on, -told.source, told.row.pk), reverse=True)
    rows_of_page = found[:size]
    last = rows_of_page[-1] if len(found) > size else None
    return Page(_marked(site, rows_of_page, moment), _write(last) if last else "")


def _events(site: UUID, strands: Collection[str], moment: Moment) -> QuerySet | None:
    kinds = [kind for strand in strands for kind in KINDS.get(Strand(strand), [])]
    standing = SituationEvent.objects.in_full().filter(site=site, kind__in=kinds).of_moment(moment)
    return standing.annotate(told_on=F("date_to")) if kinds else None


def _reports(site: UUID, strands: Collection[str], moment: Moment) -> QuerySet | None:
    """Confidential ones never stand."""
    if Strand.DAMAGE not in strands:
        return None
    standing = ConditionReport.objects.filter(monument__site=site, kind__in=STATUS_KINDS).standing(moment.known_at)
    told = standing.annotate(told_on=F("date_to")).filter(told_on__lte=moment.day)
    return told.select_related("source").prefetch_related(_labelled("monument"))


def _steps(site: UUID, strands: Collection[str], moment: Moment) -> QuerySet | None:
    if Strand.RESTORATION not in strands:
        return None
    standing = steps_then(moment).filter(plan__site=site)
    return standing.select_related("source", "plan").prefetch_related(_labelled("plan__monument"))


def _statements(site: UUID, strands: Collection[str], moment: Moment) -> QuerySet | None:
    if Strand.STATEMENTS not in strands:
        return None
    told = statements_then(moment).filter(monument__site=site)
    return told.select_related("source").prefetch_related(_labelled("monument"))


class Source(NamedTuple):
    what: str
    rows: Callable[[UUID, Collection[str], Moment], QuerySet | None]
    """Annotated with `told_on`, the day on which it stands in the story; None where it has nothing of the strands."""


SOURCES = (
    Source("event", _events),
    Source("report", _reports),
    Source("step", _steps),
    Source("statement", _statements),
)
"""In this order on the same day."""


def _labelled(name: str) -> Prefetch:
    return Prefetch(name, queryset=Monument.objects.labelled())


def _marked(site: UUID, rows: list[Told], moment: Moment) -> list[Told]:
    """With what is contested: by another report, by another event, or the plan itself."""
    reports = [told.row.pk for told in rows if told.what == "report"]
    pairs = MonumentStatus.objects.filter(Q(report__in=reports) | Q(rival__in=reports), contested=True)
    disputed = {pk for pair in pairs.values_list("report", "rival") for pk in pair} if reports else set()
    if any(told.what == "event" for told in rows):
        disputed |= _disputed_events(site, moment)
    return [told._replace(contested=_is_contested(told, disputed)) for told in rows]


def _disputed_events(site: UUID, moment: Moment) -> set[UUID]:
    held = situations([site], moment)[site]
    answers: list[Shown | HazardShown] = [held.control, held.access, held.people, *held.hazards]
    events = [event for answer in answers if answer.contested for event in (answer.event, *answer.rivals)]
    return {event.pk for event in events if event}


def _is_contested(told: Told, disputed: Collection[UUID]) -> bool:
    return told.row.pk in disputed or (told.what == "step" and told.row.plan.contested)


class Cursor(NamedTuple):
    on: datetime.date
    source: int
    key: UUID


def _older(number: int, cursor: Cursor | None) -> Q:
    """What comes after the cursor of the rows of the source with this number."""
    if cursor is None:
        return Q()
    same_day = Q(told_on=cursor.on)
    if number == cursor.source:
        return Q(told_on__lt=cursor.on) | (same_day & Q(pk__lt=cursor.key))
    return Q(told_on__lt=cursor.on) | same_day if number > cursor.source else Q(told_on__lt=cursor.on)


def _write(told: Told) -> str:
    return APART.join((told.on.isoformat(), str(told.source), str(told.row.pk)))


def _read(text: str) -> Cursor | None:
    if not text:
        return None
    try:
        day, source, key = text.split(APART)
        return Cursor(datetime.date.fromisoformat(day), int(source), UUID(key))
    except ValueError as error:
        raise ValidationError(_("This page of the list is not known; start from its beginning.")) from error
