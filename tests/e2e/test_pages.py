"""The pages as people use them."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from reports.alerts import actions
from reports.alerts.models import Search
from reports.conditions.models import ConditionReport
from reports.vocabulary import Danger
from tests.e2e.conftest import AXE, DESKTOP, PHONE
from tests.factories.accounts import PASSWORD, EditorFactory, VerifierFactory
from tests.factories.alerts import EndpointFactory, SearchFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation import HazardFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = [
    "/",
    "/sites/palmyra/",
    "/monuments/palmyra-temple-of-bel/",
    "/monuments/?country=SY&west=38&south=34&east=39&north=35",
    "/alerts/",
    "/accounts/login/",
    "/nothing/",
]
FOUND = "() => axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' ')))"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_accessible_and_fit_the_screen(open_page, palmyra, language, size):
    for address in ADDRESSES[:-1]:
        # The tool that looks is injected, which the policy of the page itself would refuse.
        page = open_page(address, language=language, size=size, policy=False)
        page.add_script_tag(path=AXE)

        assert page.evaluate(FOUND) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def clicked_through(page, step=12):
    """Clicks one after the other where the map says that there is something."""
    page.locator("[data-map]").scroll_into_view_if_needed()
    sheet = page.locator("[data-map] canvas").first
    box = sheet.bounding_box()
    for across in range(40, int(box["width"]), step):
        for down in range(40, int(box["height"]), step):
            page.mouse.move(box["x"] + across, box["y"] + down)
            if page.evaluate("document.querySelector('.maplibregl-canvas').style.cursor") == "pointer":
                yield sheet.click(position={"x": across, "y": down})


def test_the_map_draws_its_monuments(open_page, palmyra):
    page = open_page("/")

    page.wait_for_selector("[data-drawn='34']", timeout=30_000)


def test_a_ring_on_the_map_leads_closer_and_a_monument_tells_its_state(open_page, palmyra):
    page = open_page("/sites/palmyra/")
    page.wait_for_selector("[data-drawn='21']", timeout=30_000)
    assert "21 monuments, all on the map" in page.inner_text("figcaption")
    next(clicked_through(page))

    page.wait_for_selector(".map-popup a[href^='/monuments/']")


def test_a_hazard_lies_on_the_map_and_says_what_it_is(open_page):
    site = SiteFactory(slug="palmyra", longitude=38.27, latitude=34.55)
    MonumentFactory(site=site, longitude=38.2684, latitude=34.5502)
    HazardFactory(site=site, danger=Danger.MINES, cell_longitude=38.27, cell_latitude=34.55)
    page = open_page("/sites/palmyra/")
    page.wait_for_selector("[data-hazard-key]:not([hidden])", timeout=30_000)
    page.wait_for_selector("[data-drawn='1']", timeout=30_000)

    next(clicked_through(page))
    page.wait_for_selector(".maplibregl-popup a:has-text('Mines')")


def test_grades_are_drawn_as_a_chart_with_their_table_and_their_file(open_page, palmyra):
    page = open_page("/sites/palmyra/")
    chart = page.locator("[data-chart-holder]").first
    chart.scroll_into_view_if_needed()
    chart.locator("canvas").wait_for(timeout=30_000)

    painted = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(value => value > 0)"
    page.wait_for_function(f"({painted})(document.querySelector('[data-chart-holder] canvas'))")
    chart.locator("summary").click()
    assert chart.locator("tbody tr").count() > 1
    with page.expect_download() as coming:
        chart.locator("text=Download as CSV").click()
    assert coming.value.path().read_text("utf-8-sig").count("\n") > 1


def test_where_a_map_cannot_be_drawn_the_page_says_so_and_lists(open_page, palmyra):
    no_webgl = (
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind) {"
        " return kind.startsWith('webgl') ? null : get.apply(this, arguments) }"
    )
    page = open_page("/sites/palmyra/", before=no_webgl)

    page.wait_for_selector("text=The map cannot be drawn on this device")
    assert "Temple of Bel" in page.inner_text("#monuments ~ .monuments")


def test_without_scripts_the_pages_tell_the_same(open_page, palmyra):
    page = open_page("/", scripts=False)
    page.click("text=Site of Palmyra")
    page.click("text=Temple of Bel")

    assert "Destroyed" in page.inner_text(".status")


def test_another_language_keeps_the_page(open_page, palmyra):
    page = open_page("/monuments/palmyra-temple-of-bel/")
    page.click("button[lang=ar]")

    assert page.url.endswith("/monuments/palmyra-temple-of-bel/")
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.inner_text("h1") == "معبد بل"


def test_the_keyboard_reaches_the_content_first(open_page, palmyra):
    page = open_page("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_day_of_the_past_is_chosen_on_the_page(open_page, palmyra):
    page = open_page("/monuments/palmyra-tetrapylon/")
    page.fill("#as_of", "2016-06-01")
    page.click(".moment button")

    assert "Slight" in page.inner_text(".status")


def test_the_interface_is_shown_without_the_internet(open_page, palmyra):
    page = open_page("/api/docs/")

    page.wait_for_selector("text=/api/v1/monuments/", timeout=30_000)


def sign_in(page, user, target):
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{target}")


def look_up(page, field, typed, wanted):
    page.click(f"{field} + .select2 .select2-selection")
    page.keyboard.type(typed)
    page.click(f".select2-results__option--highlighted:has-text('{wanted}')")


def test_a_report_is_entered_by_one_and_published_by_another(open_page, palmyra):
    editor = open_page("/admin/")
    sign_in(editor, EditorFactory(), "/admin/")
    editor.click("nav >> text=Condition reports >> nth=0")
    editor.click("a[href$='/conditionreport/add/']")
    look_up(editor, "#id_monument", "Roman", "Roman Theatre")
    editor.select_option("#id_kind", "damage")
    editor.select_option("#id_date_precision", "day")
    editor.fill("#id_date_to", "2025-03-01")
    editor.select_option("#id_damage_grade", "destroyed")
    editor.fill("#id_narrative", "The stage front fell in the night.")
    editor.select_option("#id_certainty", "high")
    look_up(editor, "#id_source", "UNITAR", "UNITAR-UNOSAT")
    editor.click("[name=_submit]")
    editor.wait_for_url("**/change/")
    report = ConditionReport.objects.get(narrative="The stage front fell in the night.")

    verifier = open_page(f"/admin/conditions/conditionreport/{report.pk}/change/")
    sign_in(verifier, VerifierFactory(), "/change/")
    verifier.select_option("[name=method]", "satellite")
    verifier.click("text=Verify and publish")
    verifier.wait_for_selector("text=Published")

    page = open_page("/monuments/palmyra-roman-theatre/")
    assert "Destroyed" in page.inner_text(".status")


def test_an_area_is_drawn_found_and_kept(open_page, palmyra):
    page = open_page("/accounts/login/?next=/monuments/")
    sign_in(page, EditorFactory(), "/monuments/")
    page.wait_for_selector("[data-drawn]", timeout=30_000)
    page.click("summary")
    page.click("[data-draw=polygon]")
    page.locator("[data-map]").scroll_into_view_if_needed()
    sheet = page.locator("[data-map] canvas").first
    box = sheet.bounding_box()
    for across, down in ((-250, -110), (250, -110), (250, 110), (-250, 110), (-250, 110)):
        sheet.click(position={"x": box["width"] / 2 + across, "y": box["height"] / 2 + down})
        page.wait_for_timeout(300)
    page.wait_for_url("**area=**")

    page.fill("[name=name]", "What I drew")
    page.click("text=Keep >> nth=-1")

    page.wait_for_url("**/subscriptions/")
    assert Search.objects.get(name="What I drew").area["type"] == "Polygon"
    page.click("a:has-text('What I drew')")
    page.wait_for_selector("[data-drawn]", timeout=30_000)


def test_what_belongs_to_ones_alerts_is_accessible_and_fits_the_screen(open_page, palmyra):
    user = EditorFactory()
    webhook = EndpointFactory(user=user)
    SubscriptionFactory(user=user, scope="search", site=None, search=SearchFactory(user=user))
    report = PublishedFactory(damage_grade="destroyed")
    alert = report.alerts.get()
    actions.fan_out(alert.pk)
    page = open_page("/accounts/login/?next=/subscriptions/", language="ar", size=PHONE, policy=False)
    sign_in(page, user, "/subscriptions/")
    for address in ["/subscriptions/", "/subscriptions/told/", f"/webhooks/{webhook.pk}/", f"/alerts/{alert.pk}/"]:
        page.goto(urljoin(page.url, address))
        page.add_script_tag(path=AXE)

        assert page.evaluate(FOUND) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


def test_the_map_goes_back_in_time_and_the_page_with_it(open_page, palmyra):
    page = open_page("/")
    slider = page.get_by_label("State on the map, month by month")
    slider.wait_for(timeout=30_000)
    slider.focus()

    page.keyboard.press("Home")

    page.wait_for_selector("#state:has-text('Of 33 nobody knows the state')", timeout=30_000)
    assert "as_of=" in page.url
    assert page.inner_text("[data-time] output") == "March 2001"


def test_what_is_seen_on_the_map_is_handed_on(open_page, palmyra):
    page = open_page("/monuments/?country=SY#map=14/34.5508/38.2695")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_selector("[data-drawn]", timeout=30_000)

    page.click("text=Share this map")

    page.wait_for_selector("text=The address of this view is copied.")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/monuments/?country=SY#map=14/34.5508/38.2695")
