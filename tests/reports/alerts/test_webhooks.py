"""Calling other people's programs: signed, and never one inside our own network."""

from __future__ import annotations

import datetime
import json
import socket

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from reports.alerts import actions
from reports.alerts.addresses import may_be_called
from reports.alerts.models import WEBHOOK, Alert, Delivery, Endpoint, Outcome, Suppression
from reports.alerts.tasks import sweep
from reports.alerts.transports import webhook
from tests.factories.alerts import EndpointFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.hooks import receiving

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(hours=25)


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_TO_LOOPBACK = True
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def endpoint(receiver):
    """A webhook that hears of one site, at which something has happened."""
    endpoint = EndpointFactory(url=receiver.url)
    site = SiteFactory()
    SubscriptionFactory(user=endpoint.user, site=site, channel=WEBHOOK, endpoint=endpoint)
    PublishedFactory(monument=MonumentFactory(site=site))
    return endpoint


def due_again():
    Delivery.objects.filter(settled_at=None).update(due_at=timezone.now())


def test_the_program_can_tell_that_it_was_us(receiver, endpoint):
    sweep()

    [call] = receiver.calls
    said = Webhook(endpoint.secret).verify(call.body, call.headers)
    assert said["type"] == "alert.raised"
    assert said["data"]["id"] == str(Alert.objects.get().pk)
    with pytest.raises(WebhookVerificationError):
        Webhook(EndpointFactory().secret).verify(call.body, call.headers)


def test_after_a_change_of_the_secret_both_hold_for_a_day(receiver, endpoint):
    former = endpoint.secret
    actions.change_secret(endpoint)

    sweep()

    [call] = receiver.calls
    for secret in (former, Endpoint.objects.get(pk=endpoint.pk).secret):
        Webhook(secret).verify(call.body, call.headers)


def test_after_a_day_the_former_secret_is_worth_nothing(receiver, endpoint):
    former = endpoint.secret
    actions.change_secret(endpoint)

    with time_machine.travel(timezone.now() + A_DAY, tick=False):
        sweep()
        [call] = receiver.calls
        with pytest.raises(WebhookVerificationError):
            Webhook(former).verify(call.body, call.headers)


def test_a_program_that_is_down_is_called_again_under_the_same_id(receiver, endpoint):
    receiver.status = 503
    sweep()
    receiver.status = 204
    due_again()
    sweep()

    first, second = receiver.calls
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert Delivery.objects.get().outcome == Outcome.SENT


def test_what_a_program_asks_to_wait_is_waited(receiver, endpoint):
    receiver.status, receiver.headers = 429, {"Retry-After": "1800"}
    now = timezone.now()

    sweep()

    assert Delivery.objects.get().due_at > now + datetime.timedelta(minutes=20)


def test_a_program_that_is_gone_is_called_no_more(receiver, endpoint):
    receiver.status = 410

    sweep()

    assert Delivery.objects.get().outcome == Outcome.FAILED
    assert Suppression.objects.get().address == endpoint.pk
    PublishedFactory(monument__site=Alert.objects.get().site)
    sweep()
    assert len(receiver.calls) == 1


def test_a_program_that_is_down_for_a_day_is_paused_until_its_owner_tries_again(receiver, endpoint):
    receiver.status = 500
    sweep()
    with time_machine.travel(timezone.now() + A_DAY):
        due_again()
        sweep()
    assert Suppression.objects.get().address == endpoint.pk

    actions.lift(endpoint.pk)
    receiver.status = 204
    PublishedFactory(monument=MonumentFactory(site=Alert.objects.get().site))
    sweep()
    assert len(receiver.calls) == 3


def test_a_redirect_is_not_followed(receiver, endpoint):
    with receiving() as other:
        receiver.status, receiver.headers = 302, {"Location": other.url}

        sweep()

        assert other.calls == []
    assert Delivery.objects.get().last_error == "HTTP 302"


def test_an_answer_that_never_ends_holds_nobody_up(receiver, endpoint, monkeypatch):
    monkeypatch.setattr(webhook, "LONGEST", 1)
    receiver.drips = True

    sweep()
    receiver.drips = False

    assert "within 1 seconds" in Delivery.objects.get().last_error
    assert Delivery.objects.get().outcome == ""


def test_an_address_in_our_own_network_is_never_called(receiver, endpoint, settings):
    settings.WEBHOOKS_TO_LOOPBACK = False

    sweep()

    assert receiver.calls == []
    assert "private network" in Delivery.objects.get().last_error


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.9", "::1", "fd00::1", "::ffff:10.0.0.1"]
)
def test_a_name_that_leads_into_our_own_network_is_never_called(receiver, endpoint, settings, monkeypatch, inside):
    settings.WEBHOOKS_TO_LOOPBACK = False
    port = int(receiver.url.rsplit(":", 1)[1].split("/")[0])
    Endpoint.objects.update(url=f"https://hooks.example.org:{port}/")
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (inside, port))]
    monkeypatch.setattr("requests_hardened.ip_filter.socket.getaddrinfo", lambda *args, **kwargs: found)

    sweep()

    assert receiver.calls == []
    assert "private network" in Delivery.objects.get().last_error


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/x",
        "https://localhost/",
        "https://db.internal/",
        "https://me:secret@hooks.example.org/",
    ],
)
def test_such_an_address_is_refused_when_it_is_entered(url):
    with pytest.raises(ValidationError):
        may_be_called(url)


def test_a_public_address_is_taken():
    may_be_called("https://hooks.example.org/tadmor?x=1")


def test_secrets_are_not_readable_in_the_database(endpoint):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM alerts_endpoint")
        [(kept,)] = cursor.fetchall()

    assert endpoint.secret not in kept


def test_what_a_program_is_told_says_neither_where_nor_who(receiver, endpoint):
    sweep()

    said = json.dumps(json.loads(receiver.calls[0].body)["data"])
    assert "longitude" not in said
    assert "@" not in said


def test_a_removed_webhook_is_called_no_more(receiver, endpoint):
    actions.fan_out(Alert.objects.get().pk)
    actions.remove_endpoint(endpoint)

    sweep()

    assert receiver.calls == []
    assert Delivery.objects.get().outcome in {Outcome.FAILED, Outcome.WITHHELD}
