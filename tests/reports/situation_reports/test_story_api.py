"""The story of a site over REST."""

from __future__ import annotations

import pytest

from tests.factories.conditions import PublishedFactory
from tests.factories.restoration import PlanFactory, ProspectStatementFactory
from tests.factories.sites import MonumentFactory
from tests.factories.situation import SituationEventFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def monument():
    """With an event, a report, a plan and a statement."""
    found = MonumentFactory()
    SituationEventFactory(site=found.site)
    PublishedFactory(monument=found)
    PlanFactory(monument=found)
    ProspectStatementFactory(monument=found)
    return found


def test_the_story_tells_everything_in_one_line(client, monument):
    story = client.get(f"/api/v1/stories/{monument.site.slug}/").json()

    assert {told["what"] for told in story["results"]} == {"event", "report", "step", "statement"}
    assert [told["on"] for told in story["results"]] == sorted((told["on"] for told in story["results"]), reverse=True)
    assert all(client.get(told["url"]).status_code == 200 for told in story["results"])


def test_of_some_kinds_alone_and_of_a_moment(client, monument):
    address = f"/api/v1/stories/{monument.site.slug}/"

    assert {told["strand"] for told in client.get(address, {"kind": ["control"]}).json()["results"]} == {"control"}
    assert client.get(address, {"as_of": "1999-01-01"}).json()["results"] == []


@pytest.mark.parametrize("asked", [{"after": "nonsense"}, {"kind": "gossip"}, {"as_of": "soon"}, {"colour": "red"}])
def test_what_it_does_not_understand_it_says(client, monument, asked):
    assert client.get(f"/api/v1/stories/{monument.site.slug}/", asked).status_code == 400


def test_a_longer_story_takes_no_more_queries(client, monument):
    address = f"/api/v1/stories/{monument.site.slug}/"
    few = queries_of(client, address)
    for _number in range(3):
        PublishedFactory(monument=monument)
        SituationEventFactory(site=monument.site)

    assert queries_of(client, address) == few
