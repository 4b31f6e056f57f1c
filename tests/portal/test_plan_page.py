"""The page of a plan: what became of it, and following it."""

from __future__ import annotations

import pytest

from reports.alerts.models import Subscription
from reports.restoration import actions
from tests.factories.accounts import UserFactory, VerifierFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import CostFactory, MilestoneFactory, PlanFactory, PledgeFactory, StepFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def test_the_page_tells_steps_money_milestones_and_what_it_waits_for(client):
    plan, other = PlanFactory(), PlanFactory(title="Demining")
    actions.add_dependency(plan, other, by=VerifierFactory())
    step = StepFactory.build(plan=plan, to_status="in_progress", progress=40, source=SourceFactory(name="SANA"))
    actions.take_step(step, by=VerifierFactory())
    CostFactory(plan=plan, amount=10000)
    pledge, milestone = PledgeFactory(plan=plan), MilestoneFactory(plan=plan)

    page = client.get(plan.get_absolute_url()).content.decode()

    for shown in (
        "Proposed → In progress",
        "SANA",
        "10,000 USD",
        str(pledge.donor),
        milestone.title,
        "Demining",
        "40%",
    ):
        assert shown in page


def test_a_plan_is_followed_by_a_button_and_by_an_address(client, sign_in, postbox):
    plan = PlanFactory()
    client.post("/subscriptions/ask/", {"plan": str(plan.pk), "email": "zenobia@example.org"})
    user = UserFactory()
    client = sign_in(user)

    client.post("/subscriptions/add/", {"plan": str(plan.pk)})

    assert list(Subscription.objects.order_by("created_at").values_list("plan", "address")) == [
        (plan.pk, "zenobia@example.org"),
        (plan.pk, ""),
    ]
    assert "Stop telling me" in client.get(plan.get_absolute_url()).content.decode()
    assert plan.title in client.get("/subscriptions/").content.decode()
    assert client.post("/subscriptions/add/", {"plan": "nonsense"}).status_code == 404


def test_a_long_story_costs_no_more_queries(client):
    plan = PlanFactory()

    def grow():
        step = StepFactory.build(plan=plan, progress=5, source=SourceFactory())
        actions.take_step(step, by=VerifierFactory())
        for make in (CostFactory, PledgeFactory, MilestoneFactory):
            make(plan=plan)

    grow()
    few = queries_of(client, plan.get_absolute_url())
    grow()
    grow()

    assert queries_of(client, plan.get_absolute_url()) == few
