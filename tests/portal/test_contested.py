"""Contested is shown with both sources, wherever a status is."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from reports.alerts.tasks import sweep
from reports.vocabulary import DamageGrade
from tests.factories.accounts import VerifierFactory
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
EXITS = ["/monuments/{monument}/", "/sites/{site}/", "/api/v1/monuments/", "/api/v1/monuments/{monument}/"]


def contested(site):
    monument = MonumentFactory(site=site)
    sides = [PublishedFactory(monument=monument, damage_grade=grade) for grade in (DamageGrade.DESTROYED, "none")]
    return monument, [side.source.name for side in sides]


@pytest.mark.parametrize("address", [*EXITS, "/map/monuments.geojson"])
def test_both_sources_are_named(client, address):
    site = SiteFactory()
    monument, names = contested(site)

    said = client.get(address.format(monument=monument.slug, site=site.slug)).content.decode()

    assert all(name in said for name in names)


@pytest.mark.parametrize("address", ["/sites/{site}/", "/api/v1/monuments/", "/map/monuments.geojson"])
def test_more_contradictions_cost_no_more_queries(client, address):
    site = SiteFactory()
    contested(site)
    few = queries_of(client, address.format(site=site.slug))
    for _ in range(3):
        contested(site)

    assert queries_of(client, address.format(site=site.slug)) == few


def test_a_verifier_is_led_to_a_finding(sign_in):
    monument, _names = contested(SiteFactory())

    page = sign_in(VerifierFactory()).get(f"/monuments/{monument.slug}/").content.decode()

    assert f"/admin/conditions/conditionreport/add/?monument={monument.pk}" in page


def test_the_history_names_both_sides_of_each_period(client):
    monument, names = contested(SiteFactory())
    PublishedFactory(monument=monument, date_to="2020-01-01")

    history = client.get(f"/api/v1/monuments/{monument.slug}/").json()["history"]

    assert [side["source"] for side in history[0]["status"]["sides"]] == names
    assert history[-1]["status"]["sides"] == []


def test_the_message_names_both_sources(postbox):
    subscription = SubscriptionFactory()
    _monument, names = contested(subscription.site)
    sweep()  # the loss at once, the contradiction with the digest of the morning

    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        sweep()

    digest = postbox.messages[-1]
    for kind in ("plain", "html"):
        assert all(name in digest.get_body((kind,)).get_content() for name in names)


def test_home_counts_what_is_contested_and_what_nobody_looked_at(client):
    site = SiteFactory()
    contested(site)
    MonumentFactory(site=site)

    [(_site, _tally, number, stale)] = client.get("/").context["sites"]

    assert (number, stale) == (1, 2)


def test_the_admins_list_of_reports_says_it_too(sign_in):
    contested(SiteFactory())

    listed = sign_in(VerifierFactory()).get("/admin/conditions/conditionreport/").content.decode()

    assert "Destroyed · contested · not assessed for" in listed
