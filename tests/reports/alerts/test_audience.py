"""Who is told."""

from __future__ import annotations

import pytest
from django.db import transaction

from reports.alerts import actions, facts, matching
from reports.alerts.models import Alert, Delivery, Rule, Scope, Severity, Subscription
from reports.conditions import actions as conditions
from reports.vocabulary import Certainty, DamageGrade
from tests.factories.accounts import EditorFactory, UserFactory, VerifierFactory
from tests.factories.alerts import SearchFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def told(alert):
    actions.fan_out(alert.pk)
    return set(alert.deliveries.values_list("address", flat=True))


def test_a_publication_raises_one_alert_with_the_facts_of_its_time():
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)

    alert = Alert.objects.get()

    assert (alert.rule, alert.severity) == (Rule.NEW_LOSS, Severity.CRITICAL)
    assert alert.facts["before"]["damage_grade"] == "unknown"
    assert alert.facts["after"]["damage_grade"] == "destroyed"
    assert alert.facts["monument"] == report.monument.slug


def test_facts_tell_neither_place_nor_author():
    report = PublishedFactory(monument=MonumentFactory(sensitivity="hidden"))

    facts = str(Alert.objects.get().facts)

    assert "38.27" not in facts
    assert str(report.author_id) not in facts
    assert report.author.email not in facts


def test_founding_data_raise_no_alerts(palmyra):
    assert not Alert.objects.exists()


def test_if_the_alert_cannot_be_written_nothing_is_published(monkeypatch):
    report, verifier = SubmittedFactory(), VerifierFactory()
    report = conditions.verify(report, by=verifier, method="site_visit")
    monkeypatch.setattr(facts, "gather", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        conditions.publish(report, by=verifier)

    report.refresh_from_db()
    assert report.state == "verified"


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope != Scope.PLAN])
def test_a_subscription_matches_its_scope_alone(scope):
    here, elsewhere = MonumentFactory(), MonumentFactory(site=SiteFactory(country="IQ"))

    def about(monument):
        chosen = {
            Scope.ALL: {"site": None},
            Scope.COUNTRY: {"site": None, "country": str(monument.site.country)},
            Scope.SITE: {"site": monument.site},
            Scope.MONUMENT: {"site": None, "monument": monument},
            Scope.SEARCH: {"site": None, "search": SearchFactory(site=monument.site)},
        }[scope]
        return SubscriptionFactory(scope=scope, **chosen)

    matching_one, other = about(here), about(elsewhere)
    PublishedFactory(monument=here)

    expected = {matching_one.user.email} | ({other.user.email} if scope == Scope.ALL else set())
    assert told(Alert.objects.get()) == expected


def test_who_follows_the_whole_hears_of_its_parts():
    whole = MonumentFactory()
    part = MonumentFactory(site=whole.site, parent=whole)
    subscription = SubscriptionFactory(scope=Scope.MONUMENT, site=None, monument=whole)
    PublishedFactory(monument=part)

    assert told(Alert.objects.get()) == {subscription.user.email}


def test_below_the_chosen_severity_nothing_comes():
    report_site = SiteFactory()
    SubscriptionFactory(site=report_site, min_severity=Severity.CRITICAL)
    PublishedFactory(monument=MonumentFactory(site=report_site), damage_grade=DamageGrade.SLIGHT)

    assert told(Alert.objects.get()) == set()


def test_suspicions_go_to_verifiers():
    monument = MonumentFactory()
    verifier = SubscriptionFactory(site=monument.site, user=VerifierFactory())
    SubscriptionFactory(site=monument.site, user=EditorFactory())
    PublishedFactory(monument=monument, certainty=Certainty.LOW)

    assert told(Alert.objects.get(rule=Rule.SUSPECTED)) == {verifier.user.email}


def test_one_person_with_two_subscriptions_gets_one_message_with_both_reasons():
    monument, user = MonumentFactory(), UserFactory()
    SubscriptionFactory(site=monument.site, user=user)
    SubscriptionFactory(scope=Scope.ALL, site=None, user=user)
    PublishedFactory(monument=monument)

    told(Alert.objects.get())

    assert Delivery.objects.get().reasons.count() == 2


def test_fanning_out_twice_tells_nobody_twice():
    subscription = SubscriptionFactory()
    PublishedFactory(monument=MonumentFactory(site=subscription.site))
    alert = Alert.objects.get()

    told(alert)
    Alert.objects.update(fanned_out_at=None)  # as if the worker had died before it was noted
    told(alert)

    assert Delivery.objects.count() == 1


def test_subscribing_twice_is_subscribing_once():
    user, site = UserFactory(), SiteFactory()
    actions.subscribe(user=user, language="en", site=site)
    again = actions.subscribe(user=user, language="ar", site=site)

    assert Subscription.objects.get() == again
    assert again.language == "ar"


def test_after_the_end_one_can_begin_again():
    user = UserFactory()
    actions.end(actions.subscribe(user=user, language="en"))
    actions.subscribe(user=user, language="en")

    assert Subscription.objects.running().count() == 1


def test_an_inactive_person_is_not_told():
    subscription = SubscriptionFactory(user=UserFactory(is_active=False))
    PublishedFactory(monument=MonumentFactory(site=subscription.site))

    assert not matching.audience(Alert.objects.get()).exists()
