"""Alerts in the portal: what everybody reads, what staff take up, what a feed reader and a map get."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from reports.alerts.models import Alert, Delivery, Endpoint, Search, Subscription, Suppression
from reports.alerts.tasks import sweep
from reports.restoration.actions import save_plan
from reports.vocabulary import DamageGrade
from sites.models import Responsibility
from tests.factories.accounts import AdministratorFactory, EditorFactory, UserFactory, VerifierFactory
from tests.factories.alerts import EndpointFactory, SearchFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory, SourceFactory, SubmittedFactory
from tests.factories.restoration import PlanFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation import record
from tests.list_actions import have_done
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def lost():
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    return Alert.objects.get(report=report)


def duty():
    """An alert for staff alone."""
    from reports.alerts.actions.raising import raise_duty

    report = SubmittedFactory()
    said = {"waiting": {"since": "2026-01-01T00:00:00+00:00"}}
    return raise_duty("waiting", "review_waiting", report.monument, said, report=report)


def entries(answer):
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_everybody_reads_what_was_told(client, lost):
    page = client.get("/alerts/").content.decode()

    assert "New loss" in page
    assert lost.place in page
    assert lost.place in client.get(lost.get_absolute_url()).content.decode()


def test_what_is_for_staff_is_not_for_everybody(client, sign_in):
    alert = duty()

    assert client.get(alert.get_absolute_url()).status_code == 404
    assert "waiting for review" not in client.get("/alerts/").content.decode()
    assert sign_in(VerifierFactory()).get(alert.get_absolute_url()).status_code == 200


def test_what_became_confidential_is_gone_from_page_list_and_feed(client, lost):
    type(lost.report).objects.update(confidential=True)

    assert client.get(lost.get_absolute_url()).status_code == 404
    assert lost.place not in client.get("/alerts/").content.decode()
    assert entries(client.get("/alerts.atom")) == []


def test_staff_take_an_alert_up_by_a_button(sign_in, lost):
    verifier = VerifierFactory()
    client = sign_in(verifier)
    assert "I have taken this up" in client.get(lost.get_absolute_url()).content.decode()

    client.post(f"/alerts/{lost.pk}/acknowledge/")

    lost.refresh_from_db()
    assert lost.acknowledged_by == verifier


@pytest.mark.parametrize("elsewhere", [True, False])
def test_nobody_else_takes_it_up(sign_in, lost, elsewhere):
    user = EditorFactory() if elsewhere else UserFactory()
    if elsewhere:
        Responsibility.objects.create(user=user, site=SiteFactory())

    assert sign_in(user).post(f"/alerts/{lost.pk}/acknowledge/").status_code == 403

    lost.refresh_from_db()
    assert lost.acknowledged_at is None


def test_the_page_of_an_alert_tells_staff_who_got_it_and_others_nothing(sign_in, client, postbox, lost):
    SubscriptionFactory(site=lost.site)
    sweep()

    assert "Who was told" not in client.get(lost.get_absolute_url()).content.decode()
    client = sign_in(AdministratorFactory())
    assert "Sent: 1" in client.get(lost.get_absolute_url()).content.decode()
    listed = client.get(f"/admin/alerts/delivery/?tells_of={lost.pk}").content.decode()
    assert Delivery.objects.get().address in listed


@pytest.mark.parametrize("wrong", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_recipients_of_no_alert_are_nobody(sign_in, postbox, lost, wrong):
    SubscriptionFactory(site=lost.site)
    sweep()

    listed = sign_in(AdministratorFactory()).get(f"/admin/alerts/delivery/?tells_of={wrong}")

    assert Delivery.objects.get().address not in listed.content.decode()


def test_news_are_counted_until_they_are_read(sign_in, postbox, lost):
    reader = SubscriptionFactory(site=lost.site).user
    sweep()
    client = sign_in(reader)
    assert "1 new" in client.get("/").content.decode()

    client.get(lost.get_absolute_url())

    assert "1 new" not in client.get("/").content.decode()


def test_all_news_are_read_at_once(sign_in, postbox, lost):
    reader = SubscriptionFactory(site=lost.site).user
    PublishedFactory(monument=MonumentFactory(site=lost.site), damage_grade=DamageGrade.DESTROYED)
    sweep()
    client = sign_in(reader)
    assert "2 new" in client.get("/subscriptions/told/").content.decode()

    client.post("/alerts/read/")

    assert "new</a>" not in client.get("/").content.decode()


def test_a_feed_has_stable_ids_and_links(client, lost):
    [entry] = entries(client.get("/alerts.atom"))

    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{lost.pk}"
    assert entry.find(f"{ATOM}link").get("href").endswith(lost.get_absolute_url())
    assert "Destroyed" in entry.find(f"{ATOM}summary").text


def test_what_a_source_says_is_no_code_in_a_feed_reader(client):
    record(text="<script>x</script>")

    [entry] = entries(client.get("/alerts.atom"))

    assert "&lt;script&gt;" in entry.find(f"{ATOM}summary").text


def test_a_feed_of_a_site_or_of_a_search_has_what_belongs_there(client, lost):
    other = PublishedFactory(damage_grade=DamageGrade.SLIGHT).monument
    event = record(site=lost.site)
    search = SearchFactory(least_grade=DamageGrade.SEVERE)
    of_site = {entry.find(f"{ATOM}id").text for entry in entries(client.get(f"/sites/{lost.site.slug}/alerts.atom"))}
    of_search = [entry.find(f"{ATOM}id").text for entry in entries(client.get(f"/searches/{search.pk}/alerts.atom"))]

    assert of_site == {lost.pk.urn, Alert.objects.get(event=event).pk.urn}
    assert of_search == [lost.pk.urn]
    assert other.alerts.get().pk.urn not in of_site


def test_a_saved_search_is_a_layer_for_maps(client):
    found = MonumentFactory(longitude=38.2, latitude=34.5, site=SiteFactory(country="SY"))
    MonumentFactory(longitude=43.1, latitude=36.3, site=SiteFactory(country="IQ"))

    layer = client.get(f"/searches/{SearchFactory(country='SY').pk}/monuments.geojson")

    assert layer["Content-Type"] == "application/geo+json"
    assert [feature["properties"]["url"] for feature in layer.json()["features"]] == [found.get_absolute_url()]


def test_monuments_are_found_in_a_box_and_in_a_drawn_area(client):
    inside = MonumentFactory(longitude=38.6, latitude=34.3)
    outside = MonumentFactory(longitude=43.1, latitude=36.3)
    drawn = {"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 34]]]}
    asked = [{"west": 38, "south": 34, "east": 39, "north": 35}, {"area": json.dumps(drawn)}]

    for parameters in asked:
        page = client.get("/monuments/", parameters).content.decode()
        assert inside.get_absolute_url() in page
        assert outside.get_absolute_url() not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"west": 38}, "A box needs all four"),
        ({"area": "{"}, "Enter a valid JSON"),
        ({"area": '{"type": "Point", "coordinates": [1, 2]}'}, "Polygon"),
        ({"country": "XX"}, "Select a valid choice"),
        ({"west": 10, "south": 10, "east": 10, "north": 10}, "not valid"),
    ],
)
def test_a_search_that_cannot_be_is_told_so(client, wrong, said):
    answer = client.get("/monuments/", wrong)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert client.get("/map/monuments.geojson", wrong).status_code == 400


def test_a_search_is_kept_and_tells_by_mail(sign_in):
    user = UserFactory()
    form = {"country": "SY", "name": "Syria", "channel": "email"}

    answer = sign_in(user).post("/searches/save/", form, follow=True)

    assert "Syria" in answer.content.decode()
    assert Subscription.objects.get().search == Search.objects.get(user=user)


def test_two_searches_have_two_names(sign_in):
    search = SearchFactory()

    answer = sign_in(search.user).post("/searches/save/", {"name": search.name, "channel": ""})

    assert answer.status_code == 400
    assert "choose another" in answer.content.decode()


def test_nobody_forgets_the_search_of_another(sign_in):
    search = SearchFactory()

    assert sign_in(UserFactory()).post(f"/searches/{search.pk}/forget/").status_code == 404
    assert sign_in(search.user).post(f"/searches/{search.pk}/forget/").status_code == 302
    assert not Search.objects.exists()


def test_an_outsider_follows_a_search_once_it_was_confirmed(client, postbox):
    client.post("/subscriptions/ask/", {"search": "1", "country": "SY", "email": "zenobia@example.org"})

    subscription = Subscription.objects.get()
    assert (subscription.search.country.code, subscription.confirmed_at) == ("SY", None)


def test_a_webhook_is_added_chosen_for_and_removed(sign_in):
    user, site = UserFactory(), SiteFactory()
    client = sign_in(user)

    client.post("/webhooks/add/", {"url": "https://hooks.example.org/x"})
    endpoint = Endpoint.objects.get(user=user)
    page = f"/webhooks/{endpoint.pk}/"
    client.post(page, {"site": str(site.pk)})
    assert endpoint.secret in client.get(page).content.decode()
    assert Subscription.objects.get().site == site

    client.post(f"{page}step/", {"step": "remove"})
    assert not Endpoint.objects.exists()


def test_a_webhook_into_our_own_network_is_refused_with_a_reason(sign_in):
    answer = sign_in(UserFactory()).post("/webhooks/add/", {"url": "https://10.0.0.1/"})

    assert answer.status_code == 400
    assert "private network" in answer.content.decode()


def test_a_paused_webhook_says_so_and_is_tried_again(sign_in):
    endpoint = EndpointFactory()
    Suppression.objects.create(address=endpoint.pk, reason="HTTP 410")
    client = sign_in(endpoint.user)
    assert "HTTP 410" in client.get(f"/webhooks/{endpoint.pk}/").content.decode()
    assert "Does not take our messages" in client.get("/subscriptions/").content.decode()

    client.post(f"/webhooks/{endpoint.pk}/step/", {"step": "try_again"})

    assert not Suppression.objects.exists()


@pytest.mark.parametrize("path", ["", "step/"])
def test_the_webhook_of_another_is_nobodys(sign_in, path):
    endpoint = EndpointFactory()
    client = sign_in(UserFactory())

    answer = client.post(f"/webhooks/{endpoint.pk}/{path}", {"step": "change_secret"})

    assert answer.status_code == 404
    assert Endpoint.objects.get().secret == endpoint.secret


def test_administrators_stop_any_subscription(sign_in):
    subscription = SubscriptionFactory()

    have_done(sign_in(AdministratorFactory()), "/admin/alerts/subscription/", "stop", [subscription])

    assert not Subscription.objects.running().exists()


@pytest.mark.parametrize(
    "path", ["/alerts/", "/alerts.atom", "/monuments/", "/subscriptions/told/", "/subscriptions/"]
)
def test_longer_lists_cost_no_more_queries(sign_in, path):
    user = EditorFactory()
    client = sign_in(user)

    def more(number):
        for _ in range(number):
            search = SearchFactory(user=user, site=SiteFactory())
            SubscriptionFactory(user=user, scope="search", site=None, search=search)
            monument = MonumentFactory(site=search.site)
            PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)
            record(site=monument.site)
            save_plan(PlanFactory.build(monument=monument, source=SourceFactory()), by=user)
        sweep()

    more(1)
    with_one = queries_of(client, path)
    more(3)

    assert queries_of(client, path) == with_one


def test_feeds_and_searches_are_announced_where_they_belong(client, lost):
    assert reverse("feed") in client.get("/alerts/").content.decode()
    assert f"/sites/{lost.site.slug}/alerts.atom" in client.get(f"/sites/{lost.site.slug}/").content.decode()
