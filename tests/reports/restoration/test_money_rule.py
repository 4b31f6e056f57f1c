"""What is needed, promised, paid and lacking: each currency by itself, each promise once, exact to the hundredth."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from decimal import Decimal

import pytest
from django.utils import timezone

from reports.restoration import actions
from reports.restoration.models import CostEstimate, Pledge
from reports.restoration.queries import budget, in_sum
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import SourceFactory
from tests.factories.restoration import CostFactory, DonorFactory, PlanFactory, PledgeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return PlanFactory()


def cost(plan, amount, *, on=2020, **more):
    day = datetime.date(on, 1, 1)
    return CostFactory(plan=plan, amount=amount, date_from=day, date_to=day, date_precision="day", **more)


def test_the_newest_estimate_of_the_whole_counts(plan):
    cost(plan, 100, on=2016)
    cost(plan, 70, on=2020)
    cost(plan, 5, on=2021, whole=False, covers="scaffolding")

    (row,) = budget().total

    assert row.needed == 70


def test_an_estimate_without_day_and_year_counts_from_when_it_was_recorded(plan):
    cost(plan, 70, on=2020)
    CostFactory(plan=plan, amount=30, source_year=None)

    assert budget().total[0].needed == 30


def test_without_one_the_parts_are_added_but_none_that_was_replaced(plan):
    cost(plan, 10, whole=False, covers="scaffolding")
    former = cost(plan, 4, whole=False, covers="clearing")
    cost(plan, 5, whole=False, covers="clearing", replaces=former)

    assert budget().total[0].needed == 15


def test_currencies_are_never_added(plan):
    cost(plan, 100, currency="USD")
    cost(plan, 100, currency="EUR")
    PledgeFactory(plan=plan, amount=50, currency="SYP")

    found = [(row.currency, row.needed, row.gap) for row in budget().total]
    assert found == [("EUR", 100, 100), ("SYP", 0, 0), ("USD", 100, 100)]


def test_prices_of_different_years_are_told(plan):
    cost(plan, 10, price_year=2016, whole=False, covers="clearing")
    cost(plan, 5, price_year=2020, whole=False, covers="scaffolding", approximate=True)

    (row,) = budget().total

    assert (row.needs, row.mixes_years, row.approximate) == ({2016: 10, 2020: 5}, True, True)


def test_a_promise_that_is_paid_counts_once(plan):
    cost(plan, 100)
    first = PledgeFactory(plan=plan, amount=60)
    PledgeFactory(plan=plan, amount=60, stage="committed", of=first, donor=first.donor)
    PledgeFactory(plan=plan, amount=40, stage="paid", of=first, donor=first.donor)

    (row,) = budget().total

    assert (row.pledged, row.committed, row.paid, row.promised, row.gap) == (60, 60, 40, 20, 40)


def test_a_payment_counts_also_without_its_promise(plan):
    cost(plan, 100)
    withdrawn = PledgeFactory(plan=plan, amount=90)
    PledgeFactory(plan=plan, amount=30, stage="paid", of=withdrawn, donor=withdrawn.donor)
    actions.withdraw(withdrawn, by=VerifierFactory(), reason="Of another plan.")

    (row,) = budget().total

    assert (row.paid, row.gap) == (30, 70)


def test_it_is_exact_where_floating_numbers_are_not(plan):
    """1.1 + 2.2 is no 3.3 among floating numbers, and the largest sums need all their digits."""
    for amount in ("0.10", "0.20", "0.29", "1.10", "2.20", "999999999999.99", "999999999999.99"):
        PledgeFactory(plan=plan, amount=Decimal(amount))

    (row,) = budget().total

    assert (str(row.pledged), str(row.covered)) == ("2000000000003.87", "2000000000003.87")


def test_it_is_by_site_and_by_donor_named_or_not(plan):
    other, donor = PlanFactory(), DonorFactory(name="ALIPH")
    cost(plan, 100)
    PledgeFactory(plan=plan, donor=donor, amount=30)
    PledgeFactory(plan=other, donor=donor, amount=5)
    PledgeFactory(plan=other, donor=None, amount=7)

    found = budget()

    by_site = {site: [(row.needed, row.pledged) for row in rows] for site, rows in found.by_site.items()}
    assert by_site == {plan.site_id: [(100, 30)], other.site_id: [(0, 12)]}
    assert [(donor.name, donor.sums[0].pledged) for donor in found.by_donor] == [("ALIPH", 35), ("", 7)]


def test_the_sums_of_a_moment_leave_out_what_was_said_later(plan):
    cost(plan, 100, on=2016)
    cost(plan, 70, on=2020)

    sums = [in_sum([plan.pk], day=datetime.date(year, 6, 1), known_at=timezone.now()) for year in (2015, 2016, 2021)]

    assert [[row.needed for row in rows] for rows in sums] == [[], [100], [70]]


def test_the_database_adds_as_one_does_by_hand():
    """Two hundred rows of money that look like nothing in particular."""
    dice = random.Random(7)
    source, donors, plans = SourceFactory(), [*DonorFactory.create_batch(2), None], PlanFactory.create_batch(4)
    said = {"source": source, "certainty": "high"}
    amounts = [Decimal(dice.randrange(10**9)) / 100 for _ in range(100)]
    CostEstimate.objects.bulk_create(
        CostEstimate(plan=dice.choice(plans), amount=amount, currency="USD", whole=False, covers="part", **said)
        for amount in amounts
    )
    promises = [
        Pledge(
            plan=dice.choice(plans), donor=dice.choice(donors), amount=amount, currency="USD", stage="pledged", **said
        )
        for amount in amounts[:50]
    ]
    kept = [
        Pledge(plan=one.plan, donor=one.donor, amount=one.amount / 2, currency="USD", stage="paid", of=one, **said)
        for one in dice.sample(promises, 25)
    ]
    for one in kept:
        one.amount = one.amount.quantize(Decimal("0.01"))
    Pledge.objects.bulk_create([*promises, *kept])
    by_site: dict = defaultdict(Decimal)
    for one in CostEstimate.objects.select_related("plan"):
        by_site[one.plan.site_id] += one.amount

    found = budget()

    (row,) = found.total
    assert row.covered == sum(one.amount for one in promises)
    assert row.paid == sum(one.amount for one in kept)
    assert {site: rows[0].needed for site, rows in found.by_site.items()} == dict(by_site)
    assert sum(donor.sums[0].covered for donor in found.by_donor) == row.covered
