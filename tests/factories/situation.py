from __future__ import annotations

import datetime
from typing import Any

import factory

from reports.situation import actions
from reports.situation.models import AccessLevel, EventKind, Outcome, Party, SituationEvent
from reports.vocabulary import Certainty, Danger
from sites.vocabulary import DatePrecision
from tests.factories.accounts import EditorFactory
from tests.factories.conditions import SourceFactory
from tests.factories.sites import SiteFactory


class PartyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Party

    slug = factory.Sequence(lambda n: f"party-{n}")
    english = factory.Sequence(lambda n: f"Party {n}")
    arabic = factory.Sequence(lambda n: f"الطرف {n}")
    french = factory.Sequence(lambda n: f"Partie {n}")


def _of(kind: EventKind, value: Any) -> Any:
    """A typed field's usual value, of the kind that has it."""
    return factory.LazyAttribute(lambda event: value if event.kind == kind else "")


class SituationEventFactory(factory.django.DjangoModelFactory):
    """Valid for each kind: its own fields are filled in."""

    class Meta:
        model = SituationEvent

    site = factory.SubFactory(SiteFactory)
    kind = EventKind.CONTROL
    text = "Retaken."
    date_to = datetime.date(2016, 3, 27)
    date_from = factory.SelfAttribute("date_to")
    date_precision = DatePrecision.DAY
    source = factory.SubFactory(SourceFactory)
    certainty = Certainty.HIGH
    to_party = factory.Maybe(
        factory.LazyAttribute(lambda event: event.kind == EventKind.CONTROL), factory.SubFactory(PartyFactory)
    )
    access = _of(EventKind.ACCESS, AccessLevel.CLOSED)
    danger = _of(EventKind.HAZARD, Danger.MINES)
    outcome = _of(EventKind.CLEARANCE, Outcome.ENDED)
    clears = factory.Maybe(
        factory.LazyAttribute(lambda event: event.kind == EventKind.CLEARANCE),
        factory.SubFactory("tests.factories.situation.HazardFactory", site=factory.SelfAttribute("..site")),
    )


class HazardFactory(SituationEventFactory):
    kind = EventKind.HAZARD
    text = "Mines in the ruins."


def record(*, by: Any = None, **facts: Any) -> SituationEvent:
    """An event that somebody has entered, so that those have heard of it who asked to."""
    facts = {"site": facts.get("site") or SiteFactory(), "source": facts.get("source") or SourceFactory()} | facts
    if facts.get("kind", EventKind.CONTROL) == EventKind.CONTROL:
        facts.setdefault("to_party", PartyFactory())
    event = SituationEventFactory.build(**facts)
    return actions.record(event, by=by or EditorFactory())
