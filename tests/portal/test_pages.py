"""What the pages show."""

from __future__ import annotations

import datetime

import pytest

from portal import paging
from reports.conditions import actions
from reports.vocabulary import Certainty, DamageGrade
from sites.models import Site
from sites.vocabulary import NameKind
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.restoration import CostFactory, PlanFactory
from tests.factories.sites import DesignationFactory, MonumentFactory, NameFactory, SiteFactory
from tests.factories.situation import SituationEventFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def text(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def page_of(monument):
    return f"/monuments/{monument.slug}/"


def test_the_home_page_counts_the_monuments_of_each_site_by_damage(client):
    site = SiteFactory()
    PublishedFactory(monument=MonumentFactory(site=site), damage_grade=DamageGrade.DESTROYED)
    MonumentFactory(site=site)

    page = _sites(text(client, "/"))

    assert page.count("<b>1</b>") == 2
    assert f"/sites/{site.slug}/" in page


def test_the_home_page_shows_the_past(client):
    PublishedFactory(damage_grade=DamageGrade.DESTROYED)

    assert "grade-destroyed" in _sites(text(client, "/"))
    assert "grade-destroyed" not in _sites(text(client, "/?as_of=2015-08-29"))


def _sites(page):
    """What stands in the list of sites."""
    return page.split('class="site-list"')[1].split("</section>")[0]


def test_a_site_page_tells_hazards_before_the_story(client):
    site = SiteFactory()
    SituationEventFactory(site=site, text="Retaken by the army.")
    SituationEventFactory(site=site, kind="hazard", text="Mines in the ruins.")
    DesignationFactory(site=site, since=datetime.date(2013, 6, 20))

    page = text(client, f"/sites/{site.slug}/")

    assert page.index("Mines in the ruins.") < page.index("Retaken by the army.")
    assert "June 20, 2013" in page


def test_a_site_page_of_the_past_knows_no_later_events(client):
    event = SituationEventFactory(text="Retaken by the army.")

    assert "Retaken" not in text(client, f"/sites/{event.site.slug}/?as_of=2016-03-01")


def test_a_monument_page_shows_state_sources_and_prospects(client):
    report = PublishedFactory(damage_grade=DamageGrade.VERY_SEVERE, narrative="The arch fell.")
    plan = PlanFactory(monument=report.monument, contested=True)
    CostFactory(plan=plan, amount=10000, currency="USD")

    page = text(client, page_of(report.monument))

    for shown in ("Very severe", "The arch fell.", report.source.name, plan.title, plan.source.name, "10,000 USD"):
        assert shown in page


def test_a_contested_state_is_shown_with_both_sources(client):
    one = PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    other = PublishedFactory(monument=one.monument, damage_grade=DamageGrade.SLIGHT)

    page = text(client, page_of(one.monument))
    card = page[page.index('class="contested"') : page.index('id="history"')]

    assert one.source.name in card
    assert other.source.name in card


def test_suspected_damage_is_marked(client):
    report = PublishedFactory(certainty=Certainty.LOW)

    assert "Damage suspected" in text(client, page_of(report.monument))


def test_a_draft_is_on_no_page(client):
    draft = DraftFactory(narrative="Not yet looked at.")

    assert "Not yet looked at." not in text(client, page_of(draft.monument))


def test_a_retracted_report_stays_with_its_reason(client):
    report = PublishedFactory()
    actions.retract(report, by=VerifierFactory(), reason="Photograph is of 2013")

    page = text(client, page_of(report.monument))

    assert "Photograph is of 2013" in page
    assert "Retracted" in page


def test_the_name_is_the_readers(client):
    monument = MonumentFactory()
    NameFactory(monument=monument, text="معبد بل", language="ar", kind=NameKind.PREFERRED)

    page = text(client, page_of(monument), accept_language="ar")

    assert "<h1>معبد بل</h1>" in page
    assert 'dir="rtl"' in page


@pytest.mark.parametrize("address", ["/", "/sites/{site}/", "/monuments/{monument}/", "/map/monuments.geojson"])
@pytest.mark.parametrize("question", ["as_of=yesterday", "known_at=noon"])
def test_a_moment_that_cannot_be_read_is_refused_with_an_example(client, address, question):
    monument = MonumentFactory()
    address = address.format(site=monument.site.slug, monument=monument.slug)

    answer = client.get(f"{address}?{question}")

    assert answer.status_code == 400
    assert "such as 2016-06-01" in answer.content.decode()


def test_an_address_without_a_page_says_so(client):
    answer = client.get("/monuments/atlantis/")

    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/sites/{site}/", "/monuments/{monument}/", "/map/monuments.geojson"])
def test_more_rows_cost_no_more_queries(client, address):
    monument = MonumentFactory()
    address = address.format(site=monument.site.slug, monument=monument.slug)

    def grow():
        PublishedFactory(monument=monument)
        PublishedFactory(monument=MonumentFactory(site=monument.site, parent=monument))
        PublishedFactory()
        PlanFactory(monument=monument)
        SituationEventFactory(site=monument.site)

    grow()
    grow()
    few = queries_of(client, address)
    grow()
    grow()

    # Fewer, where the last of the story are of fewer kinds.
    assert queries_of(client, address) <= few


def test_long_lists_go_on_after_the_last_shown():
    slugs = sorted(SiteFactory().slug for _ in range(3))
    sites = Site.objects.order_by("slug")

    first = paging.after(sites, "", size=2)
    second = paging.after(sites, first.next, size=2)

    assert [site.slug for site in (*first.rows, *second.rows)] == slugs
    assert second.next == ""


def test_no_page_allows_inline_code(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_home_page_sums_up_the_state_in_a_sentence(client):
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    PlanFactory(monument=report.monument, status="in_progress")
    MonumentFactory()

    page = text(client, "/")

    assert "1 of 2 monuments is destroyed." in page
    assert "1 is under restoration." in page
    assert "Of 1 nobody knows the state." in page


def test_what_stands_beside_the_map_takes_the_same_queries_for_more_reports(client):
    def published():
        report = PublishedFactory(kind="threat", damage_grade="")
        PublishedFactory(monument=report.monument, kind="assessment", date_to=datetime.date(2016, 1, 1))

    published()
    few = queries_of(client, "/")
    for _once in range(3):
        published()

    assert queries_of(client, "/") == few
