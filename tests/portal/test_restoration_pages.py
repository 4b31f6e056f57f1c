"""Restoration at a glance: the board, the time line, the money."""

from __future__ import annotations

import datetime

import pytest

from portal import gantt
from reports.restoration import actions
from reports.restoration.models import Donor
from reports.restoration.queries import timeline
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.restoration import CostFactory, MilestoneFactory, PlanFactory, PledgeFactory, StepFactory
from tests.factories.sites import MonumentFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 1)


def text(client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_board_has_a_column_for_each_status_in_its_order(client):
    PlanFactory(title="Scaffold", status="funded")
    PlanFactory(title="A wish", status="hoped")

    page = text(client, "/restoration/")

    assert page.index("column-hoped") < page.index("A wish") < page.index("column-funded") < page.index("Scaffold")


def test_the_board_of_one_site(client):
    here, elsewhere = PlanFactory(title="Here"), PlanFactory(title="Elsewhere")

    page = text(client, f"/restoration/?site={here.site.slug}")

    assert here.title in page
    assert elsewhere.title not in page
    assert client.get("/restoration/?site=nowhere").status_code == 404


@pytest.mark.parametrize(
    ("maker", "offered"), [(EditorFactory, True), (VerifierFactory, True), (ReporterFactory, False)]
)
def test_who_may_record_steps_is_offered_them(sign_in, maker, offered):
    PlanFactory()

    page = text(sign_in(maker()), "/restoration/")

    assert ("/admin/restoration/planstep/add/" in page) is offered


def test_nobody_is_offered_steps_of_what_they_do_not_answer_for(sign_in):
    PlanFactory(status="hoped")
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    assert "/admin/restoration/planstep/add/" not in text(sign_in(editor), "/restoration/")


def test_an_editor_is_not_offered_what_verifiers_decide(sign_in):
    PlanFactory(status="proposed")

    page = text(sign_in(EditorFactory()), "/restoration/")

    assert 'value="under_study"' in page
    assert 'value="approved"' not in page


def test_a_long_column_goes_on_page_by_page(client, monkeypatch):
    monkeypatch.setattr("portal.paging.after.__kwdefaults__", {"by": ("slug",), "size": 2})
    for number in range(3):
        PlanFactory(title=f"Plan number {number}")

    first = text(client, "/restoration/status/proposed/")

    assert first.count("plan-card") == 2
    assert "More plans" in first
    assert client.get("/restoration/status/nonsense/").status_code == 404


def dated(**more):
    return PlanFactory(planned_from=datetime.date(2020, 1, 1), planned_to=datetime.date(2021, 1, 1), **more)


def test_the_time_line_tells_planned_and_real_milestones_and_what_waits(client):
    plan = dated(title="Works")
    mines = dated(title="Demining", monument=MonumentFactory(site=plan.site))
    actions.add_dependency(plan, mines, by=VerifierFactory())
    step = StepFactory.build(plan=plan, to_status="in_progress", source=plan.source)
    actions.take_step(step, by=VerifierFactory())
    MilestoneFactory(plan=plan, title="Blocks sorted")
    PlanFactory(title="Some day", monument=plan.monument, source_year=2015)

    page = text(client, f"/sites/{plan.site.slug}/restoration/")

    assert '<path class="gantt-arrow"' in page
    for shown in ("Works", "Demining", "Blocks sorted", "Late", "Some day", "June 1, 2020"):
        assert shown in page


def test_on_the_drawing_time_runs_with_the_language():
    plan = dated()
    lines = timeline(plan.site.pk, TODAY).lines

    plain, mirrored = (gantt.draw(lines, TODAY, mirrored=side) for side in (False, True))

    bar, other = plain.rows[0].planned, mirrored.rows[0].planned
    assert bar.x == gantt.WIDTH - other.x - other.width
    assert gantt.draw([], TODAY, mirrored=False) is None


def test_money_by_site_and_donor_each_currency_by_itself(client):
    plan = PlanFactory()
    CostFactory(plan=plan, amount=10000, currency="USD", price_year=2016)
    pledge = PledgeFactory(plan=plan, amount=4000, currency="USD")
    PledgeFactory(plan=plan, donor=pledge.donor, of=pledge, stage="paid", amount=3000, currency="USD")
    PledgeFactory(plan=plan, amount=500, currency="EUR")

    page = text(client, "/restoration/money/")

    for shown in ("10,000", "4,000", "3,000", "6,000", "EUR", "prices of 2016", str(pledge.donor)):
        assert shown in page


def test_what_was_given_up_or_withdrawn_needs_nothing(client):
    CostFactory(plan=PlanFactory(status="rejected"))
    actions.withdraw(CostFactory(), by=VerifierFactory(), reason="Of another plan.")

    assert "Nobody has said what it costs" in text(client, "/restoration/money/")


def test_the_table_for_programs_has_no_formulas(client):
    PledgeFactory(donor=Donor.objects.create(name="=HYPERLINK(1)"))

    answer = client.get("/restoration/money.csv")

    assert answer["Content-Type"].startswith("text/csv")
    assert "donor,'=HYPERLINK(1),USD" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize("address", ["/restoration/", "/restoration/money/", "/sites/{}/restoration/"])
def test_more_plans_cost_no_more_queries(sign_in, address):
    site = MonumentFactory().site
    client = sign_in(VerifierFactory())

    def grow():
        plan = dated(monument=MonumentFactory(site=site))
        CostFactory(plan=plan)
        PledgeFactory(plan=plan)
        MilestoneFactory(plan=plan)
        actions.add_dependency(plan, dated(monument=plan.monument), by=VerifierFactory())

    grow()
    few = queries_of(client, address.format(site.slug))
    grow()
    grow()

    assert queries_of(client, address.format(site.slug)) == few
