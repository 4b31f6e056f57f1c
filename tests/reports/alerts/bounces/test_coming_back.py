"""A message that was taken and came back: its address is left alone, and its owner sees why."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from reports.alerts import actions, delivery, tasks, tokens
from reports.alerts.bounces import address
from reports.alerts.models import Attempt, Delivery, Outcome, Subscription, Suppression
from tests.factories.alerts import SubscriptionFactory
from tests.reports.alerts.bounces.conftest import BOUNCES, written

pytestmark = pytest.mark.django_db


def comes_back(box, delivery: Delivery, server: str = "postfix") -> None:
    box.add(written(server, message_id=delivery.message_id))
    tasks.read_bounces()


@pytest.mark.parametrize("server", ["postfix", "exim", "exchange"])
def test_an_address_that_is_unknown_is_paused_and_its_owner_told(box, tell, client, server):
    sent = tell()

    comes_back(box, sent, server)

    sent.refresh_from_db()
    assert sent.outcome == Outcome.FAILED
    assert "550" in sent.last_error
    assert Suppression.objects.get().address == "zenobia@example.org"
    page = client.get(f"/subscriptions/own/{tokens.make_own(Subscription.objects.get())}/").content.decode()
    assert "Your mail server refuses our messages" in page
    assert list(box.keys()) == []


def test_who_has_an_account_finds_in_the_portal_what_did_not_arrive(box, tell, sign_in, site):
    user = SubscriptionFactory(site=site).user
    tell()

    comes_back(box, Delivery.objects.get(address=user.email))

    page = sign_in(user).get("/subscriptions/told/").content.decode()
    assert "1 new" in page
    assert "Failed for good" in page
    assert "Your mail server refuses our messages" in page


@pytest.mark.parametrize("server", ["gmail", "sendmail"])
def test_a_mailbox_that_fails_for_the_time_being_is_paused_at_the_fifth_message(box, tell, server):
    for number in range(delivery.SOFT_REFUSALS):
        assert not Suppression.objects.exists(), number
        comes_back(box, tell(), server)

    assert Suppression.objects.exists()


def test_each_message_is_sent_from_an_address_of_its_own_by_which_it_is_known(box, tell, postbox, settings):
    """Some servers return nothing of the message."""
    sent = tell()
    assert postbox.senders[-1] == address.of(sent.pk)
    assert postbox.messages[-1]["From"] == settings.DEFAULT_FROM_EMAIL

    box.add(written("sendmail", came_to=address.of(sent.pk).upper()))
    tasks.read_bounces()

    sent.refresh_from_db()
    assert sent.outcome == Outcome.FAILED


def test_a_made_up_address_is_of_no_message(box, tell):
    sent = tell()
    own = address.of(sent.pk)
    for forged in (own.replace(own.partition("@")[0][-1], "x"), f"bounces+{sent.pk.hex}@tadmor.example.com", BOUNCES):
        assert address.read(forged) is None
    box.add(written("postfix", came_to=f"bounces+{sent.pk.hex}{'0' * 16}@tadmor.example.com"))

    tasks.read_bounces()

    assert not Suppression.objects.exists()


def test_the_same_notice_twice_is_one(box, tell):
    sent = tell()
    for _ in range(2):
        comes_back(box, sent)

    assert Attempt.objects.filter(address_refused=True).count() == 1


@pytest.mark.parametrize("other", ["postfix-delayed", "postfix-delivered", "away"])
def test_what_is_no_failure_changes_nothing_and_stays_for_people(box, tell, other):
    sent = tell()

    comes_back(box, sent, other)

    sent.refresh_from_db()
    assert sent.outcome == Outcome.SENT
    [message] = box.values()
    assert message.get_flags() == "S"
    assert actions.read_bounces().total() == 0


def test_it_is_sent_again_when_the_address_is_lifted(box, tell):
    sent = tell()
    comes_back(box, sent)
    actions.lift(sent.address)

    actions.resend(Delivery.objects.get(pk=sent.pk))
    tasks.sweep()

    sent.refresh_from_db()
    assert sent.outcome == Outcome.SENT


def test_the_command_says_what_it_found(box, tell, capsys):
    box.add(written("postfix", message_id=tell().message_id))
    box.add(written("away"))

    call_command("read_bounces")

    assert "1 came back, 0 known before, 1 left for people." in capsys.readouterr().out


def test_a_mailbox_that_is_not_there_is_said_and_stops_no_worker(settings, tmp_path):
    settings.BOUNCE_MAILBOX_URL = f"maildir://{tmp_path}/nowhere"

    tasks.read_bounces()
    with pytest.raises(CommandError, match="no Maildir"):
        call_command("read_bounces")


def test_without_a_mailbox_nothing_is_read(settings):
    settings.BOUNCE_MAILBOX_URL = ""

    tasks.read_bounces()
    with pytest.raises(CommandError, match="BOUNCE_MAILBOX_URL"):
        call_command("read_bounces")
