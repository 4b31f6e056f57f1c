"""What holds at a moment, with the events that it rests on."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.conditions.querysets import Moment
from reports.situation import actions, queries
from reports.situation.models import AccessLevel, EventKind, Outcome, SituationEvent
from tests.factories.accounts import EditorFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation import PartyFactory, SituationEventFactory, record

pytestmark = pytest.mark.django_db


def test_the_picture_of_palmyra_is_that_of_its_founding_data(palmyra):
    site = SituationEvent.objects.first().site

    def control(day):
        shown = queries.situations([site.pk], Moment(datetime.date.fromisoformat(day)))[site.pk].control
        return shown.value.slug if shown.value else None

    held = [control(day) for day in ("2015-01-01", "2015-09-15", "2016-04-15", "2017-01-01", "2018-01-01")]
    now = queries.situations([site.pk])[site.pk]

    assert held == [None, "isil", "syrian-government", "isil", "syrian-government"]
    assert now.control.value.slug == "syrian-authorities-since-2024"
    assert (now.people.event.population_before, now.people.value) == (70_000, 15_000)
    assert [(hazard.danger, hazard.why.value) for hazard in now.hazards] == [("mines", "reduced")]


def test_a_correction_takes_the_place_of_what_it_corrects():
    wrong = record(kind=EventKind.ACCESS, access=AccessLevel.OPEN)
    before = timezone.now()
    record(site=wrong.site, kind=EventKind.ACCESS, access=AccessLevel.CLOSED, supersedes=wrong)

    now, then = (queries.situations([wrong.site_id], moment) for moment in (queries.NOW, Moment(known_at=before)))

    assert now[wrong.site_id].access.value == AccessLevel.CLOSED
    assert then[wrong.site_id].access.value == AccessLevel.OPEN


def test_a_clearance_still_counts_when_its_hazard_is_corrected():
    hazard = record(kind=EventKind.HAZARD)
    record(site=hazard.site, kind=EventKind.CLEARANCE, clears=hazard, outcome=Outcome.ENDED)
    again = record(site=hazard.site, kind=EventKind.HAZARD, supersedes=hazard)
    record(site=hazard.site, kind=EventKind.HAZARD, supersedes=again)

    assert queries.warnings_of_sites([hazard.site_id])[hazard.site_id].hazards == []


def test_a_retracted_clearance_brings_the_hazard_back():
    hazard = record(kind=EventKind.HAZARD)
    cleared = record(site=hazard.site, kind=EventKind.CLEARANCE, clears=hazard, outcome=Outcome.ENDED)
    assert not queries.warnings_of_sites([hazard.site_id])[hazard.site_id]

    actions.retract(cleared, by=EditorFactory(), reason="Another road was meant.")

    assert queries.warnings_of_sites([hazard.site_id])[hazard.site_id]


def test_a_monument_is_warned_of_by_itself_its_whole_and_its_site():
    whole = MonumentFactory()
    part = MonumentFactory(site=whole.site, parent=whole)
    other = MonumentFactory(site=whole.site)
    for monument in (None, whole, other):
        SituationEventFactory(site=whole.site, monument=monument, kind=EventKind.HAZARD)

    warned = queries.warnings_of_monuments([whole, part, other])

    assert {pk: len(found.hazards) for pk, found in warned.items()} == {whole.pk: 2, part.pk: 2, other.pk: 2}


def test_open_access_alone_is_no_warning():
    event = record(kind=EventKind.ACCESS, access=AccessLevel.OPEN)

    assert not queries.warnings_of_sites([event.site_id])[event.site_id]


def test_the_number_of_places_and_events_costs_no_queries():
    def ask(number):
        monuments = [MonumentFactory() for _ in range(number)]
        for monument in monuments:
            SituationEventFactory(site=monument.site, monument=monument, kind=EventKind.HAZARD)
            SituationEventFactory(site=monument.site, kind=EventKind.ACCESS)
            SituationEventFactory(site=monument.site, from_party=PartyFactory())
        with CaptureQueriesContext(connection) as asked:
            queries.situations([monument.site_id for monument in monuments])
            queries.warnings_of_monuments(monuments)
        return len(asked)

    assert ask(1) == ask(6) <= 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.sampled_from(["record", "correct", "retract"]), max_size=9), st.data())
def test_the_database_and_the_rule_agree_on_what_stands(steps, data):
    site, editor, moments = SiteFactory(), EditorFactory(), [None]
    for step in steps:
        standing = list(SituationEvent.objects.filter(site=site).standing().order_by("id"))
        chosen = data.draw(st.sampled_from(standing)) if standing else None
        if step == "record" or chosen is None:
            record(site=site, by=editor)
        elif step == "correct":
            record(site=site, by=editor, supersedes=chosen)
        else:
            actions.retract(chosen, by=editor, reason="Wrong.")
        moments.append(timezone.now())

    events = list(SituationEvent.objects.filter(site=site))

    for at in moments:
        by_rule = {event.pk for event in queries._standing(events, at)}
        assert by_rule == set(SituationEvent.objects.filter(site=site).standing(at).values_list("pk", flat=True))
