"""Monuments with their status, and condition reports, over REST."""

from __future__ import annotations

import pytest

from reports.conditions import actions
from reports.vocabulary import DamageGrade
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory, ThreatFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.problems import named
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
MONUMENTS, REPORTS = "/api/v1/monuments/", "/api/v1/condition-reports/"


def results(client, address, **parameters):
    answer = client.get(address, parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


@pytest.mark.parametrize(
    ("slug", "day", "grade"),
    [
        ("palmyra-temple-of-bel", "2015-08-29", "unknown"),
        ("palmyra-temple-of-bel", "2015-08-30", "destroyed"),
        ("palmyra-tetrapylon", "2016-06-01", "slight"),
        ("palmyra-tetrapylon", "2017-01-20", "very_severe"),
        ("palmyra-lion-of-al-lat", "2016-12-01", "severe"),
        ("palmyra-lion-of-al-lat", "2017-10-01", "slight"),
        ("palmyra-efqa-spring", "2020-01-01", "unknown"),
        ("palmyra-temple-of-nabu", "2020-01-01", "unknown"),
    ],
)
def test_the_founding_data_tell_the_past(client, palmyra, slug, day, grade):
    found = {row["slug"]: row for row in results(client, MONUMENTS, site="palmyra", as_of=day)}

    assert found[slug]["status"]["damage_grade"] == grade


def test_palmyra_has_its_monuments(client, palmyra):
    assert len(results(client, MONUMENTS, site="palmyra")) == 21


def test_a_monument_says_what_it_is_and_how_it_is(client):
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)

    row = client.get(f"{MONUMENTS}{report.monument.slug}/").json()

    assert row["names"][0]["language"] == "en"
    assert row["site"] == report.monument.site.slug
    assert row["location"]["type"] == "Point"
    status = row["status"]
    assert {name: status[name] for name in ("damage_grade", "condition", "fabric_status", "certainty")} == {
        "damage_grade": "destroyed",
        "condition": "destroyed",
        "fabric_status": "original",
        "certainty": "high",
    }
    assert (status["observed_on"], status["contested"], status["suspected"]) == ("2015-08-30", False, False)
    assert [period["valid_from"] for period in row["history"]] == ["2015-08-30"]


def test_a_monument_of_which_nothing_is_known_has_a_status_too(client):
    row = client.get(f"{MONUMENTS}{MonumentFactory().slug}/").json()

    assert (row["status"]["damage_grade"], row["status"]["observed_on"]) == ("unknown", None)


def test_what_was_believed_then_is_told(client):
    report = PublishedFactory()
    actions.retract(report, by=VerifierFactory(), reason="Photograph is of 2013")
    address = f"{MONUMENTS}{report.monument.slug}/"

    believed = client.get(address, {"known_at": report.published_at.isoformat()}).json()

    assert believed["status"]["damage_grade"] == "severe"
    assert client.get(address).json()["status"]["damage_grade"] == "unknown"


def test_monuments_are_filtered_by_their_grade_at_the_moment_asked_about(client):
    report = PublishedFactory()
    MonumentFactory()
    severe = results(client, MONUMENTS, damage_grade="severe")
    before = results(client, MONUMENTS, damage_grade="severe", as_of="2015-08-29")
    believed = results(client, MONUMENTS, damage_grade="severe", known_at="2000-01-01T00:00:00Z")

    assert [row["slug"] for row in severe] == [report.monument.slug]
    assert before == believed == []


def test_unknown_is_a_grade_to_ask_for(client):
    PublishedFactory()
    untold = MonumentFactory()

    assert [row["slug"] for row in results(client, MONUMENTS, damage_grade="unknown")] == [untold.slug]


@pytest.mark.parametrize(
    ("address", "parameter", "value"),
    [
        (MONUMENTS, "as_of", "yesterday"),
        (MONUMENTS, "as_of", "2016-02-30"),
        (MONUMENTS, "known_at", "noon"),
        (MONUMENTS, "damage_grade", "gone"),
        (MONUMENTS, "site", "atlantis"),
        (MONUMENTS, "as_off", "2016-06-01"),
        (REPORTS, "monument", "atlantis"),
        (REPORTS, "observed_after", "yesterday"),
        ("/api/v1/sites/", "county", "SY"),
    ],
)
def test_a_parameter_that_cannot_be_understood_is_named(client, address, parameter, value):
    answer = client.get(address, {parameter: value})

    assert answer.status_code == 400
    assert named(answer) == [parameter]


def test_pages_show_each_monument_once(client):
    slugs = sorted(MonumentFactory().slug for _ in range(7))
    seen, address = [], f"{MONUMENTS}?page_size=3"
    while address:
        page = client.get(address).json()
        seen += [row["slug"] for row in page["results"]]
        address = page["next"]

    assert seen == slugs


@pytest.mark.parametrize("address", [MONUMENTS, REPORTS, "/api/v1/sites/"])
def test_a_longer_page_costs_no_more_queries(client, address):
    publish_with_findings(2)
    few = queries_of(client, address)
    publish_with_findings(4)

    assert queries_of(client, address) == few


def publish_with_findings(number):
    for _ in range(number):
        report = PublishedFactory()
        DisturbanceFactory(report=report)
        ThreatFactory(report=report)


def test_nothing_can_be_written(client):
    assert client.post(MONUMENTS, {}).status_code in {401, 405}


def test_the_public_sees_what_was_published_only(client):
    DraftFactory()
    report = PublishedFactory()

    assert [row["id"] for row in results(client, REPORTS)] == [str(report.pk)]


def test_a_retracted_report_is_shown_with_its_reason(client):
    report = PublishedFactory()
    actions.retract(report, by=VerifierFactory(), reason="Photograph is of 2013")

    row = client.get(f"{REPORTS}{report.pk}/").json()

    assert (row["state"], row["retraction_reason"]) == ("retracted", "Photograph is of 2013")


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (UserFactory, 404),
        (ReporterFactory, 404),
        (EditorFactory, 200),
        (VerifierFactory, 200),
        (AdministratorFactory, 200),
    ],
)
def test_another_persons_draft_is_for_staff(sign_in, factory, status):
    draft = DraftFactory()

    assert sign_in(factory()).get(f"{REPORTS}{draft.pk}/").status_code == status


def test_ones_own_draft_is_ones_own(sign_in):
    draft = DraftFactory(author=ReporterFactory())

    assert sign_in(draft.author).get(f"{REPORTS}{draft.pk}/").status_code == 200


def test_nobody_is_told_who_wrote_a_report(client):
    report = PublishedFactory(author=EditorFactory(name="Zenobia", email="zenobia@example.org"))

    told = client.get(f"{REPORTS}{report.pk}/").content.decode().lower()

    assert "zenobia" not in told
    assert str(report.author_id) not in told


def test_sites_are_found_by_a_part_of_a_name(client):
    site = SiteFactory()
    SiteFactory()
    name = site.names.get().text

    found = results(client, "/api/v1/sites/", search=name.upper())
    assert found[0]["slug"] == site.slug


def test_an_address_without_anything_answers_in_json(client):
    answer = client.get("/api/v1/atlantis/")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
