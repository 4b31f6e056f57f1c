"""Looking through pictures, closely and two at a time, and marking what must not be seen."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.evidence.models import BlurArea
from tests.e2e.conftest import AXE, DESKTOP, PHONE
from tests.e2e.test_pages import FOUND, sign_in
from tests.factories.accounts import EditorFactory
from tests.factories.evidence import ShownFactory
from tests.factories.sites import MonumentFactory
from tests.reports.evidence.conftest import evidence_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
folders = evidence_folder


def two_pictures():
    monument = MonumentFactory()
    facts = {"monument": monument, "published_at": timezone.now(), "size": (900, 600)}
    return [ShownFactory(**facts, taken_to=datetime.date(year, 5, 1), alternative="Columns") for year in (2010, 2016)]


@pytest.mark.parametrize(("language", "size"), [("en", DESKTOP), ("ar", PHONE)])
def test_pictures_are_accessible_and_fit_the_screen(open_page, language, size):
    earlier, later = two_pictures()
    gallery = f"/monuments/{earlier.monument.slug}/pictures/"
    compare = f"{gallery}compare/?picture={earlier.pk}&picture={later.pk}"

    for address in (gallery, compare, f"/pictures/{later.pk}/"):
        page = open_page(address, language=language, size=size, policy=False)
        page.add_script_tag(path=AXE)

        assert page.evaluate(FOUND) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_a_picture_is_looked_at_closely_by_keyboard(open_page):
    page = open_page(f"/pictures/{two_pictures()[0].pk}/")

    page.focus("[data-look]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-open]")
    assert "arrow keys" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("+")
    page.click("[data-do=all]")
    page.click("[data-look]")

    assert page.locator(".alone img").is_visible()


def test_two_pictures_are_compared_by_keys_and_side_by_side_without_scripts(open_page):
    earlier, later = two_pictures()
    address = f"/monuments/{earlier.monument.slug}/pictures/compare/?picture={later.pk}&picture={earlier.pk}"
    page = open_page(address)
    page.focus("#share")
    page.keyboard.press("End")
    assert page.evaluate("document.querySelector('[data-slider]').style.getPropertyValue('--share')") == "100%"

    plain = open_page(address, scripts=False)

    assert not plain.locator("#share").is_visible()
    first, second = (plain.locator(".side img").nth(number).bounding_box() for number in (0, 1))
    assert first["x"] + first["width"] <= second["x"]


def test_an_area_is_drawn_and_one_is_moved_by_keys(open_page):
    picture, editor = two_pictures()[0], EditorFactory()
    page = open_page(f"/accounts/login/?next=/pictures/{picture.pk}/blur/")
    sign_in(page, editor, "/blur/")
    page.wait_for_selector("[data-add]")
    page.locator("[data-layer]").scroll_into_view_if_needed()
    box = page.locator("[data-layer]").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.2, steps=3)
    page.mouse.up()

    page.click("[data-add]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.click("form.mark button:not([type])")
    page.wait_for_url(f"**/pictures/{picture.pk}/")

    drawn, moved = BlurArea.objects.order_by("x")
    assert (round(drawn.x, 1), round(drawn.width, 1)) == (0.1, 0.2)
    assert (moved.x, moved.y, moved.width, moved.height) == (0.41, 0.4, 0.2, 0.21)
