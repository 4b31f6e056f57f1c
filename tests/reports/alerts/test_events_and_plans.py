"""What happens at a site and what becomes of a plan is told, too."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.alerts import actions, hearing, rules, wording
from reports.alerts.models import Alert, Delivery, Kind, Rule, Severity
from reports.restoration.actions import save_plan, take_step
from reports.restoration.models import Phase, PlanStatus
from reports.situation.actions import retract
from reports.situation.models import EventKind
from reports.vocabulary import Certainty
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import PlanFactory, StepFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation import record

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2016, 4, 1)


def event(**facts):
    return record(**{"date_to": timezone.localdate()} | facts)


def new_plan(**facts):
    facts = {"monument": MonumentFactory(), "source": SourceFactory()} | facts
    return save_plan(PlanFactory.build(**facts), by=VerifierFactory())


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


def told():
    """Who was told of the first alert, by a message that went out."""
    actions.fan_out(Alert.objects.earliest("raised_at").pk)
    Delivery.objects.update(outcome="sent", settled_at=timezone.now())


def test_a_correction_goes_to_those_who_were_told():
    first = event(text="Retaken.")
    reader = SubscriptionFactory(site=first.site).user.email
    told()
    SubscriptionFactory(site=first.site)
    event(site=first.site, text="Retaken, at noon.", supersedes=first)

    alert = Alert.objects.latest("raised_at")
    actions.fan_out(alert.pk)

    assert (alert.rule, alert.severity) == (Rule.CORRECTION, Severity.INFO)
    assert list(alert.deliveries.values_list("address", flat=True)) == [reader]


def test_a_correction_that_is_graver_is_news_to_all():
    first = event(kind=EventKind.ACCESS)
    event(site=first.site, kind=EventKind.HAZARD, supersedes=first)

    assert Alert.objects.latest("raised_at").rule == Rule.HAZARD


def test_a_retraction_goes_to_those_who_were_told_with_its_reason():
    first = event()
    reader = SubscriptionFactory(site=first.site).user.email
    told()
    retract(first, by=EditorFactory(), reason="It was another town.")

    alert = Alert.objects.latest("raised_at")
    actions.fan_out(alert.pk)

    assert alert.rule == Rule.RETRACTION
    assert list(alert.deliveries.values_list("address", flat=True)) == [reader]
    assert "It was another town." in wording.context(alert, "en")["notes"][1]


def test_what_was_retracted_meanwhile_is_not_told():
    first = event()
    SubscriptionFactory(site=first.site)
    alert = Alert.objects.get()
    actions.fan_out(alert.pk)
    retract(first, by=EditorFactory(), reason="It was another town.")

    assert hearing.read([alert.deliveries.get().pk]) == {alert.deliveries.get(): []}


def test_every_message_says_what_is_in_force_before_anybody_goes_there():
    monument = MonumentFactory()
    event(site=monument.site, kind=EventKind.HAZARD)
    event(site=monument.site, kind=EventKind.ACCESS)
    new_plan(monument=monument)

    notes = wording.context(Alert.objects.latest("raised_at"), "en")["notes"]

    assert notes == ["Before anybody goes there: access: closed; mines"]


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
    by, plan = VerifierFactory(), new_plan()
    news = [
        {"to_status": PlanStatus.FUNDED, "reason": "Promised at a conference."},
        {"to_status": PlanStatus.IN_PROGRESS},
        {"progress": 40},
        {"reason": "Nothing new."},
    ]
    for facts in news:
        take_step(StepFactory.build(plan=plan, date_to=timezone.localdate(), source=SourceFactory(), **facts), by=by)

    told = Alert.objects.order_by("id")
    assert list(told.values_list("rule", flat=True)) == [
        Rule.PLAN_NEW,
        Rule.PLAN_CHANGED,
        Rule.PHASE_BEGUN,
        Rule.PLAN_PROGRESS,
    ]
    funded = told[1].facts["plan"]
    assert (funded["before"], funded["after"]) == (PlanStatus.PROPOSED, PlanStatus.FUNDED)
    assert funded["narrative"] == "Promised at a conference."
    assert told[3].facts["plan"]["progress"] == 40


def test_what_is_entered_about_the_past_of_a_plan_is_no_news():
    plan = new_plan()
    step = StepFactory.build(plan=plan, to_status=PlanStatus.UNDER_STUDY, source=SourceFactory())
    take_step(step, by=VerifierFactory())
    before = StepFactory.build(plan=plan, date_to=datetime.date(2020, 5, 1), progress=1, source=SourceFactory())
    take_step(before, by=VerifierFactory())

    assert not Alert.objects.filter(rule=Rule.PLAN_PROGRESS).exists()


def test_who_follows_a_plan_hears_of_it_and_of_no_other():
    plan, other = new_plan(), new_plan()
    follower = SubscriptionFactory(scope="plan", site=None, plan=plan)
    Alert.objects.all().delete()
    for one in (plan, other):
        step = StepFactory.build(plan=one, to_status=PlanStatus.UNDER_STUDY, source=SourceFactory())
        take_step(step, by=VerifierFactory())

    for alert in Alert.objects.all():
        actions.fan_out(alert.pk)

    assert list(Delivery.objects.values_list("address", flat=True)) == [follower.user.email]


def test_who_follows_a_monument_hears_of_plans_for_several():
    plan = new_plan()
    further = MonumentFactory(site=plan.site)
    plan.further_monuments.add(further)
    SubscriptionFactory(scope="monument", site=None, monument=further)
    Alert.objects.all().delete()
    step = StepFactory.build(plan=plan, to_status=PlanStatus.UNDER_STUDY, source=SourceFactory())
    take_step(step, by=VerifierFactory())

    actions.fan_out(Alert.objects.get().pk)

    assert Delivery.objects.count() == 1


def test_a_plan_for_a_whole_site_is_told_there():
    site = SiteFactory()
    SubscriptionFactory(site=site)
    new_plan(monument=None, site=site, title="Demining")

    alert = Alert.objects.get()
    actions.fan_out(alert.pk)

    assert (alert.site, alert.monument) == (site, None)
    assert wording.context(alert, "en")["rows"][0].value == "Demining"
    assert Delivery.objects.count() == 1


def test_who_wants_damage_alone_hears_of_no_plan():
    monument = MonumentFactory()
    SubscriptionFactory(site=monument.site, kinds=Kind.DAMAGE)
    new_plan(monument=monument)

    actions.fan_out(Alert.objects.get().pk)

    assert not Delivery.objects.exists()
