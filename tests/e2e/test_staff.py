"""What verifiers and readers do day by day: by keyboard, on a desktop and a phone, in both directions of writing."""

from __future__ import annotations

import pytest

from reports.alerts import actions
from reports.alerts.models import Alert, Subscription
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import State
from reports.vocabulary import DamageGrade
from tests.e2e.conftest import AXE, DESKTOP, PHONE
from tests.e2e.test_pages import FOUND, sign_in
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_queue_and_the_reasons_are_accessible(open_page, language, size):
    monument = MonumentFactory()
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.NONE)
    SubmittedFactory(monument=monument)
    page = open_page("/review/", language=language, size=size, policy=False)
    sign_in(page, VerifierFactory(), "/review/")

    for address in ("/review/", f"/monuments/{monument.slug}/#why", f"/sites/{monument.site.slug}/?show=stale"):
        page.goto(page.url.split("/review/")[0].split("/monuments/")[0] + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.add_script_tag(path=AXE)
        assert page.evaluate(FOUND) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_two_reports_are_published_by_keyboard(open_page):
    SubmittedFactory()
    SubmittedFactory()
    page = open_page("/review/")
    sign_in(page, VerifierFactory(), "/review/")

    for key in ("j", "x", "j", "x", "p"):  # p leads to the question how it was verified
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == "method"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_selector("text=2 reports are done.")
    assert set(ConditionReport.objects.values_list("state", flat=True)) == {State.PUBLISHED}


def test_both_versions_of_a_draft_are_shown_and_one_is_chosen(open_page):
    draft = DraftFactory(narrative="As it was.")
    address = f"/admin/conditions/conditionreport/{draft.pk}/change/"
    pages = []
    for _ in range(2):
        page = open_page(address)
        sign_in(page, EditorFactory(name="Nour"), "/change/")
        pages.append(page)
    assert "Nour has this draft open" in pages[1].inner_text("#workflow ~ *, section")

    for number, page in enumerate(pages):
        page.fill("#id_narrative", f"Version {number}.")
        page.click("[name=_continue]")
        page.wait_for_load_state("networkidle")
        if number:
            page.wait_for_selector("text=Version 0.")
            page.check("[name=keep-narrative][value=theirs]")
            page.click("text=Save the chosen versions")
            page.wait_for_load_state("networkidle")

    draft.refresh_from_db()
    assert (draft.narrative, draft.version) == ("Version 0.", 3)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_alerts_are_accessible(open_page, language, size):
    reader = VerifierFactory()
    subscription = SubscriptionFactory(user=reader)
    PublishedFactory(monument__site=subscription.site)
    actions.fan_out(Alert.objects.get().pk)
    page = open_page("/subscriptions/", language=language, size=size, policy=False)
    sign_in(page, reader, "/subscriptions/")
    host = page.url.split("/subscriptions/")[0]

    for address in ("/subscriptions/", f"/subscriptions/{subscription.pk}/", "/subscriptions/told/"):
        page.goto(host + address)
        page.add_script_tag(path=AXE)
        assert page.evaluate(FOUND) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_a_stranger_asks_to_be_told(open_page):
    monument = MonumentFactory()
    page = open_page(f"/monuments/{monument.slug}/", policy=False)

    page.fill("#ask-email", "reader@example.org")
    page.click(".ask button")

    page.wait_for_selector("text=Look into your mailbox")
    page.add_script_tag(path=AXE)
    assert page.evaluate(FOUND) == []
    assert Subscription.objects.get().confirmed_at is None
