"""What holds for every history of reports."""

from __future__ import annotations

import datetime
import itertools

from hypothesis import given
from hypothesis import strategies as st

from reports.conditions import status
from reports.vocabulary import GRADE_RANK, Certainty, DamageGrade
from tests.reports.conditions.observations import FIRST, histories, observations

days = st.integers(-1, 62).map(lambda n: FIRST + datetime.timedelta(days=n))


@given(histories(), st.randoms())
def test_the_order_of_entry_never_matters(history, random):
    shuffled = list(history)
    random.shuffle(shuffled)

    assert status.derive(shuffled) == status.derive(history)


@given(histories())
def test_periods_follow_each_other_without_gap_or_overlap(history):
    periods = status.derive(history)

    assert all(a.valid_to == b.valid_from for a, b in itertools.pairwise(periods))
    assert all(p.valid_to is None or p.valid_to > p.valid_from for p in periods)
    assert not periods or periods[-1].valid_to is None


@given(histories())
def test_neighbouring_periods_differ(history):
    periods = status.derive(history)

    assert all(a.status != b.status for a, b in itertools.pairwise(periods))


@given(histories(), days)
def test_a_day_is_told_by_what_was_observed_until_then(history, day):
    until = [o for o in history if o.observed_on <= day]

    assert status.at(status.derive(history), day) == status.current(status.derive(until))


@given(histories(), observations())
def test_a_later_observation_leaves_earlier_days_alone(history, late):
    earlier = [o for o in history if o.observed_on < late.observed_on]
    day_before = late.observed_on - datetime.timedelta(days=1)

    assert status.at(status.derive([*earlier, late]), day_before) == status.at(status.derive(earlier), day_before)


@given(histories())
def test_a_grade_always_rests_on_a_sure_report_of_that_grade(history):
    by_id = {o.id: o for o in history}
    for period in status.derive(history):
        held = period.status
        if held.damage_grade == DamageGrade.UNKNOWN:
            assert held.report_id is None
            continue
        report = by_id[held.report_id]
        assert report.damage_grade == held.damage_grade
        assert report.certainty in {Certainty.DEFINITE, Certainty.HIGH, Certainty.MEDIUM}


@given(histories())
def test_a_contest_is_between_two_sources_and_the_worse_is_used(history):
    by_id = {o.id: o for o in history}
    for period in status.derive(history):
        held = period.status
        assert held.contested == (held.rival_id is not None)
        if held.contested:
            used, other = by_id[held.report_id], by_id[held.rival_id]
            assert used.source != other.source
            assert GRADE_RANK[used.damage_grade] - GRADE_RANK[other.damage_grade] >= 2


@given(histories(), observations())
def test_taking_a_report_back_restores_what_stood_before(history, other):
    before = status.derive(history)
    status.derive([*history, other])

    assert status.derive([o for o in [*history, other] if o.id != other.id]) == before


@given(histories(), days)
def test_a_settled_contradiction_is_over_from_the_day_of_the_finding(history, day):
    known = [o for o in history if o.observed_on <= day]
    held = status.at(status.derive(history), day)

    assert held.report_id not in status.settled(known)
    assert held.rival_id not in status.settled(known)
