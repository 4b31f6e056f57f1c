"""The outbox at work, against a real mail server on loopback."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.alerts import actions, delivery, tokens
from reports.alerts.models import EMAIL, Alert, Attempt, Delivery, Outcome, Suppression
from reports.alerts.tasks import sweep
from reports.alerts.transports.base import TransportError
from reports.vocabulary import DamageGrade
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> Delivery:
    """A delivery that is due."""
    subscription = SubscriptionFactory()
    PublishedFactory(monument=MonumentFactory(site=subscription.site), damage_grade=DamageGrade.DESTROYED)
    actions.fan_out(Alert.objects.get().pk)
    Delivery.objects.filter(duty=True).delete()
    return Delivery.objects.get()


def test_a_due_delivery_is_sent_and_settled(postbox, waiting):
    delivery.deliver_due(EMAIL, 1)

    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.tries) == (Outcome.SENT, 1)
    assert Attempt.objects.get().ended_at
    [message] = postbox.messages
    assert message["To"] == waiting.address
    assert message["Message-ID"] == waiting.message_id


def test_the_message_says_what_changed_how_sure_and_who_says_so(postbox, waiting):
    delivery.deliver_due(EMAIL, 1)

    text = postbox.messages[0].get_body(("plain",)).get_content()
    report = waiting.alert.report
    for fact in ("Unknown → Destroyed", "High", report.source.name, report.narrative, "2015"):
        assert fact in text
    assert f"/monuments/{report.monument.slug}/" in text


def test_the_message_is_in_the_readers_language(postbox, waiting):
    Delivery.objects.update(language="ar")

    delivery.deliver_due(EMAIL, 1)

    html = postbox.messages[0].get_body(("html",)).get_content()
    assert 'dir="rtl"' in html
    assert "مدمَّر" in html


def test_the_message_can_be_unsubscribed_with_one_click(postbox, waiting):
    delivery.deliver_due(EMAIL, 1)

    message = postbox.messages[0]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = message["List-Unsubscribe"].strip("<>").rstrip("/").rsplit("/", 1)[1]
    assert tokens.read(token) == waiting


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("550 no such user", Outcome.FAILED), ("451 greylisted", ""), ("452 mailbox full", "")],
)
def test_a_refusal_for_good_ends_it_and_another_waits(postbox, waiting, answer, outcome):
    postbox.refuses_with = answer

    delivery.deliver_due(EMAIL, 1)

    waiting.refresh_from_db()
    assert waiting.outcome == outcome
    assert answer[:3] in waiting.last_error
    assert (waiting.settled_at is None) == (outcome == "")


def test_a_dead_mail_server_delays_and_loses_nothing(postbox, waiting, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    delivery.deliver_due(EMAIL, 1)
    waiting.refresh_from_db()
    assert waiting.settled_at is None

    settings.EMAIL_PORT = port
    Delivery.objects.update(due_at=timezone.now())
    sweep()

    assert len(postbox.messages) == 1


def test_only_one_of_two_takes_a_delivery(waiting):
    now = timezone.now()

    assert [len(delivery.take_some(EMAIL, 1, now=now)) for _ in range(2)] == [1, 0]


def test_when_its_holder_died_the_lease_runs_out(postbox, waiting):
    long_ago = timezone.now() - delivery.LEASE - datetime.timedelta(seconds=1)
    Delivery.objects.update(due_at=long_ago)
    delivery.take_some(EMAIL, 1, now=long_ago)

    sweep()

    assert [message["Message-ID"] for message in postbox.messages] == [waiting.message_id]


def test_who_ended_the_subscription_meanwhile_is_not_told(postbox, waiting):
    actions.end_reasons(waiting)

    delivery.deliver_due(EMAIL, 1)

    waiting.refresh_from_db()
    assert (waiting.outcome, postbox.messages) == (Outcome.WITHHELD, [])


def test_one_broken_delivery_does_not_stop_the_others(postbox, waiting):
    other = SubscriptionFactory(site=waiting.alert.monument.site)
    Alert.objects.update(fanned_out_at=None)
    broken = Alert.objects.get()
    PublishedFactory(monument__site=waiting.alert.monument.site)
    Alert.objects.filter(pk=broken.pk).update(facts={})

    sweep()

    assert {message["To"] for message in postbox.messages} == {waiting.address, other.user.email}


def test_the_sweep_fans_out_what_no_task_did(postbox):
    subscription = SubscriptionFactory()
    PublishedFactory(monument=MonumentFactory(site=subscription.site))

    sweep()

    assert [message["To"] for message in postbox.messages] == [subscription.user.email]


def test_a_settled_delivery_can_be_sent_again_as_the_same_message(postbox, waiting):
    delivery.deliver_due(EMAIL, 1)
    actions.resend(waiting)
    sweep()

    assert len({message["Message-ID"] for message in postbox.messages}) == 1
    assert len(postbox.messages) == 2


def test_waits_grow_and_end():
    error = TransportError("busy")

    waits = [delivery.wait(tries, error) for tries in (1, 4, 12, 200)]

    assert waits[0] < waits[1] < waits[2]
    assert waits[-1] <= delivery.LONGEST_WAIT * 1.25


def test_a_forged_token_is_nobodys():
    assert tokens.read("forged:token:here") is None


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_does_not_hinder_a_publication(settings, monkeypatch):
    from reports.alerts import tasks

    def dead(pk):
        raise tasks.OperationalError("connection refused")

    monkeypatch.setattr(tasks.fan_out, "delay", dead)

    PublishedFactory()

    assert Alert.objects.count() == 1


def test_many_messages_go_over_one_connection(postbox, waiting):
    for _ in range(5):
        SubscriptionFactory(site=waiting.alert.monument.site)
    Alert.objects.update(fanned_out_at=None)

    sweep()

    assert len(postbox.messages) == 6
    assert postbox.connections == 1


def test_each_worker_takes_its_own(waiting):
    for _ in range(3):
        SubscriptionFactory(site=waiting.alert.monument.site)
    Alert.objects.update(fanned_out_at=None)
    actions.fan_out(waiting.alert_id)
    now = timezone.now()

    one, other = (delivery.take_some(EMAIL, number, now=now) for number in (2, 5))

    assert (len(one), len(other)) == (2, 2)
    assert not set(one) & set(other)


def test_a_refused_address_is_left_alone_until_it_is_lifted(postbox, waiting):
    postbox.refuses_with = "550 5.1.1 No such user"
    delivery.deliver_due(EMAIL, 1)
    postbox.refuses_with = ""
    assert Suppression.objects.get().address == waiting.address

    PublishedFactory(monument__site=waiting.alert.monument.site)
    sweep()
    assert postbox.messages == []

    actions.lift(waiting.address)
    PublishedFactory(monument__site=waiting.alert.monument.site)
    sweep()
    assert len(postbox.messages) == 1
