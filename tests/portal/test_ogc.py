"""OGC API Features: what its parts promise, and clients that nobody here wrote."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys

import pytest
from owslib.ogcapi.features import Features

from portal.layers import LAYERS
from sites.models import Disclosure
from sites.vocabulary import Sensitivity
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory, NameFactory
from tests.factories.situation import SituationEventFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/monuments/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def slugs(client, **asked):
    answer = client.get(ITEMS, asked)
    assert answer.status_code == 200, answer.content
    return {feature["properties"]["slug"] for feature in answer.json()["features"]}


@pytest.fixture
def three():
    bel = PublishedFactory(monument__slug="bel", damage_grade="destroyed").monument
    NameFactory(monument=bel, text="معبد بل", language="ar")
    PublishedFactory(monument__slug="agora", monument__type="agora", damage_grade="slight")
    MonumentFactory(slug="castle", type="castle", longitude=37.16, latitude=36.2)
    return bel


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("damage_grade = 'destroyed'", {"bel"}),
        ("damage_grade <> 'destroyed'", {"agora", "castle"}),
        ("damage_grade = 'unknown'", {"castle"}),
        ("'castle' = type", {"castle"}),
        ("type IN ('agora', 'castle') AND NOT slug = 'castle'", {"agora"}),
        ("NOT (type = 'agora' OR type = 'castle')", {"bel"}),
        ("slug LIKE 'b%' OR slug LIKE 'a_ora'", {"bel", "agora"}),
        ("CASEI(slug) LIKE CASEI('BE%')", {"bel"}),
        ("CASEI(slug) = CASEI('BEL')", {"bel"}),
        ("observed_on >= DATE('2015-08-30')", {"bel", "agora"}),
        ("NOT observed_on >= DATE('2015-08-30')", set()),
        ("observed_on IS NULL", {"castle"}),
        ("observed_on IS NOT NULL", {"bel", "agora"}),
        ("observed_on BETWEEN DATE('2015-01-01') AND DATE('2015-12-31')", {"bel", "agora"}),
        ("T_AFTER(observed_on, DATE('2016-01-01'))", set()),
        ("T_DURING(observed_on, INTERVAL('2015-01-01', '..'))", {"bel", "agora"}),
        ("contested = false AND changed > TIMESTAMP('2020-01-01T00:00:00Z')", {"bel", "agora", "castle"}),
        ("contested", set()),
        ("S_INTERSECTS(geometry, BBOX(37, 36, 38, 37))", {"castle"}),
        ("NOT S_INTERSECTS(geometry, BBOX(37, 36, 38, 37))", {"bel", "agora"}),
        ("S_WITHIN(geometry, POLYGON((37 36, 38 36, 38 37, 37 37, 37 36)))", {"castle"}),
        ("S_INTERSECTS(geometry, POINT(37.16 36.2))", {"castle"}),
        ("slug = site", set()),
    ],
)
def test_a_filter_finds_what_it_says(client, three, text, found):
    assert slugs(client, filter=text) == found


def test_a_filter_may_be_json(client, three):
    asked = {"op": "=", "args": [{"property": "slug"}, "bel"]}

    assert slugs(client, filter=json.dumps(asked), **{"filter-lang": "cql2-json"}) == {"bel"}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"filter": "height > 5"}, "filter"),
        ({"filter": "slug = = 5"}, "filter"),
        ({"filter": "slug = 5"}, "filter"),
        ({"filter": "observed_on > 'soon'"}, "filter"),
        ({"filter": "slug + 1 = 2"}, "filter"),
        ({"filter": "longitude > 38"}, "filter"),
        ({"filter": "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))"}, "filter"),
        ({"filter": "(" * 9_000}, "filter"),
        ({"filter": " OR ".join(["contested"] * 200)}, "filter"),
        ({"filter": "contested", "known_at": "2016-06-01T00:00:00Z"}, "filter"),
        ({"filter": "contested", "filter-lang": "sql"}, "filter-lang"),
        ({"bbox": "1,2,3"}, "bbox"),
        ({"bbox": "0,95,1,96"}, "bbox"),
        ({"crs": "EPSG:4326"}, "crs"),
        ({"datetime": "soon"}, "datetime"),
        ({"limit": "0"}, "limit"),
        ({"cursor": "x~y"}, "cursor"),
        ({"f": "html"}, "f"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_taken_is_named(client, asked, parameter):
    answer = client.get(ITEMS, asked)

    assert answer.status_code == 400
    assert {error["parameter"] for error in answer.json()["errors"]} == {parameter}


def test_an_unknown_property_is_answered_with_those_that_exist(client):
    assert "damage_grade" in client.get(ITEMS, {"filter": "height > 5"}).json()["detail"]


def test_a_day_is_the_moment_that_is_asked_about(client, three):
    before = client.get(ITEMS, {"datetime": "2014-01-01"}).json()
    since = client.get(ITEMS, {"datetime": "2015-01-01/2016-01-01", "filter": "slug = 'bel'"}).json()

    assert {feature["properties"]["damage_grade"] for feature in before["features"]} == {"unknown"}
    assert since["features"][0]["properties"]["damage_grade"] == "destroyed"


def test_reports_of_an_interval_were_observed_in_it(client):
    report = PublishedFactory(date_to=datetime.date(2015, 8, 30))
    PublishedFactory(date_to=datetime.date(2013, 1, 1))

    page = client.get("/ogc/collections/condition-reports/items", {"datetime": "2015-01-01/2015-12-31"}).json()

    assert [feature["id"] for feature in page["features"]] == [str(report.pk)]


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        (f"{EPSG}4326", [36.2, 37.16]),
        (f"{EPSG}3857", [4136632.27, 4328176.08]),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", [37.16, 36.2]),
    ],
)
def test_places_are_told_in_the_reference_system_that_was_asked_for(client, three, crs, expected):
    answer = client.get(ITEMS, {"crs": crs, "filter": "slug = 'castle'"})

    assert answer["Content-Crs"] == f"<{crs}>"
    assert answer.json()["features"][0]["geometry"]["coordinates"] == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize(("crs", "box"), [("4326", "36,37,37,38"), ("3857", "4100000,4300000,4200000,4400000")])
def test_a_box_is_read_in_its_reference_system(client, three, crs, box):
    assert slugs(client, bbox=box, **{"bbox-crs": f"{EPSG}{crs}"}) == {"castle"}


def test_a_protected_place_is_found_only_where_its_reader_may_know_it(client, sign_in):
    monument = MonumentFactory(sensitivity=Sensitivity.GENERALISED, longitude=38.274321, latitude=34.547123)
    exact = "S_INTERSECTS(geometry, BBOX(38.274, 34.547, 38.275, 34.548))"
    assert slugs(client, filter=exact) == set()

    verifier = VerifierFactory()
    assert slugs(sign_in(verifier), filter=exact) == {monument.slug}
    assert Disclosure.objects.filter(user=verifier, of=monument.pk).exists()


def test_pages_lead_on_until_all_were_told(client):
    made = {MonumentFactory().slug for _ in range(5)}
    found, address, pages = [], f"{ITEMS}?limit=2", 0
    while address:
        page = client.get(address).json()
        assert (page["numberMatched"], page["numberReturned"]) == (5, len(page["features"]))
        found += [feature["properties"]["slug"] for feature in page["features"]]
        address, pages = next((link["href"] for link in page["links"] if link["rel"] == "next"), None), pages + 1

    assert (sorted(found), pages) == (sorted(made), 3)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_page_takes_as_many_queries_for_many_rows_as_for_few(client, layer):
    def some(number):
        for _ in range(number):
            monument = PublishedFactory().monument
            SituationEventFactory(site=monument.site)
            PlanFactory(monument=monument)

    some(1)
    few = queries_of(client, f"/ogc/collections/{layer}/items")
    some(3)

    assert queries_of(client, f"/ogc/collections/{layer}/items") == few


@pytest.mark.parametrize("layer", LAYERS)
def test_each_collection_says_what_it_is(client, layer):
    told = client.get(f"/ogc/collections/{layer}").json()
    links = {link["rel"].rpartition("/")[2]: link["href"] for link in told["links"]}

    assert told["id"] == layer
    assert client.get(links["items"]).status_code == 200
    assert "geometry" in client.get(links["queryables"]).json()["properties"]


def test_one_feature_has_its_own_address(client, three):
    answer = client.get(f"{ITEMS}/{three.pk}")

    assert answer.json()["properties"]["slug"] == "bel"
    assert client.get(f"{ITEMS}/nothing").status_code == 404
    assert client.get("/ogc/collections/nothing/items").status_code == 404


@pytest.fixture
def served(transactional_db, live_server):
    for _ in range(5):
        monument = PublishedFactory().monument
        SituationEventFactory(site=monument.site)
        PlanFactory(monument=monument)
    return f"{live_server.url}/ogc/"


READ_BY_GDAL = """
import json, struct, sys
from pyogrio import raw
meta, _fids, points, _columns = raw.read(sys.argv[1], layer=sys.argv[2], PAGE_SIZE="2")
print(json.dumps({"fields": list(meta["fields"]), "points": [struct.unpack("<dd", p[5:21]) for p in points]}))
"""


def by_gdal(address, layer):
    """In a process of its own: GDAL keeps the interpreter to itself, and the server could not answer."""
    command = [sys.executable, "-c", READ_BY_GDAL, f"OAPIF:{address}", layer]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout)


def test_gdal_reads_every_collection_page_by_page(served):
    for name, layer in LAYERS.items():
        expected = layer.question({}, VerifierFactory()).rows().count()
        read = by_gdal(served, name)
        assert len(read["points"]) == expected > 2
        assert {column.name for column in layer.columns} >= set(read["fields"]) - {"id"}
        assert read["points"][0] == pytest.approx((38.27, 34.55), abs=0.01)


def test_owslib_reads_every_collection_page_by_page(served):
    service = Features(served)
    assert set(service.feature_collections()) == set(LAYERS)

    for name, layer in LAYERS.items():
        page = service.collection_items(name, limit=2)
        found = [feature["id"] for feature in page["features"]]
        while following := next((link["href"] for link in page["links"] if link["rel"] == "next"), None):
            page = service.collection_items(name, limit=2, cursor=following.partition("cursor=")[2].partition("&")[0])
            found += [feature["id"] for feature in page["features"]]
        assert sorted(found) == sorted(str(row.pk) for row in layer.question({}, VerifierFactory()).rows())
    assert service.collection_items("monuments", filter="slug = 'nowhere'")["numberMatched"] == 0
    assert service.api()["openapi"].startswith("3.0")
