"""Plans in the admin: entering them, recording what becomes of them, their money and what they wait for."""

from __future__ import annotations

import datetime

import pytest
from django.forms.models import model_to_dict

from reports.restoration import actions, course
from reports.restoration.models import Dependency, Milestone, Plan, Pledge, ProspectStatement
from reports.restoration.vocabulary import PlanStatus
from sites.models import Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory, VerifierFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import (
    CostFactory,
    DonorFactory,
    MilestoneFactory,
    PlanFactory,
    PledgeFactory,
    ProspectStatementFactory,
    StepFactory,
)
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

PLANS, STEPS = "/admin/restoration/plan/", "/admin/restoration/planstep/"
INLINES = ("pledges", "costs", "milestones", "dependencies", "steps")


def text(answer):
    return " ".join(answer.content.decode().split())


def page_of(plan):
    return f"{PLANS}{plan.pk}/change/"


def form(plan, **changes):
    """What a browser sends of a plan's form: each inline empty but for what is given."""
    kept = {name: "" if value is None else value for name, value in model_to_dict(plan).items()}
    fields = {
        name: value for name, value in kept.items() if name not in {"id", "status", "phase", "further_monuments"}
    }
    fields |= {"site": plan.site_id or "", "monument": plan.monument_id or "", "source": plan.source_id}
    counts = {f"{prefix}-{name}": 0 for prefix in INLINES for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    flags = {name: "on" for name in ("date_uncertain", "contested") if fields.pop(name, False)}
    return {**fields, **flags, **counts, "seen": plan.version, **changes}


def said(source=None, **facts):
    return {
        "date_precision": "day",
        "date_from": "2020-06-01",
        "date_to": "2020-06-01",
        "source": str((source or SourceFactory()).pk),
        "source_year": "",
        "source_citation": "",
        "source_url": "",
        "source_archive_url": "",
        "certainty": "high",
        **facts,
    }


def row(prefix, **facts):
    return {f"{prefix}-TOTAL_FORMS": 1, **{f"{prefix}-0-{name}": value for name, value in facts.items()}}


def test_a_plan_is_entered_with_its_first_step(sign_in):
    plan = PlanFactory.build(monument=MonumentFactory(), source=SourceFactory(), title="Anastylosis of the cella")
    fields = form(plan, status="hoped", phase="anastylosis", charters=["venice_1964"])

    sign_in(EditorFactory()).post(f"{PLANS}add/", fields)

    entered = Plan.objects.get(title="Anastylosis of the cella")
    assert (entered.status, entered.site, entered.charters) == ("hoped", plan.monument.site, ["venice_1964"])
    assert entered.steps.count() == 1


def test_editors_are_offered_no_decision_and_verifiers_are(sign_in):
    plan = PlanFactory()

    shown = text(sign_in(EditorFactory()).get(page_of(plan)))
    assert "to_status=under_study" in shown
    assert "to_status=approved" not in shown
    assert "to_status=approved" in text(sign_in(VerifierFactory()).get(page_of(plan)))


def test_a_button_leads_to_the_form_of_the_step_that_it_names(sign_in):
    plan, verifier, source = PlanFactory(), VerifierFactory(), SourceFactory()
    client = sign_in(verifier)
    asked = f"{STEPS}add/?plan={plan.pk}&to_status=approved"
    assert 'value="approved" selected' in text(client.get(asked))
    fields = said(
        source, plan=str(plan.pk), seen=plan.version, to_status="approved", to_phase="anastylosis", reason=""
    )

    answer = client.post(asked, fields)

    assert answer["Location"] == page_of(plan)
    plan.refresh_from_db()
    assert (plan.status, plan.status_on) == (PlanStatus.APPROVED, datetime.date(2020, 6, 1))
    assert plan.steps.get(to_status="approved").by == verifier
    shown = text(client.get(page_of(plan)))
    assert "Approved since June 1, 2020" in shown
    assert "Proposed → Approved" in shown


def test_who_comes_second_is_told_and_nothing_is_saved(sign_in):
    plan = PlanFactory()
    fields = said(plan=str(plan.pk), seen=plan.version - 1, to_status="under_study", to_phase="anastylosis")

    answer = sign_in(EditorFactory()).post(f"{STEPS}add/?plan={plan.pk}", fields, follow=True)

    assert "Somebody else has changed this plan" in text(answer)
    assert plan.steps.count() == 1


def test_a_wrong_step_is_corrected_from_the_list_of_steps(sign_in):
    plan, verifier = PlanFactory(), VerifierFactory()
    step = StepFactory.build(plan=plan, to_status="funded", source=SourceFactory())
    actions.take_step(step, by=verifier)
    client = sign_in(verifier)
    asked = f"{STEPS}add/?plan={plan.pk}&corrects={step.pk}"
    assert asked.replace("&", "&amp;") in client.get(page_of(plan)).content.decode()
    fields = said(plan=str(plan.pk), corrects=str(step.pk), void="on", to_status="funded", to_phase="anastylosis")

    assert "what was wrong" in text(client.post(asked, fields))
    client.post(asked, {**fields, "reason": "It was another monument."})

    assert [one.to_status for one in course.standing(plan.steps.all())] == ["proposed"]
    assert "It never happened: Funded" in text(client.get(page_of(plan)))


def test_nobody_changes_the_status_in_the_plans_own_form(sign_in):
    plan = PlanFactory()

    sign_in(VerifierFactory()).post(page_of(plan), form(plan, status="completed", title="Other"))

    plan.refresh_from_db()
    assert (plan.status, plan.title) == (PlanStatus.PROPOSED, "Other")


def test_money_and_milestones_are_entered_with_the_plan(sign_in):
    plan, donor, editor = PlanFactory(), DonorFactory(), EditorFactory()
    fields = form(
        plan,
        **row("pledges", donor=str(donor.pk), stage="pledged", amount="5000", currency="EUR", **said()),
        **row("costs", amount="9000", currency="EUR", covers="", whole="on", **said()),
        **row("milestones", title="Blocks sorted", language="en", due_on="2030-01-01"),
    )

    answer = sign_in(editor).post(page_of(plan), fields)

    assert answer.status_code == 302
    [pledge], [cost] = plan.pledges.all(), plan.costs.all()
    assert (pledge.donor, pledge.recorded_by, cost.amount) == (donor, editor, 9000)
    assert Milestone.objects.get().plan == plan


def test_an_entry_is_withdrawn_with_its_reason_not_deleted(sign_in):
    pledge = PledgeFactory()
    given = {"id": str(pledge.pk), "plan": str(pledge.plan_id), "donor": str(pledge.donor_id), "stage": "pledged"}
    rows = row("pledges", amount="1000.00", currency="USD", withdraw_because="Denied.", **given, **said(pledge.source))

    fields = form(pledge.plan, **rows, **{"pledges-INITIAL_FORMS": 1})
    answer = sign_in(EditorFactory()).post(page_of(pledge.plan), fields)

    assert answer.status_code == 302
    assert not Pledge.objects.known().exists()
    assert Pledge.objects.get().withdrawal_reason == "Denied."


def test_a_circle_of_dependencies_is_refused_where_it_is_chosen(sign_in):
    one, two = PlanFactory(), PlanFactory()
    client = sign_in(EditorFactory())
    client.post(page_of(one), form(one, **row("dependencies", needs=str(two.pk), note="")))
    assert Dependency.objects.get().needs == two

    answer = client.post(page_of(two), form(two, **row("dependencies", needs=str(one.pk), note="")))

    assert "waits for this plan itself" in text(answer)
    assert Dependency.objects.count() == 1


def test_the_plans_of_others_sites_are_to_look_at(sign_in):
    plan, editor = PlanFactory(), EditorFactory()
    Responsibility.objects.create(user=editor, site=SiteFactory())
    client = sign_in(editor)

    assert "to_status=" not in text(client.get(page_of(plan)))
    assert client.post(page_of(plan), form(plan, title="Ours")).status_code == 403
    fields = said(plan=str(plan.pk), to_status="under_study", to_phase="anastylosis")
    client.post(f"{STEPS}add/", fields)
    assert plan.steps.count() == 1


def test_administrators_look_and_change_nothing(sign_in):
    plan = PlanFactory()
    client = sign_in(AdministratorFactory())

    assert client.get(page_of(plan)).status_code == 200
    assert client.get(f"{PLANS}add/").status_code == 403
    assert client.get(f"{STEPS}add/?plan={plan.pk}").status_code == 403
    assert client.get("/admin/restoration/prospectstatement/add/").status_code == 403


def test_a_statement_is_entered_changed_and_withdrawn(sign_in):
    client, monument = sign_in(EditorFactory()), MonumentFactory()
    fields = said(
        monument=str(monument.pk), supports="hopeful", speaker="Director", office="", words="Yes.", language="en"
    )

    client.post("/admin/restoration/prospectstatement/add/", fields)
    statement = ProspectStatement.objects.get()
    address = f"/admin/restoration/prospectstatement/{statement.pk}/change/"
    client.post(address, {**fields, "words": "Perhaps."})
    assert [one.words for one in ProspectStatement.objects.known()] == ["Perhaps."]
    client.post(address, {**fields, "words": "Perhaps.", "withdraw_because": "Misheard."})

    assert not ProspectStatement.objects.known().exists()
    assert ProspectStatement.objects.count() == 2


@pytest.mark.parametrize("address", [PLANS, STEPS, "/admin/restoration/prospectstatement/"])
def test_more_rows_cost_no_more_queries(sign_in, address):
    client, plan = sign_in(VerifierFactory()), PlanFactory()

    def grow():
        other = PlanFactory()
        for make in (PledgeFactory, CostFactory, MilestoneFactory):
            make(plan=plan)
        actions.add_dependency(plan, other, by=VerifierFactory())
        actions.take_step(StepFactory.build(plan=plan, progress=5, source=SourceFactory()), by=VerifierFactory())
        ProspectStatementFactory()

    grow()
    few = queries_of(client, address)
    grow()
    grow()

    assert queries_of(client, address) == few
