"""Charts are tables first: for screen readers, for programs, and for a script that draws them."""

from __future__ import annotations

import csv
import datetime
import io

import pytest

from portal import charts
from reports.vocabulary import DamageGrade
from tests.factories.conditions import PublishedFactory
from tests.factories.restoration import CostFactory, PlanFactory, PledgeFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def test_the_state_of_a_site_year_by_year_adds_up_to_its_monuments():
    site = SiteFactory()
    first, second = MonumentFactory(site=site), MonumentFactory(site=site)
    PublishedFactory(monument=first, damage_grade=DamageGrade.SEVERE, date_to=datetime.date(2015, 8, 30))
    PublishedFactory(monument=first, damage_grade=DamageGrade.DESTROYED, date_to=datetime.date(2017, 1, 20))
    PublishedFactory(monument=second, damage_grade=DamageGrade.SEVERE, date_to=datetime.date(2016, 5, 1))

    chart = charts.of_grades(site, datetime.date(2017, 6, 1))

    assert [column.colour for column in chart.columns] == ["grade-severe", "grade-destroyed", "grade-unknown"]
    assert [(row.label[-4:], list(row.values)) for row in chart.rows] == [
        ("2014", [0, 0, 2]),
        ("2015", [1, 0, 1]),
        ("2016", [2, 0, 0]),
        ("2017", [1, 1, 0]),
    ]


def test_of_a_site_of_which_nothing_is_known_there_is_no_chart(client):
    site = SiteFactory()

    assert charts.of_grades(site) is None
    assert "data-chart=" not in client.get(f"/sites/{site.slug}/").content.decode()
    assert client.get(f"/sites/{site.slug}/grades.csv").status_code == 404


def test_the_page_has_the_table_and_the_csv_the_same_numbers(client):
    site = PublishedFactory().monument.site

    page = client.get(f"/sites/{site.slug}/").content.decode()
    answer = client.get(f"/sites/{site.slug}/grades.csv")

    assert 'data-chart="bands"' in page
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Year", "Severe", "Unknown"]
    assert rows[1:3] == [["2014", "0", "1"], ["2015", "1", "0"]]


def test_money_is_charted_in_each_currency_by_itself(client):
    plan = PlanFactory()
    CostFactory(plan=plan, currency="USD")
    PledgeFactory(plan=plan, currency="EUR")

    page = client.get("/restoration/money/").content.decode()

    assert page.count('data-chart="bars"') == 3  # nobody gave dollars
    assert "USD by site" in page
    assert "EUR by donor" in page


def test_more_years_and_monuments_take_no_more_queries(client):
    report = PublishedFactory()
    address = f"/sites/{report.monument.site.slug}/grades.csv"
    few = queries_of(client, address)
    for year in (2010, 2012, 2020):
        PublishedFactory(monument=MonumentFactory(site=report.monument.site), date_to=datetime.date(year, 1, 1))

    assert queries_of(client, address) == few
