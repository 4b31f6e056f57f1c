"""What does not go out at once waits in one message, and everybody has an alert once."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.alerts import actions
from reports.alerts.models import Alert, Delivery, Kind, Outcome, Rule, Subscription
from reports.alerts.tasks import sweep
from reports.conditions import actions as conditions
from reports.vocabulary import Certainty, DamageGrade
from tests.factories.accounts import UserFactory, VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory, SubmittedFactory, ThreatFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db
A_WEEK = datetime.timedelta(days=8)


@pytest.fixture
def site():
    return SiteFactory()


def happens(site, **facts):
    facts = {"damage_grade": DamageGrade.SEVERE} | facts
    report = PublishedFactory(monument=MonumentFactory(site=site), **facts)
    for alert in Alert.objects.filter(fanned_out_at=None):
        actions.fan_out(alert.pk)
    return report


def subscribed(site, cadence="daily", **facts):
    return SubscriptionFactory(site=site, cadence=cadence, critical_at_once=False, **facts)


def later(postbox):
    with time_machine.travel(timezone.now() + A_WEEK):
        sweep()
    return postbox.messages


def test_several_alerts_come_in_one_message(postbox, site):
    subscribed(site)
    first, second = happens(site), happens(site)

    [message] = later(postbox)

    assert "2 pieces of news" in message["Subject"]
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for report in (first, second):
        assert report.monument.slug in text
        assert report.monument.slug in html
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_before_its_time_nothing_goes_out(postbox, site):
    subscribed(site, "weekly")
    happens(site)

    sweep()

    assert postbox.messages == []


def test_a_digest_that_was_sent_takes_nothing_more(postbox, site):
    subscribed(site)
    happens(site)
    later(postbox)

    happens(site)

    assert Delivery.objects.count() == 2
    assert Delivery.objects.filter(settled_at=None).get().digested.count() == 1


def test_who_hears_at_once_by_one_subscription_gets_no_digest_by_another(site):
    reader = UserFactory()
    SubscriptionFactory(user=reader, site=site)
    SubscriptionFactory(user=reader, scope="all", site=None, cadence="daily", critical_at_once=False)

    happens(site)

    assert [d.cadence for d in Delivery.objects.all()] == ["immediate"]
    assert Alert.objects.get().items.count() == 0


def test_what_is_of_little_weight_waits_for_the_morning(site):
    SubscriptionFactory(site=site)

    happens(site, damage_grade=DamageGrade.SLIGHT)

    assert Delivery.objects.get().cadence == "daily"


def test_fanning_out_again_adds_nothing(site):
    subscribed(site)
    SubscriptionFactory(site=site)
    happens(site)
    Alert.objects.update(fanned_out_at=None)

    actions.fan_out(Alert.objects.get().pk)

    assert Delivery.objects.count() == 2
    assert Alert.objects.get().items.count() == 1


def test_nothing_is_sent_to_who_left_meanwhile(postbox, site):
    subscription = subscribed(site)
    happens(site)
    actions.end(subscription)

    assert later(postbox) == []
    assert Delivery.objects.get().outcome == Outcome.WITHHELD


def test_a_correction_reaches_those_who_had_it_in_a_digest(postbox, site):
    subscription = subscribed(site)
    report = happens(site)
    later(postbox)
    stranger = subscribed(site)

    conditions.retract(report, by=VerifierFactory(), reason="Another building.")
    actions.fan_out(Alert.objects.get(rule="retraction").pk)

    told = Delivery.objects.filter(settled_at=None).values_list("address", flat=True)
    assert list(told) == [subscription.user.email]
    assert stranger.user.email not in told


def test_only_the_chosen_kinds_come(site):
    SubscriptionFactory(site=site, kinds=Kind.THREAT)

    happens(site)

    assert not Delivery.objects.exists()


def test_the_latest_subscription_gives_the_language(site):
    reader = UserFactory()
    SubscriptionFactory(user=reader, site=site, language="fr")
    SubscriptionFactory(user=reader, scope="all", site=None, language="ar")

    happens(site)

    assert Delivery.objects.get().language == "ar"


def threatened(monument, probability="planned", **facts):
    draft = SubmittedFactory(monument=monument, kind="threat", damage_grade="", date_to=timezone.localdate(), **facts)
    ThreatFactory(report=draft, probability=probability)
    verifier = VerifierFactory()
    conditions.verify(draft, by=verifier, method="two_sources")
    return conditions.publish(draft, by=verifier)


def test_who_repeats_a_threat_tells_nobody_again(site):
    monument = MonumentFactory(site=site)
    for _ in range(3):
        threatened(monument)

    assert Alert.objects.count() == 1


def test_a_threat_that_became_likelier_is_told_at_once(site):
    monument = MonumentFactory(site=site)
    for probability in ("possible", "probable", "planned"):
        threatened(monument, probability)

    rules = Alert.objects.filter(joins=None).order_by("id").values_list("rule", flat=True)
    assert list(rules) == [Rule.POSSIBLE_THREAT, Rule.IMMINENT_THREAT, Rule.IMMINENT_THREAT]


def test_a_threat_that_was_retracted_is_new_when_it_comes_again(site):
    monument = MonumentFactory(site=site)
    conditions.retract(threatened(monument), by=VerifierFactory(), reason="A rumour.")
    threatened(monument)

    assert Alert.objects.filter(rule=Rule.IMMINENT_THREAT).count() == 2


def test_a_further_report_of_the_same_loss_joins_the_first_alert(site):
    """A second witness says that it happened the day before."""
    monument = MonumentFactory(site=site)
    SubscriptionFactory(site=site)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED, date_to="2015-08-29")
    first, further = Alert.objects.order_by("id")
    for alert in (first, further):
        actions.fan_out(alert.pk)

    assert further.joins == first
    assert Delivery.objects.count() == 1


def test_after_six_hours_a_further_report_is_told_anew(site):
    monument = MonumentFactory(site=site)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=7)):
        PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED, date_to="2015-08-29")

    assert Alert.objects.filter(joins=None).count() == 2


def test_a_rise_goes_out_at_once(site):
    monument = MonumentFactory(site=site)
    SubscriptionFactory(site=site)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.MODERATE)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED, date_to="2015-08-31")

    assert [alert.joins for alert in Alert.objects.all()] == [None, None]


def test_the_number_of_statements_does_not_grow_with_the_readers(site):
    def statements():
        PublishedFactory(monument=MonumentFactory(site=site))
        alert = Alert.objects.get(fanned_out_at=None)
        with CaptureQueriesContext(connection) as queries:
            actions.fan_out(alert.pk)
        return len(queries)

    SubscriptionFactory(site=site)
    subscribed(site)
    few = statements()
    for _ in range(5):
        SubscriptionFactory(site=site)
        subscribed(site)

    assert statements() == few
    assert Delivery.objects.filter(alert=Alert.objects.latest("raised_at")).count() == 6


def test_an_outsider_is_told_once_it_was_confirmed(postbox, site):
    subscription, is_due = actions.ask(address="Reader@Example.org", language="en", site=site)
    assert is_due
    happens(site)
    assert not Delivery.objects.exists()

    actions.confirm(subscription)
    happens(site)
    sweep()

    assert [message["To"] for message in postbox.messages] == ["reader@example.org"]


def test_asking_again_asks_once_an_hour_and_never_who_confirmed(site):
    subscription, _due = actions.ask(address="reader@example.org", language="en", site=site)

    assert actions.ask(address="reader@example.org", language="en", site=site) == (subscription, False)
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        assert actions.ask(address="reader@example.org", language="en", site=site)[1]
        actions.confirm(subscription)
        assert not actions.ask(address="reader@example.org", language="en", site=site)[1]
    assert Subscription.objects.count() == 1


def test_an_outsider_hears_no_suspicion(site):
    subscription, _due = actions.ask(address="reader@example.org", language="en", site=site)
    actions.confirm(subscription)

    happens(site, certainty=Certainty.LOW)

    assert not Delivery.objects.exists()


def test_a_threat_reaches_who_asked_for_threats(site):
    SubscriptionFactory(site=site, kinds=Kind.THREAT)
    threatened(MonumentFactory(site=site))

    actions.fan_out(Alert.objects.get().pk)

    assert Delivery.objects.count() == 1


def test_a_threat_reaches_them_also_when_it_comes_with_a_loss(site):
    SubscriptionFactory(site=site, kinds=Kind.THREAT)
    draft = SubmittedFactory(monument=MonumentFactory(site=site), date_to=timezone.localdate())
    ThreatFactory(report=draft)
    conditions.verify(draft, by=VerifierFactory(), method="two_sources")
    conditions.publish(draft, by=VerifierFactory())
    alert = Alert.objects.get()

    actions.fan_out(alert.pk)

    assert alert.rule == Rule.NEW_LOSS
    assert Delivery.objects.filter(duty=False).count() == 1
