"""When mail does not go: waiting, giving up, pausing an address, keeping within what the server allows."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from reports.alerts import actions, delivery, pace
from reports.alerts.models import EMAIL, Alert, Attempt, Delivery, Outcome, Suppression
from reports.alerts.tasks import sweep
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(hours=25)


@pytest.fixture
def site():
    return SiteFactory()


def happens(site):
    PublishedFactory(monument=MonumentFactory(site=site))


def due_again():
    Delivery.objects.filter(settled_at=None).update(due_at=timezone.now())


def test_after_a_day_a_message_is_given_up_and_can_be_sent_again(postbox, site):
    SubscriptionFactory(site=site)
    happens(site)
    postbox.refuses_with = "451 try later"
    sweep()
    assert Delivery.objects.get().outcome == ""
    with time_machine.travel(timezone.now() + A_DAY):
        due_again()
        sweep()
    assert Delivery.objects.get().outcome == Outcome.FAILED

    postbox.refuses_with = ""
    actions.resend(Delivery.objects.get())
    sweep()
    assert Delivery.objects.get().outcome == Outcome.SENT


def test_a_mailbox_that_refuses_five_messages_in_a_fortnight_is_paused(postbox, site):
    SubscriptionFactory(site=site)
    postbox.refuses_with = "452 mailbox full"
    for number in range(delivery.SOFT_REFUSALS):
        assert Suppression.objects.count() == 0, number
        happens(site)
        sweep()

    assert "452" in Suppression.objects.get().reason


def test_one_message_that_is_refused_again_and_again_counts_once(postbox, site):
    SubscriptionFactory(site=site)
    postbox.refuses_with = "452 mailbox full"
    happens(site)
    for _ in range(2 * delivery.SOFT_REFUSALS):
        due_again()
        sweep()

    assert not Suppression.objects.exists()


def test_what_arrived_after_all_does_not_count(postbox, site):
    SubscriptionFactory(site=site)
    for _ in range(2 * delivery.SOFT_REFUSALS):
        postbox.refuses_with = "451 greylisted"
        happens(site)
        sweep()
        postbox.refuses_with = ""
        due_again()
        sweep()

    assert not Suppression.objects.exists()


def test_a_server_that_is_away_costs_the_others_no_try(settings, site):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for _ in range(3):
        SubscriptionFactory(site=site)
    happens(site)

    sweep()

    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert Attempt.objects.count() == 1
    assert not Delivery.objects.due(timezone.now()).exists()


@pytest.fixture
def slow(settings):
    """Two messages a minute and domain, three in all."""
    settings.MAILS_PER_MINUTE_AND_DOMAIN, settings.MAILS_PER_MINUTE = 2, 3
    pace._limiter.cache_clear()
    yield
    pace._limiter.cache_clear()


def test_no_domain_gets_more_a_minute_than_is_allowed(postbox, site, slow):
    for number in range(3):
        SubscriptionFactory(site=site, user__email=f"{number}@one.example.org")
    SubscriptionFactory(site=site, user__email="other@two.example.org")
    happens(site)

    sweep()

    domains = sorted(message["To"].split("@")[1] for message in postbox.messages)
    assert domains == ["one.example.org", "one.example.org", "two.example.org"]


def test_what_has_to_wait_goes_out_a_minute_later_and_was_no_try(postbox, site, slow):
    for number in range(5):
        SubscriptionFactory(site=site, user__email=f"{number}@domain{number}.example.org")
    happens(site)

    sweep()
    assert len(postbox.messages) == 3
    assert Delivery.objects.filter(settled_at=None, tries=0).count() == 2

    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61)):
        sweep()
    assert len({message["To"] for message in postbox.messages}) == 5


def test_a_worker_comes_back_before_its_lease_is_over(postbox, site, monkeypatch):
    for _ in range(3):
        SubscriptionFactory(site=site)
    happens(site)
    actions.fan_out(Alert.objects.get().pk)
    # As long as no message may take, so that the first look at the clock says: put them back.
    monkeypatch.setattr(delivery, "TIME_FOR_ONE", delivery.LEASE)

    delivery.deliver_due(EMAIL, 3)

    assert postbox.messages == []
    assert set(Delivery.objects.values_list("tries", flat=True)) == {0}


def test_a_digest_that_has_to_wait_does_not_meet_the_next_one(postbox, site, settings):
    SubscriptionFactory(site=site, cadence="hourly", critical_at_once=False)
    happens(site)
    actions.fan_out(Alert.objects.get().pk)
    later = timezone.now() + datetime.timedelta(hours=2)
    [taken] = delivery.take_some(EMAIL, 1, now=later)
    happens(site)
    actions.fan_out(Alert.objects.latest("id").pk)
    assert Delivery.objects.filter(settled_at=None).count() == 2
    Delivery.objects.update(due_at=timezone.now())
    settings.EMAIL_PORT = 1

    sweep()

    assert Delivery.objects.filter(settled_at=None).count() == 2
    first = Delivery.objects.get(pk=taken)
    Delivery.objects.filter(pk=taken).update(settled_at=timezone.now(), outcome="failed")
    actions.resend(first)
    assert Delivery.objects.filter(settled_at=None).count() == 2
