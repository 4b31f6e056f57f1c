"""The story of a site: everything in one line of time, page by page, of the chosen kinds, at any moment."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.conditions.querysets import Moment
from reports.restoration import actions
from reports.situation.vocabulary import EventKind
from reports.situation_reports import story
from reports.situation_reports.story import KINDS, Strand
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.restoration import PlanFactory, ProspectStatementFactory, StepFactory
from tests.factories.sites import MonumentFactory
from tests.factories.situation import SituationEventFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def on(year: int, month: int = 1, day: int = 1) -> dict:
    date = datetime.date(year, month, day)
    return {"date_from": date, "date_to": date, "date_precision": "day"}


@pytest.fixture
def monument():
    """With an event, a report, a plan and a statement, one a year."""
    found = MonumentFactory()
    SituationEventFactory(site=found.site, kind="control", text="Taken.", **on(2015))
    PublishedFactory(monument=found, narrative="Blown up.", **on(2016))
    PlanFactory(monument=found, title="Sorting of blocks", source_year=2017)
    ProspectStatementFactory(monument=found, words="It can be saved.", **on(2018))
    return found


def told(site, *strands, **moment) -> list[str]:
    return [one.what for one in story.of_site(site.pk, strands, Moment(**moment)).rows]


def test_the_newest_comes_first_whatever_it_is(monument):
    assert told(monument.site) == ["statement", "step", "report", "event"]


def test_what_nobody_dated_stands_at_the_end_of_the_year_of_its_source(monument):
    step = story.of_site(monument.site.pk, [Strand.RESTORATION]).rows[0]

    assert step.on == datetime.date(2017, 12, 31) == step.row.counts_from


@pytest.mark.parametrize(
    ("strand", "what"),
    [("control", "event"), ("damage", "report"), ("restoration", "step"), ("statements", "statement")],
)
def test_one_kind_alone(monument, strand, what):
    assert told(monument.site, strand) == [what]


def test_the_past_knows_nothing_later(monument):
    assert told(monument.site, as_of=datetime.date(2016, 6, 1)) == ["report", "event"]


def test_what_was_not_known_yet_is_not_told(monument):
    before = timezone.now()
    SituationEventFactory(site=monument.site, **on(2014))

    assert len(told(monument.site)) == 5
    assert len(told(monument.site, known_at=before)) == 4


def test_a_corrected_step_is_told_as_corrected(monument):
    plan = PlanFactory(monument=monument, source_year=2019)
    wrong = plan.steps.get()
    right = StepFactory.build(to_status="under_study", source=wrong.source, **on(2019, 2))

    actions.correct_step(wrong, right, by=VerifierFactory(), reason="It was February.")

    steps = [one.row.to_status for one in story.of_site(monument.site.pk, [Strand.RESTORATION]).rows]
    assert steps == ["under_study", "proposed"]


def test_reports_that_contradict_each_other_are_marked(monument):
    for grade in ("destroyed", "slight"):
        PublishedFactory(monument=monument, damage_grade=grade, **on(2020))

    rows = story.of_site(monument.site.pk, [Strand.DAMAGE]).rows

    assert [one.contested for one in rows] == [True, True, False]


def test_another_site_has_its_own_story(monument):
    assert told(MonumentFactory().site) == []


def test_every_kind_of_event_belongs_to_one_strand():
    assert sorted(kind for kinds in KINDS.values() for kind in kinds) == sorted(EventKind.values)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 6))
def test_page_after_page_tells_all_once_in_order(same_day, size):
    whole = [one.row.pk for one in story.of_site(same_day.pk).rows]

    pages, cursor = [], ""
    while cursor or not pages:
        page = story.of_site(same_day.pk, after=cursor, size=size)
        pages += [one.row.pk for one in page.rows]
        cursor = page.next

    assert pages == whole
    assert len(whole) == 8


@pytest.fixture
def same_day(monument):
    """Two of each kind, the second all on one day."""
    SituationEventFactory(site=monument.site, **on(2018))
    PublishedFactory(monument=monument, **on(2018))
    PlanFactory(monument=monument, **on(2018))
    ProspectStatementFactory(monument=monument, **on(2018))
    return monument.site


def test_the_page_filters_and_the_site_shows_the_last_of_it(client, monument):
    address = f"/sites/{monument.site.slug}/story/"

    whole, hopes = client.get(address).content.decode(), client.get(f"{address}?kind=statements").content.decode()
    site = client.get(monument.site.get_absolute_url()).content.decode()

    for text in ("Taken.", "Blown up.", "Sorting of blocks", "It can be saved."):
        assert text in whole
        assert text in site
    assert "It can be saved." in hopes
    assert "Blown up." not in hopes
    assert client.get(f"{address}?after=nonsense").status_code == 400


def test_a_longer_story_costs_no_more_queries(client, monument):
    address = f"/sites/{monument.site.slug}/story/"

    def grow():
        other = MonumentFactory(site=monument.site)
        SituationEventFactory(site=monument.site, monument=other)
        PublishedFactory(monument=other)
        PlanFactory(monument=other)
        ProspectStatementFactory(monument=other)

    grow()
    few = queries_of(client, address)
    grow()
    grow()

    assert queries_of(client, address) == few
