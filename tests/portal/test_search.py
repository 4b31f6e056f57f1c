"""The search of every page: in any script, the nearest first, by keyboard and without scripts."""

from __future__ import annotations

import pytest

from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory, NameFactory, SiteFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def named(text):
    return MonumentFactory(name__text=text)


def found(client, text, address="/search/"):
    answer = client.get(address, {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("typed", ["معبد بل", "معبَد بَل", "temple of bel", "TEMPLE BEL"])
def test_a_monument_is_found_in_any_of_its_scripts(client, typed):
    monument = named("Temple of Bel")
    NameFactory(monument=monument, text="معبد بل", language="ar")

    assert f"/monuments/{monument.slug}/" in found(client, typed)


def test_sites_and_plans_are_found_too(client):
    site = SiteFactory(name__text="Zenobia’s town")
    plan = PlanFactory(title="Anastylosis in the town")

    page = found(client, "town")

    assert f"/sites/{site.slug}/" in page
    assert f"/restoration/plans/{plan.pk}/" in page


def test_who_is_called_just_so_comes_first(client):
    named("Old tower of the valley of the tombs")
    named("Tower")

    page = found(client, "tower")

    assert page.index(">Tower<") < page.index(">Old tower")


@pytest.mark.parametrize("typed", ["", " ", "x", "'", "%"])
def test_too_little_suggests_nothing(client, typed):
    named("X'%")

    assert "<li" not in found(client, typed, "/search/suggestions/")


def test_what_is_not_found_says_what_to_do(client):
    assert "try fewer letters" in found(client, "nowhere")


def test_suggestions_cost_the_same_however_many_there_are(client):
    address = "/search/suggestions/?q=tower"
    named("Tower 1")
    few = queries_of(client, address)
    for number in range(2, 7):
        named(f"Tower {number}")

    assert queries_of(client, address) == few
