"""Being told without an account: the mailbox itself says yes."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from reports.alerts import tasks, tokens
from reports.alerts.models import Kind, Search, Subscription
from tests.factories.accounts import UserFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.sites import MonumentFactory, NameFactory, SiteFactory

pytestmark = pytest.mark.django_db
ASK = "/subscriptions/ask/"


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def at_once(monkeypatch):
    """The task runs where it is woken; that a worker takes it is tested with the services."""
    monkeypatch.setattr(tasks, "wake", lambda task, pk: task(str(pk)))


def test_an_address_is_asked_and_confirms(client, postbox, at_once):
    site = SiteFactory()

    page = client.post(ASK, {"email": "reader@example.org", "site": site.slug}).content.decode()
    [message] = postbox.messages
    link = re.search(r"http://\S+(/subscriptions/confirm/\S+)", message.get_content())[1]
    assert "reader@example.org" in page
    assert client.get(link).status_code == 200
    assert not Subscription.objects.running().exists()

    client.post(link)

    subscription = Subscription.objects.running().get()
    assert (subscription.address, subscription.site) == ("reader@example.org", site)


def test_it_is_asked_in_the_language_of_the_page(client, postbox, at_once):
    client.cookies["django_language"] = "ar"
    monument = MonumentFactory()
    NameFactory(monument=monument, language="ar", text="معبد بل")

    client.post(ASK, {"email": "reader@example.org", "monument": monument.slug})

    [message] = postbox.messages
    assert message["Content-Language"] == "ar"
    assert "معبد بل" in message.get_content()


def test_who_presses_again_gets_no_second_question(client, postbox, at_once):
    for _ in range(3):
        client.post(ASK, {"email": "reader@example.org", "site": SiteFactory(slug=f"s{_}").slug if not _ else "s0"})

    assert len(postbox.messages) == 1


@pytest.mark.parametrize("email", ["", "reader", "reader@", "a b@example.org"])
def test_a_wrong_address_is_asked_for_again(client, email):
    answer = client.post(ASK, {"email": email, "site": SiteFactory().slug})

    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()


def test_nobody_asks_for_many_addresses(client, postbox, at_once):
    site = SiteFactory()
    answers = [client.post(ASK, {"email": f"r{n}@example.org", "site": site.slug}).status_code for n in range(22)]

    assert answers[-1] == 429
    assert len(postbox.messages) == 20


def test_what_does_not_exist_cannot_be_asked_about(client):
    assert client.post(ASK, {"email": "reader@example.org", "site": "nowhere"}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_confirms_nothing(client, method):
    Subscription.objects.create(address="reader@example.org", scope="all", language="en")

    assert getattr(client, method)("/subscriptions/confirm/forged/").status_code == 404
    assert not Subscription.objects.running().exists()


def wishes(**changes):
    return {
        "about_what": [str(int(Kind.THREAT)), str(int(Kind.DAMAGE))],
        "channel": "email",
        "cadence": "weekly",
        "min_severity": "3",
        "time_zone": "Asia/Damascus",
        "quiet_from": "22:00",
        "quiet_until": "06:30",
        "language": "fr",
    } | changes


def test_ones_wishes_are_changed(sign_in):
    subscription = SubscriptionFactory()

    answer = sign_in(subscription.user).post(f"/subscriptions/{subscription.pk}/", wishes())

    subscription.refresh_from_db()
    assert answer.status_code == 302
    assert (subscription.cadence, subscription.kinds, subscription.critical_at_once) == ("weekly", 3, False)
    assert (str(subscription.quiet_from), subscription.time_zone) == ("22:00:00", "Asia/Damascus")


@pytest.mark.parametrize(
    "changes", [{"quiet_until": ""}, {"time_zone": "Syria"}, {"about_what": []}, {"cadence": "yearly"}]
)
def test_wishes_that_cannot_be_are_asked_for_again(sign_in, changes):
    subscription = SubscriptionFactory()

    answer = sign_in(subscription.user).post(f"/subscriptions/{subscription.pk}/", wishes(**changes))

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_nobody_changes_the_wishes_of_others(sign_in):
    subscription = SubscriptionFactory()

    assert sign_in(UserFactory()).get(f"/subscriptions/{subscription.pk}/").status_code == 404


def asks(client, **about):
    client.post(ASK, {"email": "reader@example.org", **about})
    return Subscription.objects.get()


def test_a_country_is_asked_for(client, postbox, at_once):
    subscription = asks(client, country="SY")

    assert (subscription.scope, str(subscription.country)) == ("country", "SY")
    assert "Syria" in postbox.messages[0].get_content()


def test_everything_is_asked_for(client, postbox, at_once):
    assert asks(client, country="").scope == "all"
    assert len(postbox.messages) == 1


def test_a_country_that_is_none_is_not(client):
    assert client.post(ASK, {"email": "reader@example.org", "country": "XX"}).status_code == 404


def test_a_drawn_area_is_asked_for_once_however_often(client, postbox, at_once):
    area = {"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 35], [38, 34]]]}
    for _ in range(3):
        subscription = asks(client, search="1", area=json.dumps(area))

    assert (subscription.scope, subscription.search.area) == ("search", area)
    assert subscription.search.user is None
    assert len(postbox.messages) == 1


@pytest.mark.parametrize("about", [{"country": "SY"}, {"search": "1", "country": "SY"}, {}])
def test_none_of_these_counts_before_the_mailbox_says_yes(client, postbox, at_once, about):
    subscription = asks(client, **about)
    assert not Subscription.objects.running().exists()

    client.post(f"/subscriptions/confirm/{tokens.make_for(subscription)}/")

    assert Subscription.objects.running().exists()


def test_an_address_that_does_not_answer_is_forgotten_with_its_search(client, postbox, at_once):
    asks(client, search="1", country="SY")
    kept = SubscriptionFactory(user=None, address="zenobia@example.org")
    Subscription.objects.filter(confirmed_at=None).update(asked_at=timezone.now() - datetime.timedelta(days=8))
    Search.objects.update(created_at=timezone.now() - datetime.timedelta(days=8))

    tasks.ask_the_silent()

    assert list(Subscription.objects.all()) == [kept]
    assert not Search.objects.exists()


def test_the_page_of_alerts_offers_it_to_everybody(client, sign_in):
    assert 'action="/subscriptions/ask/"' in client.get("/alerts/").content.decode()

    user = UserFactory()
    page = sign_in(user).get("/alerts/").content.decode()
    client.post("/subscriptions/add/", {"country": "SY"})

    assert 'action="/subscriptions/add/"' in page
    assert str(Subscription.objects.get(user=user).country) == "SY"
