"""What was told and does not hold any more: those are told who had heard it, and nobody hears it besides."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from reports.alerts import actions, delivery
from reports.alerts.models import Alert, Attempt, Delivery, Kind, Outcome, Rule, Severity
from reports.alerts.tasks import sweep
from reports.conditions import actions as conditions
from reports.conditions.models import ConditionReport
from reports.vocabulary import DamageGrade
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SiteFactory()


@pytest.fixture
def people():
    """An editor and a verifier; that they may do everything makes no alert their duty."""
    return EditorFactory(is_superuser=True), VerifierFactory(is_superuser=True)


def reported(site, **facts):
    return PublishedFactory(monument=MonumentFactory(site=site), **{"damage_grade": DamageGrade.DESTROYED} | facts)


def fan_out():
    for alert in Alert.objects.filter(fanned_out_at=None).order_by("id"):
        actions.fan_out(alert.pk)


def correct(report, people, **changes):
    editor, verifier = people
    draft = conditions.start_correction(report, by=editor)
    ConditionReport.objects.filter(pk=draft.pk).update(**changes)
    conditions.submit(draft, by=editor)
    conditions.verify(draft, by=verifier, method="two_sources")
    return conditions.publish(draft, by=verifier)


def retract(report, people):
    conditions.retract(report, by=people[1], reason="Another temple.")


def received(postbox, address):
    fan_out()
    sweep()
    return [message["Subject"] for message in postbox.messages if message["To"] == address]


def test_who_was_told_hears_of_the_retraction_and_nobody_else(postbox, site, people):
    first = SubscriptionFactory(site=site)
    report = reported(site)
    received(postbox, first.user.email)
    stranger = SubscriptionFactory(site=site)

    retract(report, people)

    assert [subject.split(":")[0] for subject in received(postbox, first.user.email)] == ["New loss", "Retraction"]
    assert received(postbox, stranger.user.email) == []


def test_what_was_retracted_before_it_went_out_is_never_told(postbox, site, people):
    reader = SubscriptionFactory(site=site)
    report = reported(site)
    fan_out()

    retract(report, people)

    assert received(postbox, reader.user.email) == []
    assert Delivery.objects.get(address=reader.user.email).outcome == Outcome.WITHHELD


def test_what_was_corrected_before_it_went_out_is_told_as_it_stands(postbox, site, people):
    reader = SubscriptionFactory(site=site)
    report = reported(site, narrative="The cella.")
    fan_out()

    correct(report, people, narrative="Cella and portico.")

    assert [subject.split(":")[0] for subject in received(postbox, reader.user.email)] == ["New loss"]
    text = postbox.messages[0].get_body(("plain",)).get_content()
    assert "Unknown → Destroyed" in text
    assert "Cella and portico." in text


def test_what_is_on_its_way_when_it_is_retracted_counts_as_told(postbox, site, people):
    """Its worker has handed it over, or died; nobody knows."""
    reader = SubscriptionFactory(site=site)
    report = reported(site)
    fan_out()
    [key] = delivery.take_some("email", 1, now=timezone.now())
    Attempt.objects.create(delivery_id=key)

    retract(report, people)

    assert [subject.split(":")[0] for subject in received(postbox, reader.user.email)] == ["Retraction"]


def test_what_the_server_refused_and_is_retracted_is_not_told(postbox, site, people):
    reader = SubscriptionFactory(site=site)
    report = reported(site)
    postbox.refuses_with = "451 later"
    assert received(postbox, reader.user.email) == []
    postbox.refuses_with = ""

    retract(report, people)

    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1)):
        assert received(postbox, reader.user.email) == []


def test_a_correction_that_is_news_reaches_also_who_would_not_have_heard_it(site, people):
    """They follow restoration; that was told, and what becomes of it is theirs to hear."""
    reader = SubscriptionFactory(site=site, kinds=Kind.RESTORATION)
    monument = MonumentFactory(site=site)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.SEVERE)
    better = PublishedFactory(
        monument=monument, damage_grade=DamageGrade.SLIGHT, kind="intervention", date_to="2016-08-30"
    )
    fan_out()

    correct(better, people, damage_grade=DamageGrade.DESTROYED)
    fan_out()

    alert = Alert.objects.latest("id")
    assert (alert.rule, alert.severity) == (Rule.NEW_LOSS, Severity.CRITICAL)
    assert alert.deliveries.filter(address=reader.user.email).exists()


def test_a_further_witness_stands_in_for_a_report_that_was_retracted(postbox, site, people):
    reader = SubscriptionFactory(site=site)
    report = reported(site, narrative="A rumour.")
    PublishedFactory(
        monument=report.monument, damage_grade=DamageGrade.DESTROYED, narrative="Seen.", date_to="2015-08-29"
    )
    fan_out()

    retract(report, people)

    assert [subject.split(":")[0] for subject in received(postbox, reader.user.email)] == ["New loss"]
    assert "Seen." in postbox.messages[0].get_body(("plain",)).get_content()


def test_to_have_been_asked_for_a_review_is_not_to_have_been_told(postbox, site, people):
    verifier = VerifierFactory()
    Responsibility.objects.create(user=verifier, site=site)
    verifier.subscriptions.all().delete()
    with time_machine.travel(timezone.now() - datetime.timedelta(days=9)):
        report = SubmittedFactory(monument=MonumentFactory(site=site), damage_grade=DamageGrade.SLIGHT)
    assert list(actions.tell_what_waits())
    fan_out()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        sweep()
        conditions.verify(report, by=people[1], method="two_sources")
        conditions.publish(report, by=people[1])
        retract(report, people)
        fan_out()

    assert not Alert.objects.get(rule=Rule.RETRACTION).deliveries.exists()
