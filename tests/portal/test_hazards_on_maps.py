"""Where hazards lie is drawn on maps as far as the reader may know it; and every way of planning a visit warns."""

from __future__ import annotations

import datetime

import pytest

from reports.situation import actions
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory
from tests.factories.situation import HazardFactory, SituationEventFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
RING = [[38.2712, 34.5511], [38.2723, 34.5511], [38.2723, 34.5522], [38.2712, 34.5511]]
AREA = {"type": "Polygon", "coordinates": [RING]}
ADDRESS = "/map/hazards.geojson"


def drawn(client, **asked) -> list[dict]:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200
    return answer.json()["features"]


def mines(**facts):
    return HazardFactory(area=AREA, cell_longitude=38.27, cell_latitude=34.55, **facts)


def test_everybody_sees_the_cell_and_staff_of_the_site_the_area(client, sign_in):
    mines()
    (public,) = drawn(client)
    (reporter,) = drawn(sign_in(ReporterFactory()))
    (staff,) = drawn(sign_in(EditorFactory()))

    assert public == reporter
    assert (public["properties"]["label"], public["properties"]["exact"]) == ("Mines", False)
    assert str(RING[0][0]) not in str(public)
    assert (staff["geometry"], staff["properties"]["exact"]) == (AREA, True)


def test_staff_of_other_sites_see_the_cell(sign_in):
    mines()
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    assert drawn(sign_in(editor))[0]["geometry"] != AREA


def test_of_one_site_of_a_day_and_not_what_was_cleared(client):
    hazard = mines(date_to=datetime.date(2016, 3, 28))
    mines()
    site = hazard.site.slug

    assert len(drawn(client)) == 2
    assert len(drawn(client, site=site)) == 1
    assert drawn(client, site=site, as_of="2016-01-01") == []
    clearance = {"kind": "clearance", "site": hazard.site, "clears": hazard, "date_to": datetime.date(2016, 4, 28)}
    SituationEventFactory(**clearance)
    assert drawn(client, site=site) == []


def test_more_hazards_take_no_more_queries(client):
    mines()
    few = queries_of(client, ADDRESS)
    for _number in range(3):
        mines()

    assert queries_of(client, ADDRESS) == few


@pytest.fixture
def monument():
    found = MonumentFactory()
    actions.record(HazardFactory.build(site=found.site, source=HazardFactory().source), by=EditorFactory())
    return found


def test_pages_of_site_monument_plan_and_package_warn_of_a_visit(sign_in, monument):
    plan = PlanFactory(monument=monument)
    client = sign_in(VerifierFactory())
    pages = [
        f"/sites/{monument.site.slug}/",
        f"/monuments/{monument.slug}/",
        f"/inspections/plan/?monument={monument.slug}",
        f"/restoration/plans/{plan.pk}/",
        f"/monuments/{monument.slug}/package/",
    ]

    warned = [address for address in pages if "Before anybody goes there" in client.get(address).content.decode()]

    assert warned == pages


def test_a_click_on_the_map_and_an_export_warn(client, monument):
    assert "Mines" in client.get("/map/cards/", {"monument": monument.slug}).content.decode()
    (feature,) = client.get("/map/monuments.geojson", {"site": monument.site.slug}).json()["features"]
    assert feature["properties"]["warnings"] == "mines"
