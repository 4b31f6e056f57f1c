"""One question, one reader: every door gives the same rows and the same counts."""

from __future__ import annotations

import re

import mapbox_vector_tile
import pytest
from django.contrib.auth.models import AnonymousUser

from portal.exports.formats import FORMATS
from reports.conditions.questions import Question
from sites.models import Responsibility
from sites.vocabulary import Sensitivity
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, NameFactory, SiteFactory
from tests.tables import body, rows_of

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {},
    {"type": "castle"},
    {"least_grade": "severe", "as_of": "2016-01-01"},
    {"damage_grade": "unknown", "known_at": "2014-01-01T00:00:00Z"},
    {"contested": "true"},
    {"bbox": "38.2743,34.5471,38.2744,34.5472"},
    {"near": "38.27,34.55", "radius": "900"},
    {"country": "SY", "search": "معبد", "observed_before": "2015-12-31"},
    {"order": "stale"},
]


@pytest.fixture
def world():
    palmyra, hatra = (
        SiteFactory(slug="palmyra"),
        SiteFactory(slug="hatra", country="IQ", longitude=42.7, latitude=35.6),
    )
    for sensitivity in Sensitivity.values:
        monument = PublishedFactory(monument__site=palmyra, monument__sensitivity=sensitivity).monument
        NameFactory(monument=monument, text="مَعبَد", language="ar")
    PublishedFactory(monument=monument, damage_grade="none")
    MonumentFactory(site=palmyra, type="castle", sensitivity=Sensitivity.GENERALISED)
    MonumentFactory(site=hatra, type="castle", longitude=42.71, latitude=35.58)
    MonumentFactory(site=hatra, longitude=None, latitude=None)
    return palmyra


def readers(palmyra):
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, site=palmyra)
    return [AnonymousUser(), VerifierFactory(), editor]


def by_rest(client, asked):
    page = client.get("/api/v1/monuments/", {**asked, "page_size": 3}).json()
    while True:
        yield from (row["id"] for row in page["results"])
        if not page["next"]:
            return
        page = client.get(page["next"]).json()


def by_ogc(client, asked):
    page = client.get("/ogc/collections/monuments/items", {**asked, "limit": 3}).json()
    while True:
        yield from (feature["id"] for feature in page["features"])
        following = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
        if not following:
            return
        page = client.get(following).json()


def on_the_tile(client, asked):
    """How many monuments the one tile of the world shows, in clusters and by themselves."""
    answer = client.get("/tiles/0/0/0.mvt", asked)
    layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
    clusters = layers.get("clusters", {"features": []})["features"]
    return sum(one["properties"]["number"] for one in clusters) + len(
        layers.get("monuments", {"features": []})["features"]
    )


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: "&".join(asked) or "all")
def test_every_door_gives_the_same_rows(client, world, tmp_path, asked):
    for reader in readers(world):
        if reader.pk:
            client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        expected = {str(row.pk) for row in Question(asked, reader).monuments()}
        files = {
            suffix: rows_of(body(client.get(f"/exports/monuments.{suffix}", asked)), suffix, tmp_path)
            for suffix in FORMATS
        }
        placed = {suffix: {pk for pk, (_row, point) in rows.items() if point} for suffix, rows in files.items()}
        on_map = placed["geojson"]
        told = client.get("/tiles/tiles.json", asked).json()
        shown = re.search(r"(\d+) monuments?\s*</h2>", client.get("/monuments/", asked).content.decode())

        assert set(by_rest(client, asked)) == set(by_ogc(client, asked)) == expected
        assert {suffix: set(rows) for suffix, rows in files.items()} == dict.fromkeys(FORMATS, expected)
        assert placed == dict.fromkeys(FORMATS, on_map)
        assert (told["monuments"], told["on_the_map"], int(shown[1])) == (len(expected), len(on_map), len(expected))
        assert on_the_tile(client, asked) == len(on_map)
