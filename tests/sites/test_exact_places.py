"""Where a sensitive monument stands leaves by no exit but for those who may know."""

from __future__ import annotations

import pytest

from sites.vocabulary import Sensitivity
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db

EXACT = ("38.274321", "34.547123")
EXITS = [
    "/",
    "/sites/{site}/",
    "/monuments/{monument}/",
    "/map/monuments.geojson",
    "/api/v1/sites/",
    "/api/v1/sites/{site}/",
    "/api/v1/monuments/",
    "/api/v1/monuments/{monument}/",
]
LEGAL = {"type": "Polygon", "coordinates": [[[38.274321, 34.5], [38.3, 34.5], [38.3, 34.547123], [38.274321, 34.5]]]}


@pytest.mark.parametrize("exit_", EXITS)
@pytest.mark.parametrize("sensitivity", [Sensitivity.GENERALISED, Sensitivity.HIDDEN])
@pytest.mark.parametrize("factory", [None, UserFactory, ReporterFactory, AdministratorFactory])
def test_exact_places_do_not_leave(client, sign_in, exit_, sensitivity, factory):
    monument = MonumentFactory(sensitivity=sensitivity, boundary=LEGAL)
    if factory:
        sign_in(factory())

    told = client.get(exit_.format(site=monument.site.slug, monument=monument.slug)).content.decode()

    assert not any(number in told for number in EXACT)


@pytest.mark.parametrize("factory", [EditorFactory, VerifierFactory])
def test_those_who_may_know_are_told(sign_in, factory):
    monument = MonumentFactory(sensitivity=Sensitivity.HIDDEN)

    row = sign_in(factory()).get(f"/api/v1/monuments/{monument.slug}/").json()

    assert row["location"]["coordinates"] == [38.274321, 34.547123]


def test_a_generalised_place_is_the_centre_of_its_cell(client):
    monument = MonumentFactory(sensitivity=Sensitivity.GENERALISED)

    row = client.get(f"/api/v1/monuments/{monument.slug}/").json()

    assert row["location"]["coordinates"] == pytest.approx([38.27, 34.55])
    assert row["generalised"]
    assert row["coordinate_uncertainty_m"] > 500


def test_a_hidden_place_is_none(client):
    monument = MonumentFactory(sensitivity=Sensitivity.HIDDEN)

    assert client.get(f"/api/v1/monuments/{monument.slug}/").json()["location"] is None
    assert client.get("/map/monuments.geojson").json()["features"] == []


def test_the_public_place_follows_every_write(client):
    monument = MonumentFactory()
    type(monument).objects.filter(pk=monument.pk).update(sensitivity=Sensitivity.GENERALISED)

    monument.refresh_from_db()

    assert monument.public_longitude == pytest.approx(38.27)
