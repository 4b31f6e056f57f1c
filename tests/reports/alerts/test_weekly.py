"""The weekly situation report: made on Monday for the sites that somebody follows, told at seven in the morning."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from reports.alerts import actions, delivery
from reports.alerts.models import EMAIL, Alert, Delivery, Kind, Subscription
from reports.conditions.models import ConditionReport
from reports.situation_reports import actions as situation_reports
from reports.situation_reports.models import SituationReport
from tests.factories.accounts import UserFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime.datetime(2026, 3, 2, 0, 30, tzinfo=datetime.UTC)


@pytest.fixture
def site():
    with time_machine.travel(MONDAY - datetime.timedelta(days=3)):
        return PublishedFactory(date_to=datetime.date(2026, 2, 25), narrative="The arch fell.").monument.site


def made(at=MONDAY):
    """What a Monday brings: asked for, made, told."""
    with time_machine.travel(at):
        reports = actions.ask_for_weekly(at.date())
        for report in reports:
            situation_reports.make(report.pk)
        for alert in Alert.objects.filter(rule="weekly_report", fanned_out_at=None):
            actions.fan_out(alert.pk)
    return reports


def test_it_is_about_the_week_that_is_over_and_for_everybody(site):
    actions.subscribe_to_weekly(user=UserFactory(), language="en", site=site)

    (report,) = made()

    assert (report.period_from, report.period_to) == (datetime.date(2026, 2, 23), datetime.date(2026, 3, 1))
    assert (report.audience, report.weekly) == ("public", True)


def test_it_comes_by_mail_at_seven_with_the_summary_and_the_address(site, postbox):
    subscription = actions.subscribe_to_weekly(user=UserFactory(), language="fr", site=site)
    Subscription.objects.filter(pk=subscription.pk).update(time_zone="Asia/Damascus")

    (report,) = made()
    message = Delivery.objects.get(alert__rule="weekly_report")
    assert message.due_at == datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)
    with time_machine.travel(message.due_at):
        delivery.deliver_due(EMAIL, 10)

    (mail,) = postbox.messages
    text = mail.get_body(("plain",)).get_content()
    assert "Des dommages à l’unique monument recensé ici" in text
    assert f"/situation-reports/{report.pk}/" in text
    assert mail["List-Unsubscribe"]
    assert [part for part in mail.iter_attachments() if part.get_content_type() == "application/pdf"] == []


def test_it_is_made_and_told_once_however_often_monday_is_looked_at(site):
    actions.subscribe_to_weekly(user=UserFactory(), language="en", site=site)

    assert [len(made(MONDAY + datetime.timedelta(hours=hour))) for hour in (0, 1, 2)] == [1, 0, 0]
    assert Delivery.objects.filter(alert__rule="weekly_report").count() == 1


def test_who_did_not_ask_for_it_gets_none(site):
    SubscriptionFactory(site=site)

    assert made() == []
    assert not SituationReport.objects.exists()


def test_who_follows_the_alerts_of_a_site_goes_on_hearing_them(site):
    subscription = SubscriptionFactory(site=site)
    before = subscription.kinds

    again = actions.subscribe_to_weekly(user=subscription.user, language="en", site=site)

    assert (again.pk, again.kinds) == (subscription.pk, before | Kind.WEEKLY)


def test_who_asked_for_the_report_alone_hears_no_alerts(site):
    assert actions.subscribe_to_weekly(user=UserFactory(), language="en", site=site).kinds == Kind.WEEKLY


def test_what_became_confidential_meanwhile_is_not_in_the_message(site, postbox):
    actions.subscribe_to_weekly(user=UserFactory(), language="en", site=site)
    made()
    ConditionReport.objects.update(confidential=True)

    with time_machine.travel(MONDAY + datetime.timedelta(hours=7)):
        delivery.deliver_due(EMAIL, 10)

    assert all("Damage to" not in str(mail) for mail in postbox.messages)


def test_the_button_on_the_page_of_a_site_asks_for_it(sign_in, site):
    person = UserFactory()

    answer = sign_in(person).post("/situation-reports/weekly/", {"site": site.slug})

    assert answer.status_code == 302
    assert Subscription.objects.get(user=person).kinds == Kind.WEEKLY
