"""The weekly report of a country or an area: an alert without a site, which every exit copes with."""

from __future__ import annotations

import datetime
import importlib
import json
import re

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from reports.alerts import actions, delivery, tasks
from reports.alerts.models import EMAIL, Alert, Delivery, Kind, Subscription
from reports.situation_reports.models import SituationReport
from tests.factories.accounts import AdministratorFactory, UserFactory
from tests.factories.alerts import SearchFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.situation import HazardFactory
from tests.reports.alerts.test_weekly import MONDAY, made

pytestmark = pytest.mark.django_db

AREA = {"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 35], [38, 34]]]}


@pytest.fixture
def site():
    with time_machine.travel(MONDAY - datetime.timedelta(days=3)):
        monument = PublishedFactory(date_to=datetime.date(2026, 2, 25), narrative="The arch fell.").monument
        HazardFactory(site=monument.site, danger="mines")
    type(monument.site).objects.update(country="SY", longitude=38.3, latitude=34.5)
    return monument.site


@pytest.fixture
def of_country(site):
    """Told to somebody who follows Syria."""
    actions.subscribe_to_weekly(user=UserFactory(email="reader@example.org"), language="ar", country="SY")
    made()
    return Alert.objects.get(rule="weekly_report")


def test_who_follows_a_country_gets_one_report_about_all_of_it(of_country):
    report = SituationReport.objects.get()

    assert (str(report.country), report.site, report.audience) == ("SY", None, "public")
    assert (of_country.site, of_country.situation_report) == (None, report)
    assert Delivery.objects.filter(alert=of_country).count() == 1


def test_its_mail_names_the_country_warns_and_leads_to_the_report(of_country, postbox):
    with time_machine.travel(MONDAY + datetime.timedelta(hours=7)):
        delivery.deliver_due(EMAIL, 10)

    (mail,) = postbox.messages
    text = mail.get_body(("plain",)).get_content()
    assert "سوريا" in mail["Subject"]
    assert text.count(f"/situation-reports/{of_country.situation_report_id}/") >= 2
    assert "ألغام" in text
    assert mail["List-Unsubscribe"]


def test_who_drew_the_same_area_gets_the_same_report_and_nobody_else_does(site):
    for searcher in (UserFactory(), UserFactory()):
        search = SearchFactory(user=searcher, area=AREA)
        actions.subscribe_to_weekly(user=searcher, language="en", search=search)
    elsewhere = SearchFactory(area={"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]})
    SubscriptionFactory(scope="search", site=None, search=elsewhere, kinds=Kind.DAMAGE)

    (report,) = made()

    assert report.area == AREA
    assert Delivery.objects.filter(alert__rule="weekly_report").count() == 2
    assert made() == []


def test_an_area_is_named_by_its_sites_in_the_subject_and_in_the_list(site, client, postbox):
    reader = UserFactory(email="reader@example.org")
    actions.subscribe_to_weekly(user=reader, language="en", search=SearchFactory(user=reader, area=AREA))
    made()

    with time_machine.travel(MONDAY + datetime.timedelta(hours=7)):
        delivery.deliver_due(EMAIL, 10)

    (mail,) = postbox.messages
    assert f"Area of {site.names.get().text}" in mail["Subject"]
    assert f"Area of {site.names.get().text}" in client.get("/situation-reports/").content.decode()


def test_a_site_its_country_and_an_area_in_it_are_three_reports_each_for_who_asked(site):
    search = SearchFactory(area=AREA)
    actions.subscribe_to_weekly(user=UserFactory(), language="en", site=site)
    actions.subscribe_to_weekly(user=UserFactory(), language="en", country="SY")
    actions.subscribe_to_weekly(user=UserFactory(), language="en", search=search)

    assert len(made()) == 3
    assert [alert.deliveries.count() for alert in Alert.objects.filter(rule="weekly_report")] == [1, 1, 1]


def test_what_somebody_drew_is_not_in_the_lists_and_feeds_of_others(site):
    search = SearchFactory(area=AREA)
    actions.subscribe_to_weekly(user=UserFactory(), language="en", search=search)
    made()

    assert not Alert.objects.visible_to(AnonymousUser()).news().filter(rule="weekly_report").exists()


@pytest.mark.parametrize("path", ["/alerts/", "/alerts.atom", "/api/v1/alerts/"])
def test_lists_feeds_and_answers_show_an_alert_without_a_site(client, of_country, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert str(of_country.pk) in answer.content.decode()


def test_its_own_page_and_its_answer_name_the_report(client, of_country):
    page = client.get(f"/alerts/{of_country.pk}/").content.decode()
    answer = client.get(f"/api/v1/alerts/{of_country.pk}/").json()

    assert "Syria" in page
    assert f"/situation-reports/{of_country.situation_report_id}/" in page
    assert (answer["site"], answer["situation_report"]) == (None, str(of_country.situation_report_id))
    assert answer["facts"]["place_names"]["fr"] == "Syrie"


def test_the_admin_lists_it_by_its_country(sign_in, of_country):
    staff = sign_in(AdministratorFactory())

    for path in ("/admin/alerts/alert/", f"/admin/alerts/alert/{of_country.pk}/change/", "/admin/alerts/delivery/"):
        answer = staff.get(path)
        assert answer.status_code == 200
        assert "Syria" in answer.content.decode()


def test_on_the_way_back_only_alerts_without_a_site_go(of_country, site):
    back = importlib.import_module("reports.alerts.migrations.0017_back_to_sites")

    back.leave_those_without_a_site(apps, None)

    assert not Alert.objects.filter(site=None).exists()
    assert SituationReport.objects.exists()


ASK = "/subscriptions/ask/"


@pytest.fixture
def at_once(monkeypatch):
    """The task runs where it is woken; that a worker takes it is tested with the services."""
    monkeypatch.setattr(tasks, "wake", lambda task, pk: task(str(pk)))


def confirmed(client, postbox):
    """What an outsider does with the question in the mailbox."""
    text = postbox.messages[-1].get_content()
    client.post(re.search(r"http://\S+(/subscriptions/confirm/\S+)", text)[1])


@pytest.mark.parametrize("place", ["site", "country", "area"])
def test_an_outsider_presses_the_button_and_confirms_from_the_mailbox(client, postbox, at_once, site, place):
    form = {
        "site": {"site": site.slug},
        "country": {"country": "SY"},
        "area": {"search": "1", "area": json.dumps(AREA)},
    }
    form = {**form[place], "email": "reader@example.org", "weekly": "1"}

    client.post(ASK, form)
    assert not Subscription.objects.running().exists()
    confirmed(client, postbox)

    subscription = Subscription.objects.running().get()
    assert (subscription.address, subscription.kinds) == ("reader@example.org", Kind.WEEKLY)
    (weekly,) = made()
    assert weekly.weekly


def test_nobody_else_adds_the_report_to_what_an_outsider_confirmed(client, postbox, at_once, site):
    before = Kind.DAMAGE | Kind.THREAT
    SubscriptionFactory(
        user=None, address="reader@example.org", site=site, kinds=before, asked_at=MONDAY, confirmed_at=MONDAY
    )

    client.post(ASK, {"site": site.slug, "email": "reader@example.org", "weekly": "1"})
    assert Subscription.objects.get().kinds == before
    confirmed(client, postbox)

    assert Subscription.objects.get().kinds == before | Kind.WEEKLY


def test_unsubscribing_from_the_report_leaves_what_else_was_asked_for(client, site):
    alone = actions.subscribe_to_weekly(user=UserFactory(), language="en", site=site)
    both = SubscriptionFactory(site=site, kinds=Kind.DAMAGE | Kind.WEEKLY)
    made()

    for message in Delivery.objects.filter(alert__rule="weekly_report"):
        actions.end_reasons(message)

    alone.refresh_from_db()
    both.refresh_from_db()
    assert alone.ended_at is not None
    assert (both.ended_at, both.kinds) == (None, Kind.DAMAGE)


@pytest.mark.parametrize("path", ["/situation-reports/", "/situation-reports/?site={}", "/sites/{}/"])
def test_the_button_stands_on_the_pages_for_who_has_an_account_and_who_has_none(client, sign_in, site, path):
    page = path.format(site.slug)

    assert 'name="weekly"' in client.get(page).content.decode()
    assert "/situation-reports/weekly/" in sign_in(UserFactory()).get(page).content.decode()


def test_a_reader_ends_it_where_they_began_it(sign_in, site):
    person = UserFactory()
    client = sign_in(person)
    page = f"/situation-reports/?site={site.slug}"
    client.post("/situation-reports/weekly/", {"site": site.slug, "next": page})
    subscription = Subscription.objects.get(user=person)

    assert f"/situation-reports/weekly/{subscription.pk}/stop/" in client.get(page).content.decode()
    answer = client.post(f"/situation-reports/weekly/{subscription.pk}/stop/", {"next": page})

    assert answer["Location"] == page
    assert not Subscription.objects.running().exists()
