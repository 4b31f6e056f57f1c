"""What could not be sent is looked at, put right and sent again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.alerts import actions
from reports.alerts.models import Alert, Delivery, Outcome
from reports.alerts.tasks import sweep
from tests.factories.accounts import AdministratorFactory, EditorFactory
from tests.factories.alerts import EndpointFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.list_actions import have_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SiteFactory()


def dead_letter(postbox, site, cadence="immediate", **of):
    """A message that the mail server refused for good."""
    reader = SubscriptionFactory(site=site, cadence=cadence, critical_at_once=cadence == "immediate", **of)
    PublishedFactory(monument=MonumentFactory(site=site))
    actions.fan_out(Alert.objects.get(fanned_out_at=None).pk)
    Delivery.objects.update(due_at=timezone.now())
    postbox.refuses_with = "550 no such mailbox"
    sweep()
    postbox.refuses_with = ""
    return Delivery.objects.get(reasons=reader, outcome=Outcome.FAILED)


def outside(postbox, site, address="raeder@example.org", **facts):
    return dead_letter(postbox, site, user=None, address=address, **facts)


@pytest.fixture
def administrator(sign_in):
    return sign_in(AdministratorFactory())


def panel(letter):
    return f"/admin/alerts/delivery/{letter.pk}/change/"


def send_again(client, letter, **fields):
    return client.post(f"/admin/alerts/delivery/{letter.pk}/resend/", fields, follow=True).content.decode()


@pytest.mark.parametrize("cadence", ["immediate", "daily"])
def test_the_address_of_an_outsider_is_put_right(postbox, site, administrator, cadence):
    letter = outside(postbox, site, cadence=cadence)
    assert "550 no such mailbox" in administrator.get(panel(letter)).content.decode()

    send_again(administrator, letter, address="Reader@Example.org")
    sweep()

    [message] = postbox.messages
    assert (message["To"], message["Message-ID"]) == ("reader@example.org", letter.message_id)


def test_what_went_to_the_former_address_of_an_account_goes_to_the_present_one(postbox, site, administrator):
    letter = dead_letter(postbox, site)
    user = letter.reasons.get().user
    user.email = "moved@example.org"
    user.save()
    assert "moved@example.org" in administrator.get(panel(letter)).content.decode()

    send_again(administrator, letter)
    sweep()

    assert [message["To"] for message in postbox.messages] == ["moved@example.org"]


def test_what_is_of_an_account_goes_to_no_other_address(postbox, site, administrator):
    letter = dead_letter(postbox, site)

    assert "changed in the account" in send_again(administrator, letter, address="stranger@example.org")
    letter.refresh_from_db()
    assert letter.outcome == Outcome.FAILED


@pytest.mark.parametrize("wrong", ["nonsense", "a b@example.org", "a@example.org\nBcc: b@example.org"])
def test_a_wrong_address_is_refused_with_a_reason(postbox, site, administrator, wrong):
    letter = outside(postbox, site)

    assert "valid email address" in send_again(administrator, letter, address=wrong)
    letter.refresh_from_db()
    assert letter.address == "raeder@example.org"


def test_nobody_gets_a_message_twice_by_a_corrected_address(postbox, site, administrator):
    SubscriptionFactory(site=site, user=None, address="reader@example.org")
    letter = outside(postbox, site)

    assert "has this message already" in send_again(administrator, letter, address="reader@example.org")


def test_what_is_on_its_way_is_not_sent_twice(postbox, site):
    letter = outside(postbox, site)
    actions.resend(letter)

    with pytest.raises(ValidationError, match="already"):
        actions.resend(letter)


def test_many_are_sent_again_and_one_that_cannot_go_hinders_no_other(postbox, site, administrator):
    letters = [outside(postbox, site, address=f"{name}@example.org") for name in ("one", "two")]
    actions.resend(letters[0])

    job = have_done(administrator, "/admin/alerts/delivery/", "send_again", letters)

    [refusal] = job.refusals.all()
    assert (refusal.key, refusal.reason) == (str(letters[0].pk), "It is in the outbox already.")
    assert Delivery.objects.filter(settled_at=None).count() == 2


def test_who_only_looks_sends_nothing(postbox, site, sign_in):
    letter = outside(postbox, site)
    client = sign_in(EditorFactory())

    assert "resend" not in client.get(panel(letter)).content.decode()
    assert client.post(f"/admin/alerts/delivery/{letter.pk}/resend/").status_code == 403


def test_the_list_leads_to_what_failed(postbox, site, administrator):
    letter = outside(postbox, site)

    page = administrator.get("/admin/alerts/delivery/").content.decode()

    assert "?outcome__exact=failed&amp;channel__exact=email" in page
    failed = administrator.get("/admin/alerts/delivery/?outcome__exact=failed&channel__exact=email")
    assert [row.pk for row in failed.context["cl"].result_list] == [letter.pk]


def test_administrators_see_webhooks_without_their_secrets_and_remove_them(administrator):
    endpoint = EndpointFactory()

    pages = [
        administrator.get(f"/admin/alerts/endpoint/{path}").content.decode() for path in ("", f"{endpoint.pk}/change/")
    ]

    assert all(endpoint.url in page and endpoint.secret not in page for page in pages)
    have_done(administrator, "/admin/alerts/endpoint/", "remove", [endpoint])
    assert administrator.get("/admin/alerts/endpoint/").context["cl"].result_count == 0
