"""Entering, correcting and retracting events, and what the database holds of them."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.conditions.workflow import NotAllowed, ReasonMissing, WrongState
from reports.situation import actions
from reports.situation.models import AccessLevel, EventKind, Outcome, SituationEvent
from reports.vocabulary import Danger
from sites.models import Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation import HazardFactory, PartyFactory, SituationEventFactory, record

pytestmark = pytest.mark.django_db

AREA = {
    "type": "Polygon",
    "coordinates": [[[38.2712, 34.5461], [38.2748, 34.5461], [38.2748, 34.5488], [38.2712, 34.5461]]],
}
NOWHERE = {"type": "Polygon", "coordinates": [[[200, 34], [201, 34], [201, 35], [200, 34]]]}


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_is_entered_with_its_own_fields(kind):
    SituationEventFactory(kind=kind).full_clean()


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (EventKind.CONTROL, {"to_party": None}),
        (EventKind.FIGHTING, {"danger": Danger.MINES}),
        (EventKind.FIGHTING, {"access": AccessLevel.OPEN}),
        (EventKind.FIGHTING, {"population_now": 3}),
        (EventKind.FIGHTING, {"outcome": Outcome.ENDED}),
        (EventKind.ACCESS, {"access": ""}),
        (EventKind.ACCESS, {"access": "ajar"}),
        (EventKind.HAZARD, {"danger": ""}),
        (EventKind.HAZARD, {"danger": "dragons"}),
        (EventKind.HAZARD, {"area": NOWHERE}),
        (EventKind.CLEARANCE, {"clears": None}),
        (EventKind.CLEARANCE, {"outcome": ""}),
        ("rumour", {}),
        (EventKind.OTHER, {"retraction_reason": "Why?"}),
        (EventKind.OTHER, {"cell_longitude": 38.0, "cell_latitude": 34.0}),
    ],
)
def test_the_database_refuses_a_field_of_another_kind_and_a_kind_without_its_field(kind, changes):
    event = SituationEventFactory(kind=kind if kind != "rumour" else EventKind.OTHER)

    with pytest.raises(IntegrityError), transaction.atomic():
        SituationEvent.objects.filter(pk=event.pk).update(kind=kind, **changes)


def test_control_does_not_pass_from_a_party_to_itself():
    event = SituationEventFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SituationEvent.objects.filter(pk=event.pk).update(from_party=event.to_party)


def test_a_form_hears_of_it_in_words_before_the_database_does():
    event = SituationEventFactory.build(site=SiteFactory(), source=record().source, kind=EventKind.HAZARD, danger="")

    with pytest.raises(ValidationError, match="what the danger is"):
        event.full_clean()


def test_a_party_has_a_name_in_all_three_languages():
    with pytest.raises(IntegrityError), transaction.atomic():
        PartyFactory(arabic="")


def test_an_area_keeps_the_grid_cell_that_everybody_may_know():
    hazard = record(kind=EventKind.HAZARD, area=AREA)

    assert (hazard.cell_longitude, hazard.cell_latitude) == (38.27, 34.55)


def test_only_hazards_and_clearances_have_an_area():
    with pytest.raises(ValidationError, match="Only a hazard"):
        record(area=AREA)


def test_what_has_not_happened_yet_is_refused():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    with pytest.raises(ValidationError, match="has not come yet"):
        record(date_to=tomorrow)


def test_a_month_that_is_not_over_counts_until_today():
    today = timezone.localdate()
    event = record(date_from=today.replace(day=1), date_to=today, date_precision="month")

    assert event.date_to == today


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"clears": SituationEventFactory}, "hazard of this site"),
        ({"clears": HazardFactory}, "hazard of this site"),
        ({"date_to": datetime.date(2016, 3, 26)}, "began later"),
        ({"monument": MonumentFactory}, "another site"),
    ],
)
def test_a_clearance_is_of_an_earlier_hazard_of_its_site(changes, why):
    hazard = HazardFactory()
    changes = {name: value() if callable(value) else value for name, value in changes.items()}

    with pytest.raises(ValidationError, match=why):
        record(**{"site": hazard.site, "kind": EventKind.CLEARANCE, "clears": hazard} | changes)


@pytest.mark.parametrize("role", [EditorFactory, VerifierFactory])
def test_editors_and_verifiers_enter_and_retract(role):
    person = role()
    event = actions.retract(record(by=person), by=person, reason="It was another town.")

    assert (event.recorded_by, event.retracted_by, event.retraction_reason) == (person, person, "It was another town.")


@pytest.mark.parametrize("role", [UserFactory, ReporterFactory, AdministratorFactory])
def test_others_do_neither(role):
    event = record()

    with pytest.raises(NotAllowed):
        record(by=role())
    with pytest.raises(NotAllowed):
        actions.retract(event, by=role(), reason="No.")


def test_nobody_enters_or_retracts_at_the_sites_of_others():
    event, stranger = record(), EditorFactory()
    Responsibility.objects.create(user=stranger, country="IQ")

    with pytest.raises(NotAllowed):
        record(site=event.site, by=stranger)
    with pytest.raises(NotAllowed):
        actions.retract(event, by=stranger, reason="No.")


def test_a_retraction_needs_a_reason():
    with pytest.raises(ReasonMissing):
        actions.retract(record(), by=EditorFactory(), reason=" ")


def test_what_was_corrected_or_retracted_is_done_with():
    first = record()
    correction = record(site=first.site, supersedes=first)
    actions.retract(correction, by=EditorFactory(), reason="Wrong again.")
    actions.retract(first, by=EditorFactory(), reason="Both are wrong.")

    for event in (first, correction):
        with pytest.raises(WrongState):
            actions.retract(event, by=EditorFactory(), reason="Once more.")
        with pytest.raises(WrongState):
            record(site=first.site, supersedes=event)


def test_a_correction_is_of_the_same_site():
    with pytest.raises(WrongState, match="same site"):
        record(supersedes=record())


def test_the_chain_of_corrections_has_no_forks():
    first = record()
    record(site=first.site, supersedes=first)

    with pytest.raises(IntegrityError), transaction.atomic():
        SituationEventFactory(site=first.site, supersedes=first)


def test_every_moment_knows_what_stood_then():
    first = record()
    before = timezone.now()
    correction = record(site=first.site, supersedes=first)
    between = timezone.now()
    actions.retract(correction, by=EditorFactory(), reason="The first was right.")

    standing = [set(SituationEvent.objects.standing(at)) for at in (before, between, None)]

    assert standing == [{first}, {correction}, {first}]
    assert not SituationEvent.objects.standing(first.recorded_at - datetime.timedelta(seconds=1))
