"""The review queue: what waits, since when, with what differs; many at once."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from reports.alerts import actions as alert_actions
from reports.alerts.models import Alert, Delivery, Subscription
from reports.alerts.tasks import sweep
from reports.conditions import actions
from reports.conditions.workflow import State, VerificationMethod
from reports.vocabulary import DamageGrade
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
QUEUE, STEPS = "/review/", "/review/steps/"


def chosen(*reports):
    return [f"{report.pk}:{report.version}" for report in reports]


def said(client, **posted):
    return client.post(STEPS, posted, follow=True).content.decode()


def test_it_shows_what_waits_beside_what_is_known(sign_in):
    known = PublishedFactory(damage_grade=DamageGrade.SLIGHT)
    SubmittedFactory(monument=known.monument, damage_grade=DamageGrade.DESTROYED, narrative="Nothing stands.")
    DraftFactory(narrative="Not handed in yet.")

    page = sign_in(VerifierFactory()).get(QUEUE).content.decode()

    assert "Nothing stands." in page
    assert "Slight" in page
    assert "Destroyed" in page
    assert "Not handed in yet." not in page


@pytest.mark.parametrize("reader", [EditorFactory, ReporterFactory])
def test_it_is_for_verifiers(sign_in, reader):
    assert sign_in(reader()).get(QUEUE).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(QUEUE).status_code == 302


def test_several_are_verified_and_published_at_once(sign_in):
    reports = [SubmittedFactory(), SubmittedFactory()]

    page = said(sign_in(VerifierFactory()), report=chosen(*reports), step="verify_publish", method="satellite")

    for report in reports:
        report.refresh_from_db()
    assert {report.state for report in reports} == {State.PUBLISHED}
    assert "2 reports are done." in page


def test_what_cannot_be_done_is_said_and_the_others_go_on(sign_in):
    verifier = VerifierFactory()
    own, other = SubmittedFactory(author=verifier), SubmittedFactory()

    page = said(sign_in(verifier), report=chosen(own, other), step="verify", method="satellite")

    other.refresh_from_db()
    own.refresh_from_db()
    assert (own.state, other.state) == (State.SUBMITTED, State.VERIFIED)
    assert "Four eyes" in page


def test_who_comes_second_is_told_who_was_first(sign_in):
    report = SubmittedFactory()
    actions.verify(report, by=VerifierFactory(name="Nour"), method=VerificationMethod.SATELLITE)

    page = said(sign_in(VerifierFactory()), report=chosen(report), step="reject", reason="Blurred.")

    assert "Nour was faster" in page


def test_assigned_to_me(sign_in):
    verifier = VerifierFactory()
    mine = SubmittedFactory(narrative="Mine to look at.")
    SubmittedFactory(narrative="For anybody.")
    client = sign_in(verifier)

    said(client, report=chosen(mine), step="take")

    page = client.get(QUEUE, {"show": "mine"}).content.decode()
    assert "Mine to look at." in page
    assert "For anybody." not in page


@pytest.mark.parametrize(
    ("posted", "answer"),
    [
        ({}, "Choose one report or more"),
        ({"step": "verify"}, "Choose one report or more"),
        ({"step": "verify", "report": "nonsense"}, "not there any more"),
        ({"step": "fly", "report": "1:1"}, "Choose one report or more"),
    ],
)
def test_nonsense_is_answered(sign_in, posted, answer):
    assert answer in said(sign_in(VerifierFactory()), **posted)


def test_a_method_and_a_reason_are_asked_for(sign_in):
    report = SubmittedFactory()
    client = sign_in(VerifierFactory())

    assert "Choose how you verified" in said(client, report=chosen(report), step="verify")
    assert "Give a reason" in said(client, report=chosen(report), step="reject")


def test_only_ones_own_sites_are_in_the_queue(sign_in):
    SubmittedFactory(narrative="Elsewhere.")
    verifier = VerifierFactory()
    Responsibility.objects.create(user=verifier, country="IQ")

    assert "Elsewhere." not in sign_in(verifier).get(QUEUE).content.decode()


def test_a_longer_queue_costs_no_more_queries(sign_in):
    client = sign_in(VerifierFactory())
    SubmittedFactory()
    few = queries_of(client, QUEUE)
    for _ in range(4):
        SubmittedFactory()

    assert queries_of(client, QUEUE) == few


def test_a_page_that_is_not_known_is_a_clear_error(sign_in):
    assert sign_in(VerifierFactory()).get(QUEUE, {"after": "x"}).status_code == 400


def publishes(client, *reports):
    client.post(STEPS, {"report": chosen(*reports), "step": "verify_publish", "method": "satellite"})
    for alert in Alert.objects.filter(fanned_out_at=None):
        alert_actions.fan_out(alert.pk)


def in_a_moment(postbox):
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61)):
        sweep()
    return postbox.messages


def lost(site, number):
    made = [MonumentFactory(site=site) for _ in range(number)]
    return [SubmittedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED) for monument in made]


def test_what_is_published_together_reaches_a_reader_in_one_message_in_a_moment(sign_in, postbox):
    site = SiteFactory()
    SubscriptionFactory(site=site)

    publishes(sign_in(VerifierFactory()), *lost(site, 3))

    messages = [message for message in in_a_moment(postbox) if message["List-Unsubscribe"]]
    assert len(messages) == 1
    assert "3 pieces of news" in messages[0]["Subject"]


def test_what_is_published_alone_goes_out_at_once(sign_in, postbox):
    site = SiteFactory()
    SubscriptionFactory(site=site)

    publishes(sign_in(VerifierFactory()), *lost(site, 1))
    sweep()

    assert [m["Subject"].split(":")[0] for m in postbox.messages if m["List-Unsubscribe"]] == ["New loss"]


def test_those_on_duty_have_one_message_too_and_are_asked_to_take_up_each(sign_in, postbox):
    site = SiteFactory()
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, site=site)
    Subscription.objects.all().delete()

    publishes(sign_in(VerifierFactory()), *lost(site, 2))

    [message] = [message for message in in_a_moment(postbox) if message["To"] == editor.email]
    assert message.get_body(["plain"]).get_content().count("Please acknowledge") == 2
    assert Delivery.objects.get(address=editor.email).outcome == "sent"


def test_in_quiet_hours_what_weighs_takes_the_rest_with_it(sign_in, postbox):
    site = SiteFactory()
    SubscriptionFactory(site=site, quiet_from="00:00", quiet_until="23:59")
    lesser = SubmittedFactory(monument=MonumentFactory(site=site), damage_grade=DamageGrade.MODERATE)

    publishes(sign_in(VerifierFactory()), lesser, *lost(site, 1))

    assert ["2 pieces of news" in m["Subject"] for m in in_a_moment(postbox) if m["List-Unsubscribe"]] == [True]
