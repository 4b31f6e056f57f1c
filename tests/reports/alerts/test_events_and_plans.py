"""What happens at a site and what becomes of a plan is told, too."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.alerts import actions, rules
from reports.alerts.models import Alert, Delivery, Kind, Rule, Severity
from reports.restoration.actions import save_plan
from reports.restoration.models import Phase, PlanStatus
from reports.situation.actions import save_event
from reports.situation.models import EventKind
from reports.vocabulary import Certainty
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation import SituationEventFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2016, 4, 1)


def event(**facts):
    facts = {"date_to": timezone.localdate(), "site": SiteFactory(), "source": SourceFactory()} | facts
    return save_event(SituationEventFactory.build(**facts))


@pytest.mark.parametrize(
    ("kind", "certainty", "days_ago", "finding"),
    [
        (EventKind.HAZARD, Certainty.HIGH, 1, (Rule.HAZARD, Severity.MAJOR)),
        (EventKind.HAZARD, Certainty.LOW, 1, (Rule.HAZARD, Severity.MINOR)),
        (EventKind.FIGHTING, Certainty.MEDIUM, 30, (Rule.SITUATION, Severity.MAJOR)),
        (EventKind.ACCESS, Certainty.DEFINITE, 0, (Rule.SITUATION, Severity.MINOR)),
        (EventKind.MISSION, Certainty.DEFINITE, 0, (Rule.SITUATION, Severity.INFO)),
        (EventKind.HAZARD, Certainty.DEFINITE, 31, (Rule.PAST_REPORT, Severity.INFO)),
    ],
)
def test_an_event_weighs_by_what_it_is_how_sure_and_how_fresh(kind, certainty, days_ago, finding):
    assert rules.of_event(kind, certainty, TODAY - datetime.timedelta(days=days_ago), TODAY) == finding


def test_a_new_hazard_goes_out_to_who_follows_the_site_or_one_of_its_monuments():
    monument = MonumentFactory()
    readers = {
        SubscriptionFactory(site=monument.site).user.email,
        SubscriptionFactory(scope="monument", site=None, monument=monument).user.email,
    }
    SubscriptionFactory()
    event(site=monument.site, kind=EventKind.HAZARD, text="Mines on the road.")

    actions.fan_out(Alert.objects.get().pk)

    assert set(Delivery.objects.values_list("address", flat=True)) == readers
    assert Alert.objects.get().facts["event"]["narrative"] == "Mines on the road."


def test_to_mend_an_event_tells_nobody_again():
    mended = event()
    mended.text = "Retaken, at noon."
    save_event(mended)

    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (None, (PlanStatus.HOPED, Phase.ANASTYLOSIS), Rule.PLAN_NEW),
        ((PlanStatus.FUNDED, Phase.ANASTYLOSIS), (PlanStatus.IN_PROGRESS, Phase.ANASTYLOSIS), Rule.PHASE_BEGUN),
        (
            (PlanStatus.IN_PROGRESS, Phase.DOCUMENTATION),
            (PlanStatus.IN_PROGRESS, Phase.CONSERVATION),
            Rule.PHASE_BEGUN,
        ),
        ((PlanStatus.IN_PROGRESS, Phase.ANASTYLOSIS), (PlanStatus.COMPLETED, Phase.ANASTYLOSIS), Rule.PLAN_COMPLETED),
        ((PlanStatus.APPROVED, Phase.ANASTYLOSIS), (PlanStatus.SUSPENDED, Phase.ANASTYLOSIS), Rule.PLAN_STALLED),
        ((PlanStatus.PROPOSED, Phase.ANASTYLOSIS), (PlanStatus.APPROVED, Phase.ANASTYLOSIS), Rule.PLAN_CHANGED),
    ],
)
def test_a_plan_is_told_by_what_became_of_it(before, after, rule):
    assert rules.of_plan(before, after).rule == rule


def test_a_plan_that_stays_as_it_was_is_no_news():
    same = (PlanStatus.HOPED, Phase.ANASTYLOSIS)

    assert rules.of_plan(same, same) is None


def test_each_step_of_a_plan_is_told_once():
    plan = save_plan(PlanFactory.build(monument=MonumentFactory(), source=SourceFactory()))
    for status in (PlanStatus.FUNDED, PlanStatus.IN_PROGRESS, PlanStatus.IN_PROGRESS):
        plan.status = status
        save_plan(plan)

    assert list(Alert.objects.order_by("id").values_list("rule", flat=True)) == [
        Rule.PLAN_NEW,
        Rule.PLAN_CHANGED,
        Rule.PHASE_BEGUN,
    ]
    assert Alert.objects.latest("id").facts["plan"]["before"] == PlanStatus.FUNDED


def test_who_wants_damage_alone_hears_of_no_plan():
    monument = MonumentFactory()
    SubscriptionFactory(site=monument.site, kinds=Kind.DAMAGE)
    save_plan(PlanFactory.build(monument=monument, source=SourceFactory()))

    actions.fan_out(Alert.objects.get().pk)

    assert not Delivery.objects.exists()
