"""The page of who has no account: reached by the signed link in their messages, and by nobody else."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from reports.alerts import actions, tasks, tokens
from reports.alerts.models import Alert, Delivery, Subscription, Suppression
from reports.alerts.tasks import sweep
from reports.vocabulary import DamageGrade
from tests.factories.accounts import UserFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ADDRESS = "zenobia@example.org"
LINK = re.compile(r"http://\S+?(/subscriptions/own/[^\s\"]+)")


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(tasks, "wake", lambda task, argument: task(str(argument)))


@pytest.fixture
def subscription():
    return SubscriptionFactory(user=None, address=ADDRESS)


@pytest.fixture
def page(subscription):
    return f"/subscriptions/own/{tokens.make_own(subscription)}/"


def happens(site, **facts):
    return PublishedFactory(monument=MonumentFactory(site=site), damage_grade=DamageGrade.DESTROYED, **facts)


def step(client, page, subscription, name):
    return client.post(f"{page}{subscription.pk}/step/", {"step": name})


def test_the_link_in_a_message_leads_to_what_was_asked_for_and_told(client, postbox, subscription):
    happens(subscription.site)
    sweep()
    [message] = postbox.messages

    [text, html] = [message.get_body([kind]).get_content() for kind in ("plain", "html")]
    shown = client.get(LINK.search(text)[1]).content.decode()

    assert LINK.search(html)
    assert subscription.site.get_absolute_url() in shown
    assert str(Alert.objects.get()) in shown
    assert "Sent" in shown


def test_readers_with_an_account_are_sent_to_their_own_page(postbox):
    happens(SubscriptionFactory().site)
    sweep()
    [message] = postbox.messages

    assert "/subscriptions/\n" in message.get_body(["plain"]).get_content().replace("\r", "")


def test_a_long_digest_leads_to_the_page_that_its_reader_can_open(client, postbox, subscription, monkeypatch):
    monkeypatch.setattr("reports.alerts.transports.email.MOST_IN_A_DIGEST", 1)
    Subscription.objects.update(cadence="hourly", critical_at_once=False)
    for _ in range(2):
        happens(subscription.site)
    sweep()
    Delivery.objects.update(due_at=timezone.now())
    sweep()
    [message] = postbox.messages

    assert "/subscriptions/told/" not in str(message)
    assert client.get(LINK.search(message.get_body(["html"]).get_content())[1]).status_code == 200


@pytest.mark.parametrize("spoil", [lambda token: token[:-2] + "xx", lambda token: "forged", lambda token: "a" + token])
@pytest.mark.parametrize("what", ["", "test/", "try-again/"])
def test_a_link_that_was_tampered_with_is_answered_clearly(client, subscription, spoil, what):
    address = f"/subscriptions/own/{spoil(tokens.make_own(subscription))}/{what}"
    answer = client.post(address) if what else client.get(address)

    assert answer.status_code == 404
    assert "not valid any more" in answer.content.decode()
    assert ADDRESS not in answer.content.decode()


def test_a_link_of_half_a_year_ago_is_answered_with_a_way_to_a_new_one(client, page):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=181)):
        answer = client.get(page)

    assert answer.status_code == 404
    assert 'action="/subscriptions/own/"' in answer.content.decode()


@pytest.mark.parametrize("salt", ["unsubscribe", "confirm", "renew"])
def test_the_words_of_other_links_open_no_page(client, subscription, salt):
    from django.core import signing

    token = signing.dumps(str(subscription.pk), salt=f"reports.alerts.{salt}")

    assert client.get(f"/subscriptions/own/{token}/").status_code == 404


def test_what_was_never_confirmed_has_no_page(client):
    asked, _due = actions.ask(address=ADDRESS, language="en", site=SiteFactory())

    assert client.get(f"/subscriptions/own/{tokens.make_own(asked)}/").status_code == 404


def test_who_has_just_confirmed_is_led_to_the_page(client):
    asked, _due = actions.ask(address=ADDRESS, language="en", site=SiteFactory())

    answer = client.post(f"/subscriptions/confirm/{tokens.make_for(asked)}/").content.decode()

    assert client.get(re.search(r'"(/subscriptions/own/[^"]+)"', answer)[1]).status_code == 200


def test_while_paused_nothing_is_told_and_then_it_is_again(client, postbox, subscription, page):
    step(client, page, subscription, "pause")
    happens(subscription.site)
    sweep()
    assert postbox.messages == []
    assert "Paused" in client.get(page).content.decode()

    step(client, page, subscription, "resume")
    happens(subscription.site)
    sweep()

    assert len(postbox.messages) == 1


def test_what_is_on_its_way_is_withheld_by_a_pause(client, postbox, subscription, page):
    happens(subscription.site)
    actions.fan_out(Alert.objects.get().pk)
    step(client, page, subscription, "pause")

    sweep()

    assert postbox.messages == []


def test_it_is_stopped_and_the_page_stays(client, subscription, page):
    step(client, page, subscription, "end")

    assert not Subscription.objects.running().exists()
    assert "None any more" in client.get(page).content.decode()


def test_it_is_renewed(client, subscription, page):
    Subscription.objects.update(renewal_asked_at=timezone.now())
    assert "Yes, go on" in client.get(page).content.decode()

    step(client, page, subscription, "renew")

    assert Subscription.objects.get().renewal_asked_at is None


def test_wishes_are_changed_but_it_stays_a_mail(client, subscription, page):
    wishes = {"about_what": ["1"], "channel": "portal", "cadence": "daily", "min_severity": "3", "language": "ar"}
    times = {"time_zone": "Asia/Damascus", "quiet_from": "22:00", "quiet_until": "06:00"}

    answer = client.post(f"{page}{subscription.pk}/", wishes | times)

    subscription.refresh_from_db()
    assert answer["Location"] == page
    assert (subscription.cadence, subscription.language, subscription.channel) == ("daily", "ar", "email")
    assert (subscription.time_zone, str(subscription.quiet_from)) == ("Asia/Damascus", "22:00:00")


def test_a_test_goes_to_the_address_in_its_language_and_not_too_often(client, postbox, at_once, subscription, page):
    Subscription.objects.update(language="fr")
    for _ in range(7):
        client.post(f"{page}test/")

    assert len(postbox.messages) == 5
    assert postbox.messages[0]["To"] == ADDRESS
    assert "Tadmor : un test" in postbox.messages[0]["Subject"]


def test_a_refused_address_is_tried_again(client, page):
    Suppression.objects.create(address=ADDRESS, reason="550 nobody here")
    assert "550 nobody here" in client.get(page).content.decode()

    client.post(f"{page}try-again/")

    assert not Suppression.objects.exists()


def test_a_page_shows_nothing_of_others(client, page):
    other = SubscriptionFactory(user=None, address="odaenathus@example.org")
    account = SubscriptionFactory(user=UserFactory(email=ADDRESS))

    shown = client.get(page).content.decode()

    assert other.site.get_absolute_url() not in shown
    assert account.site.get_absolute_url() not in shown
    for foreign in (other, account):
        assert client.get(f"{page}{foreign.pk}/").status_code == 404
        assert step(client, page, foreign, "end").status_code == 404
    assert Subscription.objects.running().count() == 3


def test_what_became_confidential_before_it_was_sent_is_not_in_the_list(client, subscription, page):
    report = happens(subscription.site)
    actions.fan_out(Alert.objects.get().pk)
    type(report).objects.update(confidential=True)
    sweep()

    assert Alert.objects.get().place not in client.get(page).content.decode()


def test_the_page_is_kept_nowhere_and_told_to_no_other_site(client, page):
    answer = client.get(page)

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_new_link_goes_to_who_asked_for_something(client, postbox, at_once, subscription):
    client.post("/subscriptions/own/", {"email": " Zenobia@example.org"})

    [message] = postbox.messages
    assert client.get(LINK.search(message.get_content())[1]).status_code == 200


def test_whether_an_address_is_known_is_not_told(client, postbox, at_once, subscription):
    UserFactory(email="longinus@example.org")
    actions.ask(address="vaballathus@example.org", language="en", site=SiteFactory())
    names = ["zenobia", "nobody", "longinus", "vaballathus"]

    answers = [client.post("/subscriptions/own/", {"email": f"{name}@example.org"}) for name in names]

    said = {
        re.sub(r"value=\"\w{64}\"|nonce-\S+", "", answer.content.decode()).replace(name, "")
        for answer, name in zip(answers, names, strict=True)
    }
    assert {answer.status_code for answer in answers} == {200}
    assert len(said) == 1
    assert [message["To"] for message in postbox.messages] == [ADDRESS]


def test_asking_for_links_does_not_fill_a_mailbox(client, postbox, at_once, subscription):
    for _ in range(5):
        client.post("/subscriptions/own/", {"email": ADDRESS})

    assert len(postbox.messages) == 2


def test_questions_do_not_fill_a_mailbox_either(client, postbox, at_once):
    for _ in range(12):
        client.post("/subscriptions/ask/", {"email": ADDRESS, "site": SiteFactory().slug})

    assert len(postbox.messages) == 10


def test_the_page_asks_as_often_for_many_as_for_few(client, subscription, page):
    def told(number):
        for _ in range(number):
            happens(SubscriptionFactory(user=None, address=ADDRESS).site)
        for alert in Alert.objects.all():
            actions.fan_out(alert.pk)

    told(1)
    few = queries_of(client, page)
    told(5)

    assert queries_of(client, page) == few
