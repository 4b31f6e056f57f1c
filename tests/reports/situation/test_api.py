"""Situation events and parties over REST: everybody reads, and who may writes by the same rules as in the admin."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.situation import actions
from reports.situation.models import Party, SituationEvent
from sites.models import Disclosure, Responsibility
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import SourceFactory
from tests.factories.sites import SiteFactory
from tests.factories.situation import HazardFactory, PartyFactory, SituationEventFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
ADDRESS = "/api/v1/situation-events/"
RING = [[38.2712, 34.5511], [38.2723, 34.5511], [38.2723, 34.5522], [38.2712, 34.5511]]
AREA = {"type": "Polygon", "coordinates": [RING]}


def a_hazard(**more) -> dict:
    facts = {"site": SiteFactory().slug, "kind": "hazard", "danger": "mines", "text": "Mines.", "certainty": "high"}
    when = {"date_from": "2016-03-28", "date_to": "2016-03-28", "date_precision": "day"}
    return {**facts, **when, "source": SourceFactory().name, **more}


@pytest.mark.parametrize("maker", [EditorFactory, VerifierFactory])
def test_staff_enter_correct_and_retract(sign_in, maker):
    client = sign_in(maker())

    first = client.post(ADDRESS, a_hazard(), JSON).json()
    correction = a_hazard(site=first["site"], danger="collapse")
    second = client.post(f"{ADDRESS}{first['id']}/correct/", correction, JSON).json()
    retracted = client.post(f"{ADDRESS}{second['id']}/retract/", {"reason": "It stands."}, JSON).json()

    assert (first["says"], second["supersedes"]) == ("Mines", first["id"])
    assert (retracted["stands"], retracted["retraction_reason"]) == (False, "It stands.")
    assert client.get(f"{ADDRESS}{first['id']}/").json()["stands"] is True


@pytest.mark.parametrize(
    ("maker", "status"), [(None, 401), (UserFactory, 403), (ReporterFactory, 403), (AdministratorFactory, 403)]
)
def test_nobody_else_writes(client, sign_in, maker, status):
    event = SituationEventFactory()
    client = sign_in(maker()) if maker else client

    assert client.post(ADDRESS, a_hazard(), JSON).status_code == status
    assert client.post(f"{ADDRESS}{event.pk}/retract/", {"reason": "x"}, JSON).status_code == status


def test_nobody_writes_of_a_site_they_do_not_answer_for(sign_in):
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    assert sign_in(editor).post(ADDRESS, a_hazard(), JSON).status_code == 403


def test_what_cannot_be_is_told_by_field_and_what_is_late_by_409(sign_in):
    client = sign_in(EditorFactory())
    event = HazardFactory()
    actions.retract(event, by=EditorFactory(), reason="Not there.")

    wrong = client.post(ADDRESS, a_hazard(danger=""), JSON)
    late = client.post(f"{ADDRESS}{event.pk}/retract/", {"reason": "Not there."}, JSON)

    assert (wrong.status_code, late.status_code) == (400, 409)
    assert SituationEvent.objects.count() == 1


def test_the_exact_area_is_for_staff_of_the_site_and_its_reading_is_logged(client, sign_in):
    event = HazardFactory(area=AREA, cell_longitude=38.275, cell_latitude=34.555)
    own = f"{ADDRESS}{event.pk}/"

    assert client.get(own).json()["area"] != AREA
    assert sign_in(EditorFactory()).get(own).json()["area"] == AREA
    assert Disclosure.objects.filter(of=event.pk).count() == 1


def test_what_happened_by_a_day_as_it_was_known_then(client):
    old = SituationEventFactory(date_to=datetime.date(2015, 5, 21))
    new = SituationEventFactory(site=old.site)
    before = timezone.now()
    actions.retract(old, by=EditorFactory(), reason="Another town.")

    def found(**asked) -> list[tuple[str, bool]]:
        rows = client.get(ADDRESS, {"site": old.site.slug, **asked}).json()["results"]
        return [(row["id"], row["stands"]) for row in rows]

    assert found() == [(str(new.pk), True), (str(old.pk), False)]
    assert found(as_of="2015-12-31", known_at=before.isoformat()) == [(str(old.pk), True)]
    assert found(stands="true") == [(str(new.pk), True)]
    assert client.get(ADDRESS, {"colour": "red"}).status_code == 400


def test_a_longer_list_takes_no_more_queries(client):
    SituationEventFactory()
    few = queries_of(client, ADDRESS)
    for _number in range(3):
        SituationEventFactory()

    assert queries_of(client, ADDRESS) == few


@pytest.mark.parametrize("maker", [VerifierFactory, AdministratorFactory])
def test_who_keeps_the_list_of_parties_keeps_it_here(sign_in, maker):
    client = sign_in(maker())
    party = {"slug": "army", "english": "Army", "arabic": "الجيش", "french": "Armée"}

    assert client.post("/api/v1/parties/", party, JSON).status_code == 201
    assert client.patch("/api/v1/parties/army/", {"english": "The army"}, JSON).json()["english"] == "The army"
    assert Party.objects.get().english == "The army"


@pytest.mark.parametrize(("maker", "status"), [(None, 401), (ReporterFactory, 403), (EditorFactory, 403)])
def test_everybody_reads_parties_and_nobody_else_writes_them(client, sign_in, maker, status):
    party = PartyFactory()
    client = sign_in(maker()) if maker else client

    assert [row["slug"] for row in client.get("/api/v1/parties/").json()["results"]] == [party.slug]
    assert client.patch(f"/api/v1/parties/{party.slug}/", {"english": "x"}, JSON).status_code == status
