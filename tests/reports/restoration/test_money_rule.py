"""What is needed, promised, paid and lacking: each currency by itself, each promise once."""

from __future__ import annotations

import datetime
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from reports.restoration.money import Cost, Gift, add_up

PLAN = UUID(int=1)


def cost(amount: int, currency: str = "USD", year: int | None = None, *, whole: bool = True, on: int = 2020) -> Cost:
    return Cost(PLAN, currency, Decimal(amount), year, whole, False, datetime.date(on, 1, 1))


def gift(number: int, amount: int, stage: str = "pledged", of: int | None = None, currency: str = "USD") -> Gift:
    return Gift(UUID(int=number), UUID(int=of) if of else None, currency, Decimal(amount), stage, False)


def test_the_newest_estimate_of_the_whole_counts():
    (row,) = add_up([cost(100, on=2016), cost(70, on=2020), cost(5, whole=False)], [])

    assert row.needed == 70


def test_without_one_the_parts_are_added():
    (row,) = add_up([cost(10, whole=False), cost(5, whole=False)], [])

    assert row.needed == 15


def test_currencies_are_never_added():
    rows = add_up([cost(100, "USD"), cost(100, "EUR")], [gift(1, 50, currency="SYP")])

    found = [(row.currency, row.needed, row.gap) for row in rows]
    assert found == [("EUR", 100, 100), ("SYP", 0, 0), ("USD", 100, 100)]


def test_prices_of_different_years_are_told():
    (row,) = add_up([cost(10, year=2016, whole=False), cost(5, year=2020, whole=False)], [])

    assert (row.needs, row.mixes_years) == ({2016: 10, 2020: 5}, True)


def test_a_promise_that_is_paid_counts_once():
    (row,) = add_up([cost(100)], [gift(1, 60), gift(2, 60, "committed", of=1), gift(3, 40, "paid", of=1)])

    assert (row.pledged, row.committed, row.paid, row.gap) == (60, 60, 40, 40)


def test_a_payment_without_a_promise_counts():
    (row,) = add_up([cost(100)], [gift(1, 30, "paid")])

    assert (row.paid, row.gap) == (30, 70)


GIFTS = st.lists(
    st.builds(
        gift,
        st.integers(1, 9),
        st.integers(0, 1000),
        st.sampled_from(["pledged", "committed", "paid"]),
        st.none() | st.integers(1, 9),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(GIFTS, st.integers(0, 5000))
def test_the_gap_is_what_is_needed_without_what_is_covered_and_never_less_than_nothing(gifts, amount):
    (row,) = add_up([cost(amount)], gifts)

    assert 0 <= row.gap <= row.needed == amount
    assert row.covered <= row.pledged + row.committed + row.paid
    assert row.covered >= max(row.pledged, row.committed, row.paid) or any(one.of for one in gifts)
