"""Drafts and steps over REST, with the rules of the portal."""

from __future__ import annotations

import pytest

from reports.conditions import actions
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import State, VerificationMethod
from reports.vocabulary import DamageGrade
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SourceFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory
from tests.problems import named

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/condition-reports/"


def draft_fields(**changes):
    fields = {
        "monument": MonumentFactory().slug,
        "kind": "damage",
        "date_from": "2015-08-27",
        "date_to": "2015-08-30",
        "date_precision": "range",
        "damage_grade": "destroyed",
        "certainty": "high",
        "source": SourceFactory().name,
        "narrative": "Blown up.",
        "causes": [{"category": "military_armed_conflict", "cause": "explosion_heavy_weaponry", "certainty": "high"}],
        "effects": [{"effect": "collapse_structural", "certainty": "definite", "cause": "explosion_heavy_weaponry"}],
        "threats": [{"category": "looting_illegal", "cause": "excavation_hand", "probability": "probable"}],
        "risks": [{"danger": "mines", "certainty": "medium", "note": "At the gate."}],
    }
    return fields | changes


def send(client, address, data, method="post"):
    return getattr(client, method)(address, data, content_type="application/json")


def step(client, report, name, **facts):
    return send(client, f"{REPORTS}{report['id']}/{name}/", {"version": report["version"], **facts})


def test_a_report_goes_the_whole_way(client, sign_in):
    written = send(sign_in(ReporterFactory()), REPORTS, draft_fields()).json()
    submitted = step(client, written, "submit").json()
    verified = step(sign_in(VerifierFactory()), submitted, "verify", method="satellite").json()
    published = step(client, verified, "publish").json()

    client.logout()
    row = client.get(f"{REPORTS}{published['id']}/").json()
    assert row["state"] == "published"
    assert [row[kind][0] for kind in ("effects", "risks")] == [
        {"effect": "collapse_structural", "cause": "explosion_heavy_weaponry", "certainty": "definite"},
        {"danger": "mines", "certainty": "medium", "note": "At the gate."},
    ]


def test_a_draft_is_changed_with_the_version_that_was_read(sign_in):
    draft = DraftFactory()
    client = sign_in(draft.author)

    answer = send(client, f"{REPORTS}{draft.pk}/", {"version": draft.version, "narrative": "New."}, "patch")

    assert answer.json()["version"] == draft.version + 1
    draft.refresh_from_db()
    assert draft.narrative == "New."


def test_a_change_without_a_version_is_asked_for_it(sign_in):
    draft = DraftFactory()

    answer = send(sign_in(draft.author), f"{REPORTS}{draft.pk}/", {"narrative": "New."}, "patch")

    assert (answer.status_code, named(answer)) == (400, ["version"])


def test_who_comes_second_is_told(sign_in):
    report = SubmittedFactory()
    actions.verify(report, by=VerifierFactory(name="Nour"), method=VerificationMethod.SATELLITE)
    seen = {"id": str(report.pk), "version": report.version}

    answer = step(sign_in(VerifierFactory()), seen, "reject", reason="Blurred.")

    assert answer.status_code == 409
    assert "Nour was faster" in answer.json()["detail"]


def test_a_draft_of_somebody_else_is_not_changed_by_a_reporter(sign_in):
    draft = DraftFactory()

    answer = send(sign_in(ReporterFactory()), f"{REPORTS}{draft.pk}/", {"version": 1, "narrative": "Mine."}, "patch")

    assert answer.status_code == 404


@pytest.mark.parametrize(("who", "status"), [(None, 401), (UserFactory, 403), (ReporterFactory, 201)])
def test_who_may_write(client, sign_in, who, status):
    if who:
        sign_in(who())

    assert send(client, REPORTS, draft_fields()).status_code == status


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"monument": "nowhere"}, "monument"),
        ({"source": "Nobody"}, "source"),
        ({"damage_grade": "awful"}, "damage_grade"),
        ({"date_to": "2015-08-26"}, "non_field_errors"),
        ({"date_to": "2999-01-01"}, "date_to"),
        ({"source_scheme": "ems98", "source_value": "9"}, "source_value"),
        ({"kind": "threat"}, "non_field_errors"),
        ({"causes": [{"category": "x"}]}, "causes"),
    ],
)
def test_bad_input_names_the_field(sign_in, changes, field):
    answer = send(sign_in(EditorFactory()), REPORTS, draft_fields(**changes))

    assert (answer.status_code, named(answer)) == (400, [field])
    assert not ConditionReport.objects.exists()


def test_a_step_is_refused_in_the_workflows_words(sign_in):
    draft = DraftFactory()
    row = {"id": str(draft.pk), "version": draft.version}

    answer = step(sign_in(EditorFactory()), row, "publish")

    assert answer.status_code == 409
    assert "not possible" in answer.json()["detail"]


def test_four_eyes_hold_over_rest(sign_in):
    report = SubmittedFactory(author=VerifierFactory())
    row = {"id": str(report.pk), "version": report.version}

    answer = step(sign_in(report.author), row, "verify", method="satellite")

    assert answer.status_code == 403


def test_a_draft_is_deleted_and_a_history_is_not(sign_in):
    draft, submitted = DraftFactory(), SubmittedFactory()
    client = sign_in(EditorFactory())

    assert client.delete(f"{REPORTS}{draft.pk}/").status_code == 204
    assert client.delete(f"{REPORTS}{submitted.pk}/").status_code == 409


def test_an_embargo_is_set_over_rest(sign_in):
    report = actions.verify(SubmittedFactory(), by=VerifierFactory(), method=VerificationMethod.SATELLITE)
    row = {"id": str(report.pk), "version": report.version}

    answer = step(sign_in(VerifierFactory()), row, "embargo", until="2999-01-01T00:00:00Z", reason="Wait.")

    assert answer.json()["state"] == State.VERIFIED


def test_a_contested_monument_shows_both_sources(client):
    monument = MonumentFactory()
    gone = PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)
    stands = PublishedFactory(monument=monument, damage_grade=DamageGrade.NONE)

    row = client.get(f"/api/v1/monuments/{monument.slug}/").json()

    assert (row["status"]["report"], row["status"]["rival"]) == (str(gone.pk), str(stands.pk))
    assert {v["bearing"] for v in row["why"]["reports"]} == {"used", "rival"}
    assert gone.source.name in row["why"]["sentence"]
    assert stands.source.name in row["why"]["sentence"]


def test_contested_monuments_are_filtered(client):
    quiet = PublishedFactory().monument
    monument = MonumentFactory()
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.NONE)

    def slugs(**query):
        return [row["slug"] for row in client.get("/api/v1/monuments/", query).json()["results"]]

    assert slugs(contested="true") == [monument.slug]
    assert slugs(contested="false") == [quiet.slug]
    assert slugs(contested="true", as_of="2015-08-01") == []
    assert slugs(contested="true", known_at="2999-01-01T00:00:00Z") == [monument.slug]


def test_what_was_not_assessed_for_long_is_filtered_and_sorted(client):
    never = MonumentFactory()
    old = PublishedFactory(date_to="2015-08-30").monument
    newer = PublishedFactory(date_to="2020-01-01").monument

    def slugs(**query):
        return [row["slug"] for row in client.get("/api/v1/monuments/", query).json()["results"]]

    assert slugs(order="stale") == [never.slug, old.slug, newer.slug]
    assert set(slugs(stale_days=10, as_of="2020-01-05")) == {never.slug, old.slug}
    assert set(slugs(stale_days=10, known_at="2999-01-01T00:00:00Z")) == {never.slug, old.slug, newer.slug}


def test_the_days_since_an_assessment_are_those_of_the_moment_asked_about(client):
    report = PublishedFactory(date_to="2015-08-30")

    row = client.get(f"/api/v1/monuments/{report.monument.slug}/", {"as_of": "2015-09-09"}).json()

    assert row["status"]["days_since_assessment"] == 10


def test_parts_show_their_spread_and_the_worst(client):
    whole = MonumentFactory()
    for grade in (DamageGrade.SLIGHT, DamageGrade.SLIGHT, DamageGrade.DESTROYED):
        PublishedFactory(monument=MonumentFactory(site=whole.site, parent=whole), damage_grade=grade)

    row = client.get(f"/api/v1/monuments/{whole.slug}/").json()

    assert row["parts"] == {"slight": 2, "destroyed": 1}
    assert row["worst_part"] == "destroyed"
