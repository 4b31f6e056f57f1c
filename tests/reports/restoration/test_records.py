"""Money, milestones, dependencies and statements: entered, changed, withdrawn, never lost."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.conditions.workflow import NotAllowed, ReasonMissing, WrongState
from reports.restoration import actions
from reports.restoration.models import CostEstimate, Dependency, Pledge, ProspectStatement
from reports.restoration.vocabulary import Stage
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import (
    CostFactory,
    DonorFactory,
    MilestoneFactory,
    PlanFactory,
    PledgeFactory,
    ProspectStatementFactory,
)
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def test_what_an_entry_said_before_stays_readable():
    cost, then = CostFactory(amount=100), timezone.now()
    cost.amount = 250

    actions.save_record(cost, by=EditorFactory())

    assert [row.amount for row in CostEstimate.objects.known()] == [250]
    assert [row.amount for row in CostEstimate.objects.known(then)] == [100]
    assert CostEstimate.objects.known(then).get().stands_for == cost.pk


def test_saving_without_a_change_keeps_no_version():
    cost = CostFactory()

    actions.save_record(CostEstimate.objects.get(pk=cost.pk), by=EditorFactory())

    assert CostEstimate.objects.count() == 1


def test_a_withdrawn_entry_does_not_count_and_says_why():
    editor, pledge, then = EditorFactory(), PledgeFactory(), timezone.now()

    actions.withdraw(pledge, by=editor, reason="The donor denies it.")

    assert not Pledge.objects.known().exists()
    assert Pledge.objects.known(then).exists()
    with pytest.raises(WrongState):
        actions.save_record(pledge, by=editor)


def test_a_withdrawal_needs_a_reason():
    with pytest.raises(ReasonMissing):
        actions.withdraw(PledgeFactory(), by=EditorFactory(), reason=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.update(withdrawn_at=timezone.now())


@pytest.mark.parametrize("make", [CostFactory, PledgeFactory, MilestoneFactory, ProspectStatementFactory])
def test_only_those_enter_and_withdraw_who_may(make):
    row, elsewhere = make(), EditorFactory()
    Responsibility.objects.create(user=elsewhere, site=SiteFactory())

    for by in (ReporterFactory(), elsewhere):
        with pytest.raises(NotAllowed):
            actions.save_record(row, by=by)
        with pytest.raises(NotAllowed):
            actions.withdraw(row, by=by, reason="So.")


def test_a_payment_keeps_a_pledge_of_the_same_donor_plan_and_currency():
    pledge, editor = PledgeFactory(currency="EUR"), EditorFactory()
    same = {"plan": pledge.plan, "donor": pledge.donor, "source": SourceFactory(), "of": pledge}

    actions.save_record(PledgeFactory.build(**same, stage=Stage.PAID, currency="EUR"), by=editor)
    for wrong in (
        {"currency": "USD"},
        {"currency": "EUR", "donor": DonorFactory()},
        {"currency": "EUR", "stage": Stage.PLEDGED},
    ):
        with pytest.raises(ValidationError):
            actions.save_record(PledgeFactory.build(**{**same, "stage": Stage.PAID, **wrong}), by=editor)


@pytest.mark.parametrize("wrong", [{"amount": -1}, {"currency": ""}, {"currency": "Euro"}, {"whole": False}])
def test_money_that_cannot_be_is_refused(wrong):
    cost = CostFactory.build(plan=PlanFactory(), source=SourceFactory(), **wrong)

    with pytest.raises(ValidationError):
        actions.save_record(cost, by=EditorFactory())


def test_payments_and_milestones_are_news_of_the_plan():
    editor, plan = EditorFactory(), PlanFactory(source_year=2011)
    paid_on = datetime.date(2020, 5, 1)
    said = {"source": SourceFactory(), "date_from": paid_on, "date_to": paid_on, "date_precision": "day"}

    actions.save_record(PledgeFactory.build(plan=plan, donor=None, stage=Stage.PAID, **said), by=editor)
    plan.refresh_from_db()
    assert plan.changed_on == paid_on

    milestone = MilestoneFactory(plan=plan, reached_on=None)
    milestone.reached_on = datetime.date(2021, 1, 1)
    actions.save_record(milestone, by=editor)
    plan.refresh_from_db()
    assert plan.changed_on == milestone.reached_on


def test_plans_do_not_wait_for_each_other_in_a_circle():
    editor = EditorFactory()
    one, two, three = PlanFactory(), PlanFactory(), PlanFactory()
    actions.add_dependency(one, two, by=editor)
    actions.add_dependency(two, three, by=editor)

    for needs in (one, three):
        with pytest.raises(ValidationError, match="waits for this plan itself"):
            actions.add_dependency(three, needs, by=editor)

    actions.remove_dependency(Dependency.objects.get(plan=two), by=editor)
    actions.add_dependency(three, one, by=editor)


def test_dependencies_are_for_those_who_answer_for_the_site():
    with pytest.raises(NotAllowed):
        actions.add_dependency(PlanFactory(), PlanFactory(), by=ReporterFactory())


def test_a_statement_has_its_words_in_both_languages():
    said = ProspectStatementFactory.build(
        monument=MonumentFactory(),
        source=SourceFactory(),
        words="يمكن ترميمه",
        language="ar",
        translation="It can be restored.",
        translation_language="en",
    )
    actions.save_record(said, by=EditorFactory())
    said.translation_language = ""

    with pytest.raises(ValidationError):
        actions.save_record(said, by=EditorFactory())
    assert ProspectStatement.objects.get().translation_language == "en"
