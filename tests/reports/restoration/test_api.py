"""Plans and statements over REST: everybody reads, editors and verifiers write by the same rules as in the portal."""

from __future__ import annotations

import pytest

from reports.restoration import actions
from reports.restoration.models import Plan, ProspectStatement
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import SourceFactory
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


def said(**more) -> dict:
    return {"source": SourceFactory().name, "source_year": 2024, "certainty": "high", **more}


def a_plan(**more) -> dict:
    monument = MonumentFactory().slug
    return said(monument=monument, title="Works", status="proposed", phase="conservation", **more)


def test_everybody_reads_a_plan_with_all_that_hangs_on_it(client):
    plan, other = PlanFactory(), PlanFactory(title="Demining")
    actions.add_dependency(plan, other, by=VerifierFactory())
    for make in (CostFactory, PledgeFactory, MilestoneFactory):
        make(plan=plan)

    found = client.get(f"/api/v1/plans/{plan.pk}/").json()

    assert [len(found[name]) for name in ("steps", "costs", "pledges", "milestones")] == [1, 1, 1, 1]
    assert found["waits_for"] == [str(other.pk)]


def test_plans_of_a_monument_by_status(client):
    plan = PlanFactory()
    PlanFactory(status="hoped")

    found = client.get("/api/v1/plans/", {"monument": plan.monument.slug, "status": "proposed"}).json()

    assert [row["id"] for row in found["results"]] == [str(plan.pk)]
    assert client.get("/api/v1/plans/", {"colour": "red"}).status_code == 400


def test_withdrawn_money_and_statements_are_not_told(client):
    cost, word = CostFactory(), ProspectStatementFactory()
    for row in (cost, word):
        actions.withdraw(row, by=VerifierFactory(), reason="Of another plan.")

    assert client.get(f"/api/v1/plans/{cost.plan_id}/").json()["costs"] == []
    assert client.get("/api/v1/statements/").json()["results"] == []


def test_an_editor_enters_a_plan_and_what_became_of_it(sign_in):
    client = sign_in(EditorFactory())

    plan = client.post("/api/v1/plans/", a_plan(), JSON).json()
    step = said(to_status="under_study", version=plan["version"])
    answer = client.post(f"/api/v1/plans/{plan['id']}/steps/", step, JSON)

    assert answer.status_code == 201, answer.json()
    assert (answer.json()["from_status"], answer.json()["to_status"]) == ("proposed", "under_study")
    assert Plan.objects.get().status == "under_study"


@pytest.mark.parametrize(("maker", "status"), [(None, 401), (UserFactory, 403), (ReporterFactory, 403)])
def test_who_may_not_write_plans_writes_none(client, sign_in, maker, status):
    client = sign_in(maker()) if maker else client

    assert client.post("/api/v1/plans/", a_plan(), JSON).status_code in {status, 403}
    assert not Plan.objects.exists()


def test_an_editor_does_not_record_what_verifiers_decide_nor_for_others_sites(sign_in):
    plan, editor = PlanFactory(), EditorFactory()
    address = f"/api/v1/plans/{plan.pk}/steps/"

    assert sign_in(editor).post(address, said(to_status="approved"), JSON).status_code == 403

    Responsibility.objects.create(user=editor, country="IQ")
    assert sign_in(editor).post(address, said(to_status="under_study"), JSON).status_code == 403


def test_what_cannot_follow_or_was_changed_meanwhile_is_a_conflict(sign_in):
    plan = PlanFactory(status="completed")
    client, address = sign_in(VerifierFactory()), f"/api/v1/plans/{plan.pk}/steps/"

    order = client.post(address, said(to_status="hoped"), JSON)
    late = client.post(address, said(to_status="hoped", version=99), JSON)

    assert (order.status_code, late.status_code) == (409, 409)
    assert order["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("costs", {"amount": "100", "currency": "USD"}),
        ("pledges", {"amount": "100", "currency": "USD", "stage": "pledged"}),
        ("milestones", {"title": "Sorted", "due_on": "2030-01-01"}),
    ],
)
def test_money_and_milestones_are_entered(sign_in, name, row):
    plan = PlanFactory()
    row = row if name == "milestones" else said(**row)

    answer = sign_in(VerifierFactory()).post(f"/api/v1/plans/{plan.pk}/{name}/", row, JSON)

    assert answer.status_code == 201, answer.json()
    assert getattr(plan, name).count() == 1


def test_a_statement_is_entered_in_two_languages(sign_in):
    words = {
        "words": "يمكن إنقاذه.",
        "language": "ar",
        "translation": "It can be saved.",
        "translation_language": "en",
    }
    row = said(monument=MonumentFactory().slug, speaker="Zenobia", supports="hopeful", **words)

    answer = sign_in(EditorFactory()).post("/api/v1/statements/", row, JSON)

    assert answer.status_code == 201, answer.json()
    assert ProspectStatement.objects.get().words == "يمكن إنقاذه."


def test_what_cannot_be_taken_is_told_by_field(sign_in):
    row = a_plan(certainty="perhaps")

    problem = sign_in(EditorFactory()).post("/api/v1/plans/", row, JSON).json()

    assert problem["errors"][0]["pointer"] == "#/certainty"


def test_more_plans_cost_no_more_queries(client):
    PlanFactory()
    few = queries_of(client, "/api/v1/plans/")
    PlanFactory()
    PlanFactory()

    assert queries_of(client, "/api/v1/plans/") == few


def test_a_longer_story_of_a_plan_costs_no_more_queries(client):
    plan = PlanFactory()

    def grow():
        step = StepFactory.build(plan=plan, progress=5, source=SourceFactory())
        actions.take_step(step, by=VerifierFactory())
        for make in (CostFactory, PledgeFactory, MilestoneFactory):
            make(plan=plan)

    grow()
    few = queries_of(client, f"/api/v1/plans/{plan.pk}/")
    grow()
    grow()

    assert queries_of(client, f"/api/v1/plans/{plan.pk}/") == few
