"""Lists without a layer as files: the rows of their pages, for whoever may open the page."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from portal.exports import tasks
from portal.exports.models import Export, State
from portal.lists import LISTS
from reports.restoration import queries
from tests.factories.accounts import EditorFactory, ReporterFactory, UserFactory, VerifierFactory
from tests.factories.conditions import PublishedFactory, SubmittedFactory
from tests.factories.inspections import plan_inspection
from tests.factories.restoration import CostFactory, PledgeFactory
from tests.factories.sites import MonumentFactory, NameFactory, SiteFactory
from tests.factories.situation_reports import MadeFactory
from tests.queries import queries_of
from tests.tables import body

pytestmark = pytest.mark.django_db

PAGES = {
    "review": "/review/",
    "inspections": "/inspections/",
    "inspections-to-plan": "/inspections/?show=to-plan",
    "messages": "/subscriptions/told/",
    "alerts": "/alerts/",
    "costs": "/restoration/money/",
    "pledges": "/restoration/money/",
    "search": "/search/?q=bel",
    "situation-reports": "/situation-reports/",
}
QUESTIONS = {"search": "?q=bel"}


def address(name: str) -> str:
    return f"/lists/{name}.csv{QUESTIONS.get(name, '')}"


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(answer).decode())))


def values(answer: Any) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(body(answer))).active.values)


def something_in_each_list() -> None:
    monument = MonumentFactory(site=SiteFactory())
    NameFactory(monument=monument, text="Temple of Bel", kind="alternate")
    PublishedFactory(monument=monument, damage_grade="destroyed")
    SubmittedFactory(monument=monument)
    plan_inspection()
    CostFactory()
    PledgeFactory()
    MadeFactory()


@pytest.mark.parametrize("person", [None, UserFactory, ReporterFactory, EditorFactory, VerifierFactory])
def test_a_file_is_for_whoever_may_open_the_page(client, sign_in, person):
    if person:
        sign_in(person())

    files = {name: client.get(address(name)).status_code for name in LISTS}

    assert files == {name: client.get(PAGES[name]).status_code for name in LISTS}


@pytest.mark.parametrize("person", [None, ReporterFactory, EditorFactory, VerifierFactory])
def test_a_file_has_the_rows_of_its_page(client, sign_in, person):
    something_in_each_list()
    if person:
        sign_in(person())

    for name in ("review", "inspections", "inspections-to-plan", "alerts", "situation-reports"):
        page = client.get(PAGES[name])
        if page.status_code == 200:
            listed = [str(getattr(row, "slug", row.pk)) for row in page.context["page"].rows]
            assert [next(iter(line.values())) for line in lines(client.get(address(name)))] == listed


def test_hits_are_those_of_the_page(client):
    something_in_each_list()

    shown = client.get(PAGES["search"]).context["hits"]

    assert [line["name"] for line in lines(client.get(address("search")))] == [hit.label for hit in shown] != []


def test_amounts_add_up_to_the_page_of_money(client):
    something_in_each_list()
    CostFactory(plan__status="rejected", amount=Decimal("9000000"))

    needed: Counter[str] = Counter()
    for line in lines(client.get("/lists/costs.csv")):
        needed[line["currency"]] += Decimal(line["amount"])

    assert needed == {row.currency: row.needed for row in queries.budget().total if row.needed}


@pytest.mark.parametrize("donor", ["=1+1", "＝1+1", "@SUM(A1)"])
def test_what_a_sheet_would_take_for_a_formula_is_text(client, donor):
    PledgeFactory(donor__name=donor)

    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get("/lists/pledges.xlsx")))).active

    assert lines(client.get("/lists/pledges.csv"))[0]["donor"] == f"'{donor}"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b", "inlineStr"}


def test_a_file_keeps_to_the_site_that_is_asked_about(client):
    wanted = CostFactory()
    CostFactory()

    asked = lines(client.get("/lists/costs.csv", {"site": wanted.plan.site.slug}))

    assert [line["id"] for line in asked] == [str(wanted.pk)]
    assert client.get("/lists/costs.csv", {"colour": "red"}).status_code == 400
    assert client.get("/lists/costs.csv", {"site": "nowhere"}).status_code == 404


def test_a_sheet_that_takes_long_is_made_by_a_worker_for_its_reader_alone(sign_in, settings):
    something_in_each_list()
    client = sign_in(VerifierFactory())
    at_once = client.get("/lists/review.xlsx?show=free")
    settings.EXPORT_AT_ONCE = 0

    told = client.get("/lists/review.xlsx?show=free")
    made = Export.objects.get()
    tasks.make(str(made.pk))
    sheet = client.get(client.get(told["Location"]).json()["download"])

    assert told.status_code == 202
    assert values(sheet) == values(at_once) != []
    assert client.get(told["Location"]).json()["total"] == 1
    assert "Waiting for review" in client.get(told["Location"], headers={"accept": "text/html"}).content.decode()
    assert sign_in(VerifierFactory()).get(told["Location"]).status_code == 404


def test_a_worker_makes_no_list_that_is_not_open_to_its_reader_any_more(sign_in, settings):
    settings.EXPORT_AT_ONCE = 0
    something_in_each_list()
    verifier = VerifierFactory()
    sign_in(verifier).get("/lists/review.xlsx")

    verifier.groups.clear()
    tasks.make(str(Export.objects.get().pk))

    assert Export.objects.get().state == State.FAILED


@pytest.mark.parametrize("name", LISTS)
def test_a_sheet_has_the_rows_of_the_table(sign_in, name):
    client = sign_in(VerifierFactory())
    something_in_each_list()
    question = address(name)

    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get(question.replace(".csv", ".xlsx"))))).active

    assert [str(row[0]) for row in sheet.values][1:] == [next(iter(x.values())) for x in lines(client.get(question))]


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_takes_no_more_queries(sign_in, name):
    client = sign_in(VerifierFactory())
    something_in_each_list()
    few = queries_of(client, address(name))
    for _ in range(3):
        something_in_each_list()

    assert queries_of(client, address(name)) == few


def test_the_files_of_a_story_hold_the_kinds_that_were_chosen(client):
    site = SiteFactory()

    page = client.get(f"/sites/{site.slug}/story/", {"kind": ["fighting"]}).content.decode()

    assert f"/exports/situation-events.csv?kind=fighting&amp;kind=air_strike&amp;site={site.slug}" in page
    assert "/exports/condition-reports.csv" not in page
