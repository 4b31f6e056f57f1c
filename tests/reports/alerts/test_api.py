"""One's own subscriptions over REST."""

from __future__ import annotations

import pytest

from reports.alerts.models import Subscription
from reports.vocabulary import DamageGrade
from tests.factories.accounts import UserFactory, VerifierFactory
from tests.factories.alerts import SearchFactory, SubscriptionFactory
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
