"""Asking to be told, and asking not to be told any more."""

from __future__ import annotations

import pytest
from django.test import Client

from reports.alerts import actions, tokens
from reports.alerts.models import Alert, Delivery, Subscription
from tests.factories.accounts import UserFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def test_a_button_on_the_page_subscribes_in_the_language_of_the_page(sign_in):
    site, user = SiteFactory(), UserFactory()
    client = sign_in(user)

    answer = client.post(
        "/subscriptions/add/", {"site": site.slug, "next": f"/sites/{site.slug}/"}, headers={"accept-language": "ar"}
    )

    assert answer["Location"] == f"/sites/{site.slug}/"
    assert Subscription.objects.get().language == "ar"
    assert "Stop telling me" in client.get(f"/sites/{site.slug}/").content.decode()


def test_strangers_are_asked_to_sign_in_first(client):
    answer = client.post("/subscriptions/add/", {"site": SiteFactory().slug})

    assert answer["Location"].startswith("/accounts/login/")
    assert not Subscription.objects.exists()


def test_a_button_never_leads_to_another_host(sign_in):
    answer = sign_in(UserFactory()).post("/subscriptions/add/", {"next": "https://evil.example/"})

    assert answer["Location"] == "/subscriptions/"


def test_what_does_not_exist_cannot_be_subscribed_to(sign_in):
    assert sign_in(UserFactory()).post("/subscriptions/add/", {"monument": "atlantis"}).status_code == 404


def test_one_sees_and_ends_ones_own_alone(sign_in):
    mine, other = SubscriptionFactory(), SubscriptionFactory()
    client = sign_in(mine.user)

    page = client.get("/subscriptions/").content.decode()

    assert mine.site.get_absolute_url() in page
    assert other.site.get_absolute_url() not in page
    assert client.post(f"/subscriptions/{other.pk}/end/").status_code == 404
    assert client.post(f"/subscriptions/{mine.pk}/end/").status_code == 302
    assert list(Subscription.objects.running()) == [other]


@pytest.fixture
def delivered() -> Delivery:
    subscription = SubscriptionFactory()
    PublishedFactory(monument=MonumentFactory(site=subscription.site))
    actions.fan_out(Alert.objects.get().pk)
    return Delivery.objects.get()


def test_following_the_link_of_a_message_asks_first(client, delivered):
    page = client.get(f"/unsubscribe/{tokens.make(delivered)}/").content.decode()

    assert delivered.address in page
    assert Subscription.objects.running().exists()


def test_a_mail_program_unsubscribes_with_one_post(delivered):
    answer = Client(enforce_csrf_checks=True).post(
        f"/unsubscribe/{tokens.make(delivered)}/", {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    assert not Subscription.objects.running().exists()


def test_a_forged_link_is_answered_politely(client):
    answer = client.post("/unsubscribe/forged/")

    assert answer.status_code == 404
    assert "not complete" in answer.content.decode()
