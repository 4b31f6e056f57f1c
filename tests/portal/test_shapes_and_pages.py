"""How much an answer of REST holds, and how long lists are walked through."""

from __future__ import annotations

import datetime

import pytest

from sites.models import Monument
from sites.vocabulary import Sensitivity
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.problems import named
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
REPORTS, MONUMENTS = "/api/v1/condition-reports/", "/api/v1/monuments/"


def test_only_the_fields_that_are_asked_for_are_told(client):
    MonumentFactory(slug="bel")

    assert client.get(MONUMENTS, {"fields": "slug,type"}).json()["results"] == [{"slug": "bel", "type": "temple"}]


def test_what_is_only_named_is_told_in_full_where_asked(client):
    report = PublishedFactory(monument__slug="bel", monument__site__slug="palmyra")

    answer = client.get(f"{REPORTS}{report.pk}/", {"expand": "monument,site", "fields": "monument,site"}).json()

    assert (answer["monument"]["slug"], answer["monument"]["site"], answer["site"]["slug"]) == (
        "bel",
        "palmyra",
        "palmyra",
    )


@pytest.mark.parametrize("address", [MONUMENTS, REPORTS])
def test_telling_more_takes_no_query_for_each_row(client, address):
    PublishedFactory()
    asked = f"{address}?expand={'monument,site' if address == REPORTS else 'site'}"
    few = queries_of(client, asked)
    for _ in range(3):
        PublishedFactory()

    assert queries_of(client, asked) == few


def test_an_expanded_place_is_generalised_like_any_other(client):
    PublishedFactory(monument__sensitivity=Sensitivity.GENERALISED, monument__longitude=38.274321)

    [report] = client.get(REPORTS, {"expand": "monument"}).json()["results"]

    assert report["monument"]["generalised"]
    assert report["monument"]["location"]["coordinates"][0] == 38.27


@pytest.mark.parametrize(
    "asked",
    [{"fields": "slug,height"}, {"expand": "parent"}, {"page_size": "201"}, {"page_size": "x"}, {"cursor": "x"}],
)
def test_a_wrong_one_is_named_with_what_to_write(client, asked):
    answer = client.get(MONUMENTS, asked)

    assert answer.status_code == 400
    assert named(answer) == list(asked)


def walk(client, address):
    """All ids forwards and then backwards again, from page to page."""
    there, back = [], []
    page = client.get(address).json()
    while True:
        there.append([row["id"] for row in page["results"]])
        if not page["next"]:
            break
        page = client.get(page["next"]).json()
    while page["previous"]:
        page = client.get(page["previous"]).json()
        back.append([row["id"] for row in page["results"]])
    return there, back[::-1]


def test_pages_hold_every_row_once_however_many_share_a_day(client):
    day, monument = datetime.date(2015, 8, 30), MonumentFactory()
    made = {str(PublishedFactory(monument=monument, date_to=day).pk) for _ in range(7)}

    there, back = walk(client, f"{REPORTS}?page_size=2")

    assert sorted(pk for page in there for pk in page) == sorted(made)
    assert there[:-1] == back


@pytest.mark.parametrize("order", ["stale", "slug"])
def test_pages_hold_every_row_once_in_any_order(client, order):
    for n in range(5):
        PublishedFactory(date_to=datetime.date(2015, 1, 1 + n // 2))
    MonumentFactory()

    there, _back = walk(client, f"{MONUMENTS}?page_size=2&order={order}")

    assert sorted(pk for page in there for pk in page) == sorted(
        map(str, Monument.objects.values_list("pk", flat=True))
    )


def test_what_comes_in_before_a_page_moves_nothing_behind_it(client):
    for slug in ("b", "d", "f", "h"):
        SiteFactory(slug=slug)
    page = client.get("/api/v1/sites/?page_size=2&fields=slug").json()
    SiteFactory(slug="a")

    assert [site["slug"] for site in client.get(page["next"]).json()["results"]] == ["f", "h"]
