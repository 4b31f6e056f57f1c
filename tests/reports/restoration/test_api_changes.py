"""Changing plans and what hangs on them over REST, and reading them at a moment of the past."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.restoration import actions
from reports.restoration.models import CostEstimate, Plan, ProspectStatement
from reports.vocabulary import DamageGrade
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import PublishedFactory, SourceFactory
from tests.factories.restoration import (
    CostFactory,
    MilestoneFactory,
    PlanFactory,
    PledgeFactory,
    ProspectStatementFactory,
    StepFactory,
)
from tests.factories.sites import MonumentFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_an_editor_changes_the_description_of_a_plan(sign_in):
    plan = PlanFactory()
    client, own = sign_in(EditorFactory()), f"/api/v1/plans/{plan.pk}/"

    changed = client.patch(own, {"title": "Anastylosis of the arch", "version": plan.version}, JSON)
    late = client.patch(own, {"title": "Of the gate", "version": plan.version}, JSON)
    by_steps = client.patch(own, {"status": "funded", "version": plan.version + 1}, JSON)

    assert (changed.status_code, late.status_code, by_steps.status_code) == (200, 409, 409)
    assert Plan.objects.get().title == "Anastylosis of the arch"
    assert client.patch(own, {"title": "x"}, JSON).status_code == 400


@pytest.mark.parametrize(("maker", "status"), [(None, 401), (ReporterFactory, 403)])
def test_who_may_not_change_plans_changes_none(client, sign_in, maker, status):
    cost = CostFactory()
    client = sign_in(maker()) if maker else client
    plan = f"/api/v1/plans/{cost.plan_id}/"

    assert client.patch(plan, {"title": "x", "version": cost.plan.version}, JSON).status_code == status
    assert client.patch(f"/api/v1/costs/{cost.pk}/", {"amount": "1.00"}, JSON).status_code == status
    assert client.post(f"/api/v1/costs/{cost.pk}/withdraw/", {"reason": "x"}, JSON).status_code == status
    assert client.post(f"{plan}wait/", {"needs": str(PlanFactory().pk)}, JSON).status_code == status


def test_nobody_changes_what_they_do_not_answer_for(sign_in):
    cost, editor = CostFactory(), EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    assert sign_in(editor).patch(f"/api/v1/costs/{cost.pk}/", {"amount": "1.00"}, JSON).status_code == 403


def test_a_wrong_step_is_corrected_and_one_that_never_happened_is_said_to(sign_in):
    plan = PlanFactory(status="hoped")
    step = StepFactory.build(plan=plan, to_status="proposed", source=SourceFactory())
    actions.take_step(step, by=EditorFactory())
    client, own = sign_in(EditorFactory()), f"/api/v1/plans/{plan.pk}/correct/"
    said = {"source": step.source.name, "certainty": "high", "date_to": "2020-07-01", "date_precision": "day"}

    right = {"step": str(step.pk), "to_status": "under_study", "reason": "It was further.", **said}
    corrected = client.post(own, right, JSON)
    assert corrected.status_code == 201, corrected.json()
    assert Plan.objects.get().status == "under_study"

    void = client.post(own, {"step": corrected.json()["id"], "void": True, "reason": "Nothing happened."}, JSON)
    assert void.status_code == 201, void.json()
    assert Plan.objects.get().status == "hoped"
    assert client.post(own, {"step": str(step.pk), "void": True, "reason": "Again."}, JSON).status_code == 409


@pytest.mark.parametrize(
    ("factory", "address", "change"),
    [
        (CostFactory, "costs", {"amount": "777.00"}),
        (PledgeFactory, "pledges", {"amount": "777.00"}),
        (MilestoneFactory, "milestones", {"title": "The roof"}),
        (ProspectStatementFactory, "statements", {"office": "Director"}),
    ],
)
def test_what_hangs_on_plans_is_changed_and_withdrawn_and_its_past_is_kept(sign_in, factory, address, change):
    row = factory()
    client, own = sign_in(VerifierFactory()), f"/api/v1/{address}/{row.pk}/"

    assert client.patch(own, change, JSON).status_code == 200
    assert type(row).objects.filter(earlier_of=row).count() == 1
    assert client.post(f"{own}withdraw/", {}, JSON).status_code == 400
    assert client.post(f"{own}withdraw/", {"reason": "Of another plan."}, JSON).status_code == 204
    assert client.get(own).status_code == 404


def test_plans_wait_for_others_and_no_longer(sign_in):
    plan, other = PlanFactory(), PlanFactory()
    client, own = sign_in(EditorFactory()), f"/api/v1/plans/{plan.pk}/"

    assert client.post(f"{own}wait/", {"needs": str(other.pk)}, JSON).status_code == 201
    circle = client.post(f"/api/v1/plans/{other.pk}/wait/", {"needs": str(plan.pk)}, JSON)
    assert circle.status_code == 400
    assert client.get(own).json()["waits_for"] == [str(other.pk)]
    assert client.post(f"{own}stop-waiting/", {"needs": str(other.pk)}, JSON).status_code == 204
    assert client.get(own).json()["waits_for"] == []


def test_plans_of_a_moment_are_as_they_were(client):
    plan = PlanFactory(status="hoped")
    step = StepFactory.build(plan=plan, to_status="proposed", source=SourceFactory())
    actions.take_step(step, by=EditorFactory())

    def found(**asked) -> list[str]:
        return [row["status"] for row in client.get("/api/v1/plans/", asked).json()["results"]]

    assert found() == ["proposed"]
    assert found(as_of="2020-05-31") == ["hoped"]
    assert found(as_of="2020-05-31", status="proposed") == []
    assert found(as_of="2020-06-01", status="proposed") == ["proposed"]
    assert client.get(f"/api/v1/plans/{plan.pk}/", {"as_of": "2020-05-31"}).json()["status"] == "hoped"
    assert client.get("/api/v1/plans/", {"as_of": "yesterday"}).status_code == 400


def test_a_list_of_plans_of_a_moment_takes_no_more_queries_when_it_is_longer(client):
    address = "/api/v1/plans/?as_of=2030-01-01"
    PlanFactory()
    few = queries_of(client, address)
    for _number in range(3):
        PlanFactory()

    assert queries_of(client, address) == few


def test_what_was_known_of_money_and_words_at_a_time(client):
    cost, word = CostFactory(), ProspectStatementFactory()
    before = timezone.now()
    for row in (cost, word):
        actions.withdraw(row, by=VerifierFactory(), reason="Of another plan.")

    asked = {"known_at": before.isoformat()}
    assert len(client.get(f"/api/v1/plans/{cost.plan_id}/", asked).json()["costs"]) == 1
    assert len(client.get("/api/v1/statements/", asked).json()["results"]) == 1
    assert (CostEstimate.objects.known().count(), ProspectStatement.objects.known().count()) == (0, 0)


def test_monuments_by_their_prospect(client):
    hopeful = PlanFactory(status="hoped", certainty="high").monument
    lost = PublishedFactory(damage_grade=DamageGrade.DESTROYED).monument
    sound = PublishedFactory(damage_grade=DamageGrade.SLIGHT).monument
    unknown = MonumentFactory()

    def found(*words: str) -> set[str]:
        rows = client.get("/api/v1/prospects/", {"prospect": words}).json()["results"]
        return {row["monument"] for row in rows}

    assert found("hopeful") == {hopeful.slug}
    assert found("lost", "nothing") == {lost.slug, sound.slug}
    assert found("uncertain") == {unknown.slug}
    everything = {row["monument"]: row["prospect"] for row in client.get("/api/v1/prospects/").json()["results"]}
    assert everything == {hopeful.slug: "hopeful", lost.slug: "lost", sound.slug: "", unknown.slug: "uncertain"}


def test_the_score_is_told_with_its_parts(client):
    report = PublishedFactory(condition="very_bad", date_to=datetime.date(2020, 1, 1))

    score = client.get(f"/api/v1/priorities/{report.monument.slug}/").json()["score"]

    assert score["total"] is not None
    assert {part["aspect"]: part["value"] for part in score["parts"]}["condition"] == 100
