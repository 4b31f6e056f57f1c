"""Vector tiles, decoded by another's library."""

from __future__ import annotations

from collections import Counter

import mapbox_vector_tile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tiles.encoding import EXTENT, Feature, encode
from reports.conditions import actions
from reports.vocabulary import DamageGrade
from sites import cells
from sites.models import Disclosure, Monument, Responsibility
from sites.vocabulary import MonumentType, Sensitivity
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.queries import queries_of

steps = st.integers(0, EXTENT - 1)
values = st.one_of(st.text(max_size=20), st.integers(0, 2**40), st.booleans())
features = st.builds(
    Feature, steps, steps, st.dictionaries(st.text(min_size=1, max_size=8), values, max_size=4), st.integers(0, 2**50)
)


@given(layers=st.dictionaries(st.sampled_from(["clusters", "monuments", "معالم"]), st.lists(features, max_size=8)))
def test_what_is_encoded_is_decoded_by_others(layers):
    decoded = mapbox_vector_tile.decode(encode(layers), default_options={"y_coord_down": True})

    assert decoded.keys() == {name for name, some in layers.items() if some}
    for name, layer in decoded.items():
        assert layer["extent"] == EXTENT
        assert [(tuple(f["geometry"]["coordinates"]), f["properties"], f.get("id", 0)) for f in layer["features"]] == [
            ((f.x, f.y), f.properties, f.id) for f in layers[name]
        ]


pytestmark = pytest.mark.django_db


def decoded(answer):
    return mapbox_vector_tile.decode(answer.content, default_options={"y_coord_down": True}) if answer.content else {}


def tile_at(z, longitude, latitude):
    shift = cells.DEPTH - z
    return f"/tiles/{z}/{cells.x_of(longitude) >> shift}/{cells.y_of(latitude) >> shift}.mvt"


def around(monuments, z):
    """Every tile of a zoom in which a place of the monuments, exact or public, may be."""
    places = [(m.longitude, m.latitude) for m in monuments if m.longitude is not None]
    places += [(m.public_longitude, m.public_latitude) for m in monuments if m.public_longitude is not None]
    return {tile_at(z, *place) for place in places}


def features_of(client, addresses, layer, **asked):
    for address in sorted(addresses):
        yield from decoded(client.get(address, asked)).get(layer, {"features": []})["features"]


def spread(client, z, **asked):
    """How many monuments of each grade, and how many contested ones, all tiles of a zoom show together."""
    addresses, counts = around(Monument.objects.all(), z), Counter()
    for feature in features_of(client, addresses, "clusters", **asked):
        shown = dict(feature["properties"])
        assert shown.pop("number") == sum(shown.get(grade, 0) for grade in DamageGrade.values)
        assert shown.pop("worst") in shown
        counts.update(shown)
    for feature in features_of(client, addresses, "monuments", **asked):
        counts.update([feature["properties"]["grade"]] + ["contested"] * feature["properties"]["contested"])
    return +counts


@pytest.fixture
def a_country():
    """Monuments of every sensitivity and grade; two contested, one told of anew later, one without a place."""
    for number, grade in enumerate([*DamageGrade.values, *DamageGrade.values]):
        site = SiteFactory(country=["SY", "IQ"][number % 2])
        # Four stand together, so that few tiles hold them all and low zooms have something to cluster.
        place = {"longitude": 38 + number // 4 + (number % 4) / 1000, "latitude": 34.5}
        facts = {"sensitivity": Sensitivity.values[number % 3], "type": list(MonumentType)[number % 3]}
        monument = MonumentFactory(site=site, **place, **facts)
        PublishedFactory(monument=monument, damage_grade=grade)
        if grade == DamageGrade.DESTROYED:
            PublishedFactory(monument=monument, damage_grade=DamageGrade.SLIGHT)
    MonumentFactory(longitude=None, latitude=None)


READERS = {
    "public": None,
    "reporter": ReporterFactory,
    "editor of one country": EditorFactory,
    "verifier": VerifierFactory,
}


@pytest.fixture(params=READERS)
def reader(request, client, sign_in):
    if READERS[request.param]:
        user = READERS[request.param]()
        if "one country" in request.param:
            Responsibility.objects.create(user=user, country="SY")
        sign_in(user)
    return request.param


QUESTIONS = [
    {},
    {"country": "SY"},
    {"least_grade": "severe"},
    {"type": "temple"},
    {"contested": "true"},
    {"as_of": "2014-01-01"},
    {"as_of": "2020-01-01"},
    {"known_at": "2020-01-01T00:00:00Z"},
    {"known_at": "2099-01-01T00:00:00Z"},
    {"bbox": "38,33,40,35"},
]


def test_at_every_zoom_the_tiles_show_what_the_question_has(client, a_country, reader):
    for asked in QUESTIONS:
        expected = spread(client, 14, **asked)
        described = client.get("/tiles/tiles.json", asked).json()

        assert sum(expected[grade] for grade in DamageGrade.values) == described["on_the_map"], asked
        for z in (0, 3, 7, 11, 13) if not asked else (0, 11):
            assert spread(client, z, **asked) == expected, (asked, z)


def test_the_public_sees_no_more_than_its_own_map_and_staff_their_own(client, a_country, reader):
    seen = sum(spread(client, 3)[grade] for grade in DamageGrade.values)
    hidden = Monument.objects.filter(sensitivity=Sensitivity.HIDDEN)

    own = {"verifier": hidden, "editor of one country": hidden.filter(site__country="SY")}
    expected = Monument.objects.filter(public_cell__isnull=False).count() + own.get(reader, hidden.none()).count()
    assert seen == expected


def only(client, address, layer="monuments"):
    (feature,) = decoded(client.get(address))[layer]["features"]
    return feature


def test_a_monument_alone_is_itself_with_grade_and_dispute(client):
    monument = MonumentFactory()
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.NONE)

    for z in (0, 7, 14, 18):
        feature = only(client, tile_at(z, 38.274321, 34.547123))
        assert feature["properties"] == {"slug": monument.slug, "grade": "destroyed", "rank": 5, "contested": True}


def test_a_cluster_stands_where_its_monuments_stand_on_average(client):
    for step in (0, 2, 4):
        MonumentFactory(longitude=38.2 + step / 1000, latitude=34.5)

    place = only(client, tile_at(8, 38.2, 34.5), "clusters")["geometry"]["coordinates"]

    shift = cells.DEPTH - 8
    assert place[0] == pytest.approx((cells.x_of(38.202) % (1 << shift)) * EXTENT >> shift, abs=1)
    assert place[1] == pytest.approx((cells.y_of(34.5) % (1 << shift)) * EXTENT >> shift, abs=1)


def test_a_protected_place_is_shown_to_the_public_in_the_middle_of_its_grid_cell(client, sign_in):
    MonumentFactory(longitude=38.2743, latitude=34.5471, sensitivity=Sensitivity.GENERALISED)

    assert client.get(tile_at(16, 38.2743, 34.5471)).status_code == 204
    assert only(client, tile_at(16, 38.27, 34.55))
    sign_in(VerifierFactory())
    assert only(client, tile_at(16, 38.2743, 34.5471))
    assert client.get(tile_at(16, 38.27, 34.55)).status_code == 204


def test_staff_who_are_shown_an_exact_place_are_noted_and_others_keep_nothing_of_it(client, sign_in):
    monument = MonumentFactory(sensitivity=Sensitivity.HIDDEN)
    user = VerifierFactory()
    address = tile_at(14, 38.274321, 34.547123)

    assert client.get(address)["Cache-Control"] == "public, max-age=60"
    answer = sign_in(user).get(address)

    assert answer["Cache-Control"] == "private, no-cache"
    assert Disclosure.objects.get().of == monument.pk
    client.logout()
    assert client.get(address).status_code == 204


def test_what_did_not_change_is_not_sent_again(client):
    monument = MonumentFactory()
    address = tile_at(4, 38.27, 34.55)
    first = client.get(address)

    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    PublishedFactory(monument=monument)
    changed = client.get(address, {"as_of": "2020-01-01"}, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_correction_is_on_the_map_of_its_time_only(client):
    monument = MonumentFactory()
    report = PublishedFactory(monument=monument, damage_grade=DamageGrade.SEVERE)
    actions.retract(report, by=VerifierFactory(), reason="Of another monument.")
    report.refresh_from_db()
    address = tile_at(14, 38.274321, 34.547123)

    then = client.get(address, {"known_at": report.published_at.isoformat()})

    assert decoded(then)["monuments"]["features"][0]["properties"]["grade"] == "severe"
    assert only(client, address)["properties"]["grade"] == "unknown"


@pytest.mark.parametrize("address", ["/tiles/0/1/0.mvt", "/tiles/23/0/0.mvt", "/tiles/3/0/8.mvt"])
def test_what_is_no_tile_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_a_question_that_cannot_be_read_says_why(client):
    answer = client.get("/tiles/0/0/0.mvt", {"grade": "severe"})

    assert answer.status_code == 400
    assert "least_grade" in answer.json()["errors"]["grade"][0]


def test_the_description_leads_to_the_tiles_of_its_question(client):
    MonumentFactory(longitude=38, latitude=34)
    MonumentFactory(longitude=40, latitude=36)
    MonumentFactory(longitude=44, latitude=36, site=SiteFactory(country="IQ"))

    described = client.get("/tiles/tiles.json", {"country": "SY"}).json()

    assert described["bounds"] == [38, 34, 40, 36]
    assert described["monuments"] == described["on_the_map"] == 2
    address = described["tiles"][0].format(z=0, x=0, y=0)
    assert address == "http://testserver/tiles/0/0/0.mvt?country=SY"
    assert {layer["id"] for layer in described["vector_layers"]} == {"clusters", "monuments"}


@pytest.mark.parametrize("asked", ["", "?as_of=2020-01-01"])
def test_more_monuments_cost_no_more_queries(client, sign_in, asked):
    sign_in(VerifierFactory())
    address = f"/tiles/2/2/1.mvt{asked}"
    for number in range(3):
        MonumentFactory(longitude=20 + 10 * number, latitude=30)
    few = queries_of(client, address)
    for number in range(12):
        MonumentFactory(longitude=20 + 5 * number, latitude=40)

    assert queries_of(client, address) == few
