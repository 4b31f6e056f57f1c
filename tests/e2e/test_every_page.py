"""Every page that links lead to, one of each kind: nothing for axe to find, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from reports.alerts import actions
from tests.e2e.conftest import AXE, DESKTOP, PHONE
from tests.e2e.test_pages import FOUND, sign_in
from tests.factories.accounts import AdministratorFactory
from tests.factories.alerts import EndpointFactory, SubscriptionFactory
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory
from tests.factories.evidence import ShownFactory
from tests.factories.inspections import plan_inspection
from tests.reports.evidence.conftest import evidence_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
folders = evidence_folder
LINKS = "() => [...document.querySelectorAll('main a[href], header a[href], footer a[href]')].map(a => a.href)"
OPEN = "document.querySelectorAll('details').forEach(d => d.open = true)"
NOT_PAGES = ("/admin/", "/api/", "/ogc/", "/iiif/", "/exports/", "/static/", "/accounts/logout/")
"""The admin looks as django-unfold does; the others answer programs, give files or end the session."""
AT_LEAST = {
    "home", "site", "story", "monument", "gallery", "picture", "restoration", "every-plan", "plan", "priorities",
    "restoration-money", "restoration-timeline", "monuments", "alerts", "alert", "subscriptions", "told", "keys",
    "situation-reports", "inspections", "inspection", "account", "statistics", "work",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "size", "theme"),
    [("en", DESKTOP, "light"), ("ar", PHONE, "dark"), ("fr", PHONE, "light")],
    ids=["en-desktop-light", "ar-phone-dark", "fr-phone-light"],
)
def test_every_page_is_accessible_and_fits_the_screen(open_page, palmyra, language, size, theme):
    administrator = AdministratorFactory()
    starts = something_of_everything(administrator)
    page = open_page("/accounts/login/", language=language, size=size, policy=False, meant=("404",))
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    sign_in(page, administrator, "/")

    wrong, seen = [], set()
    for name, address in pages(page, starts):
        seen.add(name)
        page.evaluate(OPEN)
        page.add_script_tag(path=AXE)
        wrong += [f"{address} {finding}" for finding in page.evaluate(FOUND)]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wrong.append(f"{address} is wider than the screen")

    assert wrong == []
    assert AT_LEAST - seen == set()


def something_of_everything(user) -> list[str]:
    """Makes it, and gives the addresses to which links lead only from what was just made."""
    report = PublishedFactory(damage_grade="destroyed")
    DraftFactory(author=user)
    SubmittedFactory()
    ShownFactory(monument=report.monument, size=(900, 600), alternative="Columns")
    plan_inspection(monument=report.monument)
    SubscriptionFactory(user=user, site=report.monument.site)
    EndpointFactory(user=user)
    actions.fan_out(report.alerts.get().pk)
    return [
        "/review/",
        f"/reports/add/?monument={report.monument.slug}",
        f"/monuments/{report.monument.slug}/pictures/",
    ]


def pages(page: Page, starts: list[str]) -> Iterator[tuple[str, str]]:
    """One page of each kind, opened; the first that a link leads to."""
    waiting, known = [page.url, *(urljoin(page.url, start) for start in starts)], set()
    while waiting:
        address = waiting.pop(0)
        name = kind(page, address)
        if not name or name in known:
            continue
        known.add(name)
        answer = page.request.get(address)
        if not answer.ok or not answer.headers["content-type"].startswith("text/html"):
            continue
        page.goto(address)
        yield name, urlsplit(address).path
        waiting += page.evaluate(LINKS)


def kind(page: Page, address: str) -> str | None:
    path = urlsplit(address).path
    if urlsplit(address).netloc != urlsplit(page.url).netloc or path.startswith(NOT_PAGES):
        return None
    try:
        return resolve(urljoin("/", path)).view_name
    except Resolver404:
        return None
