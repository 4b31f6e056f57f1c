"""One's own subscriptions over REST."""

from __future__ import annotations

import pytest

from reports.alerts import actions
from reports.alerts.models import Alert, Subscription, Suppression
from reports.vocabulary import DamageGrade
from tests.factories.accounts import UserFactory, VerifierFactory
from tests.factories.alerts import EndpointFactory, SearchFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.problems import named
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
MINE = "/api/v1/subscriptions/"


def send(client, address, data, method="post"):
    return getattr(client, method)(address, data, content_type="application/json")


def test_one_subscribes_with_ones_wishes(sign_in):
    site = SiteFactory()
    wishes = {
        "site": site.slug,
        "language": "ar",
        "cadence": "weekly",
        "kinds": ["threat", "damage"],
        "min_severity": "major",
        "time_zone": "Asia/Damascus",
        "quiet_from": "22:00",
        "quiet_until": "06:00",
    }

    answer = send(sign_in(UserFactory()), MINE, wishes)

    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["scope"], row["site"], row["min_severity"]) == ("site", site.slug, "major")
    assert row["kinds"] == ["damage", "threat"]
    assert Subscription.objects.running().get().time_zone == "Asia/Damascus"


def test_without_a_place_it_is_about_everything(sign_in):
    assert send(sign_in(UserFactory()), MINE, {"language": "en"}).json()["scope"] == "all"


def test_subscribing_twice_changes_the_wishes(sign_in):
    client, monument = sign_in(UserFactory()), MonumentFactory()
    send(client, MINE, {"language": "en", "monument": monument.slug})

    send(client, MINE, {"language": "fr", "monument": monument.slug, "cadence": "daily"})

    subscription = Subscription.objects.get()
    assert (subscription.language, subscription.cadence) == ("fr", "daily")


def test_wishes_are_changed_and_ended(sign_in):
    subscription = SubscriptionFactory()
    client = sign_in(subscription.user)

    assert send(client, f"{MINE}{subscription.pk}/", {"cadence": "hourly"}, "patch").json()["cadence"] == "hourly"
    assert client.delete(f"{MINE}{subscription.pk}/").status_code == 204
    assert client.get(MINE).json()["results"] == []


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"site": "nowhere"}, "site"),
        ({"cadence": "yearly"}, "cadence"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["weather"]}, "kinds"),
        ({"min_severity": "5"}, "min_severity"),
        ({"time_zone": "Syria"}, "time_zone"),
        ({"quiet_from": "22:00"}, "non_field_errors"),
        ({"language": "xx"}, "language"),
    ],
)
def test_bad_wishes_name_the_field(sign_in, wishes, field):
    answer = send(sign_in(UserFactory()), MINE, {"language": "en"} | wishes)

    assert (answer.status_code, named(answer)) == (400, [field])
    assert not Subscription.objects.exists()


def test_what_it_is_about_does_not_change(sign_in):
    subscription = SubscriptionFactory()
    changes = {"site": SiteFactory().slug}

    assert send(sign_in(subscription.user), f"{MINE}{subscription.pk}/", changes, "patch").status_code == 400


def test_nobody_sees_or_ends_those_of_others(client, sign_in):
    subscription = SubscriptionFactory()
    assert client.get(MINE).status_code == 401

    stranger = sign_in(UserFactory())

    assert stranger.get(MINE).json()["results"] == []
    assert stranger.delete(f"{MINE}{subscription.pk}/").status_code == 404


def test_a_longer_list_costs_no_more_queries(sign_in):
    reader = UserFactory()
    client = sign_in(reader)
    SubscriptionFactory(user=reader)
    few = queries_of(client, MINE)
    for _ in range(3):
        SubscriptionFactory(user=reader)

    assert queries_of(client, MINE) == few


def test_a_search_is_kept_followed_and_forgotten(sign_in):
    client = sign_in(UserFactory())
    area = {"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 34]]]}
    search = send(client, "/api/v1/searches/", {"name": "Palmyra", "area": area}).json()
    followed = send(client, MINE, {"search": search["id"], "language": "en", "channel": "portal"}).json()
    assert (followed["scope"], followed["channel"]) == ("search", "portal")

    assert client.delete(f"/api/v1/searches/{search['id']}/").status_code == 204
    assert client.get(MINE).json()["results"] == []


def test_a_search_with_a_wrong_area_is_refused_by_its_field(sign_in):
    answer = send(sign_in(UserFactory()), "/api/v1/searches/", {"name": "X", "area": {"type": "Point"}})

    assert answer.status_code == 400
    assert "area" in named(answer)


def test_the_search_of_another_is_neither_read_nor_followed(sign_in):
    search = SearchFactory()
    client = sign_in(UserFactory())

    assert client.get(f"/api/v1/searches/{search.pk}/").status_code == 404
    assert send(client, MINE, {"search": str(search.pk), "language": "en"}).status_code == 400


def test_alerts_are_read_by_everybody_and_acknowledged_by_staff(sign_in, client):
    PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    [row] = client.get("/api/v1/alerts/?rule=new_loss").json()["results"]
    assert (row["severity"], row["facts"]["after"]["damage_grade"]) == ("critical", "destroyed")

    path = f"/api/v1/alerts/{row['id']}/acknowledge/"
    assert client.post(path).status_code == 401
    assert sign_in(UserFactory()).post(path).status_code == 403
    assert sign_in(VerifierFactory()).post(path).json()["acknowledged_at"]


def test_a_longer_list_of_alerts_costs_no_more_queries(client):
    PublishedFactory()
    with_one = queries_of(client, "/api/v1/alerts/")
    for _ in range(3):
        PublishedFactory()

    assert queries_of(client, "/api/v1/alerts/") == with_one


HOOKS = "/api/v1/webhooks/"


@pytest.fixture
def woken(monkeypatch):
    """What the workers were woken for."""
    asked = []
    monkeypatch.setattr("reports.alerts.tasks.wake", lambda task, argument: asked.append((task.name, argument)))
    return asked


def test_a_webhook_is_added_told_of_something_tested_and_removed(sign_in, woken):
    client, site = sign_in(UserFactory()), SiteFactory()
    hook = send(client, HOOKS, {"url": "https://hooks.example.org/1"}).json()

    heard = send(client, MINE, {"webhook": hook["key"], "site": site.slug, "language": "en"}).json()

    assert hook["secret"].startswith("whsec_")
    assert not hook["paused"]
    assert (heard["channel"], heard["webhook"], heard["site"]) == ("webhook", hook["key"], site.slug)
    assert send(client, f"{HOOKS}{hook['key']}/test/", {}).status_code == 202
    assert woken == [("reports.alerts.tasks.test_endpoint", hook["key"])]
    assert client.delete(f"{HOOKS}{hook['key']}/").status_code == 204
    assert not Subscription.objects.exists()


def test_a_webhook_has_its_secret_changed_and_is_tried_again(sign_in):
    endpoint = EndpointFactory()
    Suppression.objects.create(address=endpoint.pk, reason="HTTP 410")
    client = sign_in(endpoint.user)
    before = client.get(f"{HOOKS}{endpoint.pk}/").json()

    after = send(client, f"{HOOKS}{endpoint.pk}/change-secret/", {}).json()

    assert before["paused_because"] == "HTTP 410"
    assert after["secret"] != before["secret"]
    assert send(client, f"{HOOKS}{endpoint.pk}/try-again/", {}).json()["paused"] is False


@pytest.mark.parametrize("url", ["http://hooks.example.org/", "https://127.0.0.1/", "https://10.0.0.1/", "nonsense"])
def test_a_webhook_into_our_own_network_is_refused_by_its_field(sign_in, url):
    answer = send(sign_in(UserFactory()), HOOKS, {"url": url})

    assert answer.status_code == 400
    assert named(answer) == ["url"]


def test_nobody_has_webhooks_without_end(sign_in):
    user = UserFactory()
    EndpointFactory.create_batch(10, user=user)

    assert send(sign_in(user), HOOKS, {"url": "https://hooks.example.org/11"}).status_code == 400


def test_the_webhook_of_another_is_nobodys(sign_in):
    endpoint, client = EndpointFactory(), sign_in(UserFactory())

    assert client.get(HOOKS).json()["results"] == []
    assert client.get(f"{HOOKS}{endpoint.pk}/").status_code == 404
    for step in ("test", "change-secret", "try-again"):
        assert send(client, f"{HOOKS}{endpoint.pk}/{step}/", {}).status_code == 404
    answer = send(client, MINE, {"webhook": endpoint.pk, "language": "en"})
    assert (answer.status_code, named(answer)) == (400, ["webhook"])


def test_one_reads_what_one_was_told_and_nothing_of_others(sign_in):
    mine, others = SubscriptionFactory(), SubscriptionFactory(cadence="daily", critical_at_once=False)
    for reader in (mine, others):
        PublishedFactory(monument=MonumentFactory(site=reader.site))
    for alert in Alert.objects.all():
        actions.fan_out(alert.pk)
    client = sign_in(mine.user)

    [message] = client.get("/api/v1/messages/").json()["results"]

    assert message["alerts"] == [str(Alert.objects.get(site=mine.site).pk)]
    assert (message["channel"], message["outcome"]) == ("email", "")
    [digest] = sign_in(others.user).get("/api/v1/messages/").json()["results"]
    assert digest["alerts"] == [str(Alert.objects.get(site=others.site).pk)]


def test_one_has_a_test_sent_now_and_then(sign_in, woken):
    user = UserFactory()
    client = sign_in(user)

    answers = [send(client, "/api/v1/messages/test/", {}).status_code for _ in range(6)]

    assert answers == [202] * 5 + [429]
    assert woken == [("reports.alerts.tasks.send_test", user.pk)] * 5


def test_a_mailbox_that_was_paused_is_tried_again(sign_in):
    user = UserFactory()
    Suppression.objects.create(address=user.email.lower(), reason="550")

    assert send(sign_in(user), "/api/v1/messages/try-again/", {}).status_code == 204
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("address", [HOOKS, "/api/v1/messages/", MINE, "/api/v1/searches/"])
def test_who_is_not_signed_in_has_nothing_of_their_own(client, address):
    assert client.get(address).status_code in {401, 403}


def test_longer_lists_of_ones_own_cost_no_more_queries(sign_in):
    user = UserFactory()
    reader, client = SubscriptionFactory(user=user, cadence="daily", critical_at_once=False), sign_in(user)

    def grows():
        EndpointFactory(user=user)
        PublishedFactory(monument=MonumentFactory(site=reader.site))
        actions.fan_out(Alert.objects.get(fanned_out_at=None).pk)
        return [queries_of(client, address) for address in (HOOKS, "/api/v1/messages/")]

    assert grows() == grows()
