"""The search by keyboard, and a report from a phone on a bad line."""

from __future__ import annotations

import pytest

from reports.conditions.models import ConditionReport
from reports.conditions.workflow import State
from tests.e2e.conftest import AXE, DESKTOP, PHONE
from tests.e2e.test_pages import FOUND, sign_in
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory, NameFactory, SiteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_slash_leads_to_the_search_and_arrows_to_a_monument(open_page):
    monument = MonumentFactory(name__text="Temple of Bel")
    NameFactory(monument=monument, text="معبد بل", language="ar")
    page = open_page("/alerts/")

    page.keyboard.press("/")
    page.keyboard.type("معبد")
    page.wait_for_selector("#suggestions [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "hit-1"
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/monuments/{monument.slug}/")


def test_a_report_survives_a_crash_and_is_handed_in(open_page):
    monument = MonumentFactory()
    address = f"/reports/add/?monument={monument.slug}"
    page = open_page(address, size=PHONE)
    sign_in(page, ReporterFactory(), address)
    page.click("text=Very severe")
    page.fill("textarea", "The portico has fallen.")
    page.wait_for_selector("[data-kept]:not(:empty)")

    page.reload()

    assert page.input_value("textarea") == "The portico has fallen."
    assert page.is_visible("text=is back")
    page.click("label:has-text('High')")
    page.click("button:has-text('Save') >> nth=-1")
    page.wait_for_url("**/reports/*-*/")
    assert page.evaluate("localStorage.length") == 0
    page.click("text=Hand in")
    page.wait_for_selector("text=A verifier reads it now")
    report = ConditionReport.objects.get()
    assert (report.state, report.damage_grade) == (State.SUBMITTED, "very_severe")


def test_a_phone_finds_the_monument_around_it(open_page):
    monument = MonumentFactory(name__text="Tower of Elahbel", longitude=38.2401, latitude=34.5502)
    page = open_page("/reports/add/", size=PHONE)
    sign_in(page, ReporterFactory(), "/reports/add/")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 38.2405, "latitude": 34.5505})

    page.click("text=Find those around me")

    page.click("text=Tower of Elahbel")
    page.wait_for_url(f"**/reports/add/?monument={monument.slug}")


@pytest.mark.parametrize(("language", "size"), [("en", DESKTOP), ("ar", PHONE)], ids=["desktop", "phone"])
def test_the_pages_of_work_are_accessible(open_page, language, size):
    verifier = VerifierFactory()
    draft = DraftFactory(author=verifier)
    SubmittedFactory()
    page = open_page("/work/", language=language, size=size, policy=False)
    sign_in(page, verifier, "/work/")

    addresses = ["/work/", "/statistics/", "/account/", "/search/?q=name", "/reports/add/?q=name"]
    for address in [*addresses, f"/reports/{draft.pk}/", f"/reports/add/?monument={draft.monument.slug}"]:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.add_script_tag(path=AXE)
        assert page.evaluate(FOUND) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_without_a_line_a_page_says_so_and_leads_back(open_page):
    page = open_page("/alerts/", meant=("ERR_INTERNET_DISCONNECTED", "Failed to fetch"))
    page.wait_for_selector("#main")
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    page.reload()
    page.context.set_offline(True)

    page.goto(page.url)

    assert page.inner_text("h1") == "No connection"
    page.context.set_offline(False)
    page.click("text=Try again")
    page.wait_for_selector("#main")


def test_an_editor_sets_a_place_on_the_map(open_page):
    site = SiteFactory()
    address = f"/admin/sites/site/{site.pk}/change/"
    page = open_page(address)
    sign_in(page, EditorFactory(), address)
    page.wait_for_selector("[data-place][data-ready]", timeout=30_000)

    page.locator("[data-sheet] canvas").click(position={"x": 30, "y": 30})

    west, north = float(page.input_value("#id_longitude")), float(page.input_value("#id_latitude"))
    assert west < site.longitude
    assert north > site.latitude
    page.click("button[name=_save]")
    page.wait_for_url("**/admin/sites/site/")
    site.refresh_from_db()
    assert (site.longitude, site.latitude) == (west, north)
