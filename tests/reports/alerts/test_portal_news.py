"""Being told in the portal alone, being asked whether one still reads, and many alerts at once."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from reports.alerts import actions, queries, tasks, tokens
from reports.alerts.models import EMAIL, PORTAL, Alert, Delivery, Outcome, Subscription
from reports.alerts.tasks import sweep
from reports.vocabulary import DamageGrade
from tests.factories.accounts import UserFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db
A_YEAR = datetime.timedelta(days=366)


def happens(site):
    return PublishedFactory(monument=MonumentFactory(site=site), damage_grade=DamageGrade.DESTROYED)


def test_who_wants_no_mail_finds_the_news_in_the_portal(postbox):
    reader = SubscriptionFactory(channel=PORTAL)
    happens(reader.site)

    sweep()

    assert postbox.messages == []
    assert Delivery.objects.get().outcome == Outcome.SENT
    assert queries.number_unread(reader.user.email) == 1


def test_who_has_the_mail_has_no_second_word_in_the_portal(postbox):
    reader = SubscriptionFactory()
    SubscriptionFactory(user=reader.user, scope="all", site=None, channel=PORTAL)
    happens(reader.site)

    sweep()

    assert [delivery.channel for delivery in Delivery.objects.all()] == [EMAIL]


def test_after_a_year_of_silence_a_reader_is_asked_once(postbox):
    subscription = SubscriptionFactory(user=None, address="zenobia@example.org")

    with time_machine.travel(timezone.now() + A_YEAR):
        for _ in range(2):
            for asked in actions.ask_the_silent():
                tasks.ask_to_renew(asked.pk)

    [message] = postbox.messages
    assert message["To"] == "zenobia@example.org"
    assert subscription.site.names.first().text in message.get_content()


def test_who_does_not_answer_is_told_no_longer():
    SubscriptionFactory()
    with time_machine.travel(timezone.now() + A_YEAR):
        actions.ask_the_silent()
    with time_machine.travel(timezone.now() + A_YEAR + datetime.timedelta(days=31)):
        actions.ask_the_silent()

    assert not Subscription.objects.running().exists()


def test_who_answers_is_told_for_another_year(client):
    subscription = SubscriptionFactory()
    with time_machine.travel(timezone.now() + A_YEAR):
        actions.ask_the_silent()
        address = f"/subscriptions/renew/{tokens.make_to_renew(subscription)}/"
        assert "Do you still want" in client.get(address).content.decode()
        client.post(address)
    with time_machine.travel(timezone.now() + A_YEAR + datetime.timedelta(days=60)):
        assert actions.ask_the_silent() == []

    assert Subscription.objects.running().exists()


def test_who_signed_in_since_is_not_asked():
    subscription = SubscriptionFactory()
    subscription.user.last_login = timezone.now() + datetime.timedelta(days=200)
    subscription.user.save()

    with time_machine.travel(timezone.now() + A_YEAR):
        assert actions.ask_the_silent() == []


def test_loading_tells_nobody_unless_asked_to():
    call_command("load_founding_data", stdout=StringIO())

    assert not Alert.objects.exists()


def test_a_load_that_tells_comes_as_one_message_with_its_number(postbox):
    SubscriptionFactory(user=UserFactory(), scope="all", site=None)
    call_command("load_founding_data", tell=True, stdout=StringIO())

    sweep()
    assert postbox.messages == []
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1)):
        sweep()

    number = Alert.objects.exclude(rule="suspected").count()
    [message] = postbox.messages
    assert number > 20
    assert f"{number} pieces of news" in message["Subject"]
    assert "/subscriptions/told/" in message.get_body(("plain",)).get_content() or number <= 50


def test_what_nobody_may_see_any_more_is_not_sent(postbox):
    reader = SubscriptionFactory(site=SiteFactory())
    report = happens(reader.site)
    actions.fan_out(Alert.objects.get().pk)
    report.confidential = True
    type(report).objects.filter(pk=report.pk).update(confidential=True)

    sweep()

    assert postbox.messages == []
    assert Delivery.objects.get().outcome == Outcome.WITHHELD
