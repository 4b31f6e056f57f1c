"""How long nobody has looked is shown wherever a status is, and sorts and filters."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from portal import paging
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def assessed(days_ago, site, **facts):
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return PublishedFactory(date_to=day, monument=MonumentFactory(site=site, **facts)).monument


def test_pages_say_how_long_nobody_has_looked(client):
    monument = assessed(412, SiteFactory())

    for address in (f"/monuments/{monument.slug}/", f"/sites/{monument.site.slug}/"):
        assert "Not assessed for 412 days" in client.get(address).content.decode()


def test_it_is_counted_to_the_day_that_is_shown(client):
    report = PublishedFactory(date_to=datetime.date(2015, 8, 30))

    page = client.get(f"/monuments/{report.monument.slug}/?as_of=2015-09-09").content.decode()

    assert "Not assessed for 10 days" in page


def test_the_longest_comes_first_and_the_fresh_not_at_all(client):
    site = SiteFactory()
    slugs = {days: assessed(days, site).slug for days in (10, 200, 900)}
    never = MonumentFactory(site=site).slug

    page = client.get(f"/sites/{site.slug}/", {"show": "stale"})

    assert [monument.slug for monument, _status in page.context["monuments"]] == [never, slugs[900], slugs[200]]


def test_pages_of_the_longest_follow_each_other(client, monkeypatch):
    site = SiteFactory()
    expected = [assessed(days, site).slug for days in (900, 900, 700, 500)]
    expected[:2] = sorted(expected[:2])
    monkeypatch.setattr(paging.after, "__kwdefaults__", {"by": ("slug",), "size": 1})

    found, address = [], f"/sites/{site.slug}/?show=stale"
    while address:
        page = client.get(address)
        found += [monument.slug for monument, _status in page.context["monuments"]]
        cursor = page.context["page"].next
        address = f"/sites/{site.slug}/?show=stale&after={cursor}" if cursor else ""

    assert found == expected


@pytest.mark.parametrize("cursor", ["x", "2015-01-01", "a~b~c"])
def test_a_page_that_is_not_known_is_a_clear_error(client, cursor):
    site = SiteFactory()

    assert client.get(f"/sites/{site.slug}/", {"show": "stale", "after": cursor}).status_code == 400
