"""How the outbox is doing: for readers, for administrators, for machines that watch."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from reports.alerts import actions, tasks
from reports.alerts.models import Alert, Delivery
from tests.factories.accounts import AdministratorFactory, EditorFactory, UserFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_requests():
    cache.clear()


def told(subscription):
    PublishedFactory(monument__site=subscription.site)
    actions.fan_out(Alert.objects.get(fanned_out_at=None).pk)


def lines(client, **headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    text = answer.content.decode()
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


def test_administrators_read_the_state_of_the_outbox(sign_in):
    told(SubscriptionFactory())

    found = lines(sign_in(AdministratorFactory()))

    assert float(found["tadmor_outbox_due"]) == 1
    assert float(found["tadmor_outbox_failed_last_day"]) == 0


def test_a_machine_reads_it_with_the_token(client, settings):
    settings.METRICS_TOKEN = "a-long-token"

    assert "tadmor_outbox_due" in lines(client, authorization="Bearer a-long-token")


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer "}, {"authorization": "Bearer wrong"}])
def test_nobody_else_reads_it(client, sign_in, settings, headers):
    assert client.get("/metrics", headers=headers).status_code == 403
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics", headers=headers).status_code == 403
    assert sign_in(EditorFactory()).get("/metrics", headers=headers).status_code == 403


def test_a_late_outbox_is_told_and_sends_no_reader_away(client):
    told(SubscriptionFactory())
    assert client.get("/readyz").json()["outbox"] == "ok"
    Delivery.objects.update(due_at=timezone.now() - datetime.timedelta(hours=1))

    answer = client.get("/readyz")

    assert answer.json()["outbox"] == "late"
    assert answer.json()["checks"]["database"] == "ok"
    assert 3590 < answer.json()["oldest_due_seconds"] < 3700


def test_failures_are_counted_by_channel(client, sign_in, settings):
    told(SubscriptionFactory())
    Delivery.objects.update(settled_at=timezone.now(), outcome="failed")

    assert client.get("/readyz").json()["failed_last_day"] == {"email": 1, "portal": 0, "webhook": 0}
    client = sign_in(AdministratorFactory())
    assert float(lines(client)['tadmor_channel_failed_last_day{channel="email"}']) == 1
    assert "sent 0, failed 1" in client.get("/admin/alerts/delivery/").content.decode()


def test_readers_see_what_they_were_told_and_nothing_of_others(sign_in):
    mine, others = SubscriptionFactory(), SubscriptionFactory()
    told(mine)
    told(others)

    page = sign_in(mine.user).get("/subscriptions/told/")

    assert [delivery.address for delivery in page.context["page"].rows] == [mine.user.email]
    assert "New loss" in page.content.decode()


def test_what_was_told_last_comes_first(sign_in):
    mine = SubscriptionFactory()
    for _ in range(6):
        told(mine)

    rows = sign_in(mine.user).get("/subscriptions/told/").context["page"].rows

    assert [row.alert_id for row in rows] == list(Alert.objects.order_by("-id").values_list("pk", flat=True))


def test_a_digest_says_how_many_alerts_it_has(sign_in):
    subscription = SubscriptionFactory(cadence="daily", critical_at_once=False)
    told(subscription)
    told(subscription)

    assert "Digest of 2 alerts" in sign_in(subscription.user).get("/subscriptions/told/").content.decode()


def test_a_longer_history_costs_no_more_queries(sign_in):
    subscription = SubscriptionFactory()
    client = sign_in(subscription.user)
    told(subscription)
    few = queries_of(client, "/subscriptions/told/")
    for _ in range(3):
        told(subscription)

    assert queries_of(client, "/subscriptions/told/") == few


def test_a_test_message_arrives(sign_in, postbox, monkeypatch):
    monkeypatch.setattr(tasks, "wake", lambda task, pk: task(str(pk)))
    reader = UserFactory(language="fr")

    sign_in(reader).post("/subscriptions/test/")

    assert [(message["To"], message["Subject"]) for message in postbox.messages] == [
        (reader.email, "Tadmor : un test")
    ]


def test_tests_are_not_sent_without_end(sign_in, postbox, monkeypatch):
    monkeypatch.setattr(tasks, "wake", lambda task, pk: task(str(pk)))
    client = sign_in(UserFactory())

    for _ in range(7):
        client.post("/subscriptions/test/")

    assert len(postbox.messages) == 5
