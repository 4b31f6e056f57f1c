"""Prospects as they are read: at a moment, on pages, over REST."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.conditions.querysets import Moment
from reports.restoration import actions
from reports.restoration.queries import plans_of, prospects
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.restoration import PlanFactory, ProspectStatementFactory, StepFactory
from tests.factories.sites import MonumentFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def word(monument, **moment) -> str:
    return prospects([monument.pk], Moment(**moment))[monument.pk].word


def test_each_day_has_its_prospect():
    happened, voiced = datetime.date(2015, 8, 30), datetime.date(2017, 3, 1)
    monument = PublishedFactory(damage_grade="severe", date_from=happened, date_to=happened).monument
    plan = PlanFactory(monument=monument, date_from=voiced, date_to=voiced, date_precision="day")
    actions.take_step(StepFactory.build(plan=plan, to_status="in_progress", source=plan.source), by=VerifierFactory())

    days = [datetime.date(2016, 1, 1), datetime.date(2018, 1, 1), datetime.date(2021, 1, 1)]

    assert [word(monument, as_of=day) for day in days] == ["uncertain", "hopeful", "under_way"]
    assert [state.status for _plan, state in plans_of(monument, Moment(as_of=days[1]))] == ["proposed"]


def test_what_was_not_known_yet_does_not_count():
    monument = PublishedFactory(damage_grade="destroyed").monument
    before = timezone.now()
    ProspectStatementFactory(monument=monument)

    assert word(monument) == "hopeful"
    assert word(monument, known_at=before) == "lost"


def test_a_withdrawn_statement_gives_no_hope():
    said = ProspectStatementFactory(monument=PublishedFactory(damage_grade="destroyed").monument)

    actions.withdraw(said, by=VerifierFactory(), reason="Never said.")

    assert word(said.monument) == "lost"


def test_a_plan_of_several_monuments_is_of_each():
    plan, other = PlanFactory(), MonumentFactory()
    plan.further_monuments.add(other)

    assert [word(monument) for monument in (plan.monument, other)] == ["hopeful", "hopeful"]


def test_the_page_says_the_word_and_quotes_in_both_languages(client):
    said = ProspectStatementFactory(
        words="يمكن إنقاذه.", language="ar", translation="It can be saved.", translation_language="en", quoted=True
    )

    page = client.get(said.monument.get_absolute_url()).content.decode()

    assert '<span class="prospect-word">Hopeful</span>' in page
    assert '<blockquote lang="ar" dir="auto">' in page
    assert "يمكن إنقاذه." in page
    assert '<p lang="en" dir="auto">It can be saved.</p>' in page


@pytest.mark.parametrize("address", ["/sites/{site}/", "/monuments/?site={site}", "/map/cards/?monument={monument}"])
def test_lists_and_the_map_say_the_word(client, address):
    monument = PlanFactory().monument

    page = client.get(address.format(site=monument.site.slug, monument=monument.slug)).content.decode()

    assert "Hopeful" in page


def test_the_interface_tells_prospects_with_their_reasons(client):
    said = ProspectStatementFactory(speaker="Zenobia")

    (row,) = client.get("/api/v1/prospects/").json()["results"]
    one = client.get(f"/api/v1/prospects/{said.monument.slug}/", {"as_of": "2019-01-01"}).json()

    assert (row["prospect"], row["statements"][0]["speaker"]) == ("hopeful", "Zenobia")
    assert (one["prospect"], one["statements"]) == ("uncertain", [])
    assert client.get("/api/v1/prospects/?as_of=nonsense").status_code == 400


@pytest.mark.parametrize("address", ["/sites/{}/", "/api/v1/prospects/?site={}"])
def test_more_monuments_cost_no_more_queries(client, address):
    site = PlanFactory().monument.site

    def grow():
        monument = PublishedFactory(monument=MonumentFactory(site=site)).monument
        PlanFactory(monument=monument).further_monuments.add(MonumentFactory(site=site))
        ProspectStatementFactory(monument=monument)

    grow()
    few = queries_of(client, address.format(site.slug))
    grow()
    grow()

    assert queries_of(client, address.format(site.slug)) == few
