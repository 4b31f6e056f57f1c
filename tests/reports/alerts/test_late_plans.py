"""Plans that are late, and plans of which nothing is heard, are found by the clock and told once."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from reports.alerts import tasks, wording
from reports.alerts.models import Alert, Delivery, Rule
from reports.restoration.actions import save_record, take_step
from reports.restoration.models import PlanStatus
from tests.factories.accounts import EditorFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import MilestoneFactory, PlanFactory, StepFactory

pytestmark = pytest.mark.django_db


def days_ago(number):
    return timezone.localdate() - datetime.timedelta(days=number)


def step(status=PlanStatus.IN_PROGRESS, **facts):
    day = facts.pop("on", days_ago(40))
    facts = {"date_from": day, "date_to": day, "source": SourceFactory(), "to_phase": "anastylosis"} | facts
    return StepFactory.build(to_status=status, **facts)


def running(status=PlanStatus.IN_PROGRESS, **facts):
    return PlanFactory(steps=[step(status, **facts)])


def raised():
    return list(Alert.objects.order_by("id").values_list("rule", flat=True))


def test_a_plan_whose_end_has_passed_is_told_once_to_who_follows_it():
    plan = running(planned_to=days_ago(1))
    SubscriptionFactory(scope="plan", site=None, plan=plan)

    tasks.tell_what_is_overdue()
    tasks.tell_what_is_overdue()
    tasks.sweep()

    assert raised() == [Rule.PLAN_OVERDUE]
    assert Delivery.objects.filter(items__alert__plan=plan).count() == 1


def test_it_is_not_late_on_its_last_day():
    running(planned_to=days_ago(0))

    tasks.tell_what_is_overdue()

    assert raised() == []


def test_a_new_end_that_passes_as_well_is_another_lateness():
    plan = running(planned_to=days_ago(1))
    tasks.tell_what_is_overdue()
    take_step(step(plan=plan, on=days_ago(0), planned_to=days_ago(-5)), by=EditorFactory())

    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        tasks.tell_what_is_overdue()
    assert raised().count(Rule.PLAN_OVERDUE) == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(days=6)):
        tasks.tell_what_is_overdue()
    assert raised().count(Rule.PLAN_OVERDUE) == 2


def test_a_missed_milestone_is_told_by_its_name():
    MilestoneFactory(plan=running(), title="Blocks sorted", due_on=days_ago(2))

    tasks.tell_what_is_overdue()

    said = wording.context(Alert.objects.get(), "en")
    assert any("Blocks sorted" in note for note in said["notes"])


def test_a_milestone_that_was_reached_or_withdrawn_is_not_late():
    plan = running()
    MilestoneFactory(plan=plan, due_on=days_ago(2), reached_on=days_ago(1))
    MilestoneFactory(plan=plan, due_on=days_ago(2), withdrawn_at=timezone.now(), withdrawal_reason="Of another plan.")

    tasks.tell_what_is_overdue()

    assert raised() == []


@pytest.mark.parametrize("status", [PlanStatus.COMPLETED, PlanStatus.SUSPENDED, PlanStatus.ABANDONED])
def test_nobody_waits_for_what_has_ended_or_rests(status):
    plan = running(status, planned_to=days_ago(1))
    MilestoneFactory(plan=plan, due_on=days_ago(2))

    tasks.tell_what_is_overdue()

    assert raised() == []


def test_works_of_which_nothing_is_heard_for_a_year_are_told_once_for_each_silence():
    plan = running(on=days_ago(366))
    running(on=days_ago(365))

    tasks.tell_what_is_overdue()
    tasks.tell_what_is_overdue()

    alert = Alert.objects.get()
    assert (alert.rule, alert.plan) == (Rule.PLAN_STALLED, plan)


def test_a_milestone_that_is_reached_breaks_the_silence(settings):
    settings.PLAN_SILENT_DAYS = 30
    milestone = MilestoneFactory(plan=running())
    milestone.reached_on = days_ago(1)
    save_record(milestone, by=EditorFactory())

    tasks.tell_what_is_overdue()

    assert raised() == []


def test_silence_about_a_wish_is_no_news():
    running(PlanStatus.HOPED, on=days_ago(3000))

    tasks.tell_what_is_overdue()

    assert raised() == []
