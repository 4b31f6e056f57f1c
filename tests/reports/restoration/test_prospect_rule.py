"""The word for a monument's prospect follows from its state, its plans and what people say."""

from __future__ import annotations

import datetime
import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.conditions.status import Period, Status
from reports.restoration.prospect import Saying, Scheme, derive
from reports.restoration.vocabulary import Phase, PlanStatus, Word
from reports.vocabulary import COUNTING, Certainty, DamageGrade

DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2025, 1, 1))
KEYS = st.uuids(version=4)


def day(year: int) -> datetime.date:
    return datetime.date(year, 1, 1)


def held(grade: str, since: int = 2015) -> Period:
    return Period(day(since), None, Status(damage_grade=grade))


def scheme(status: str, phase: str = Phase.ANASTYLOSIS, year: int = 2020, **more) -> Scheme:
    return Scheme(UUID(int=year), status, phase, day(year), more.pop("certainty", Certainty.HIGH), **more)


def saying(word: str, year: int = 2020, speaker: str = "The director", certainty: str = Certainty.HIGH) -> Saying:
    return Saying(UUID(int=year), speaker, word, day(year), certainty)


@pytest.mark.parametrize(
    ("grade", "status", "phase", "word"),
    [
        ("severe", PlanStatus.HOPED, Phase.ANASTYLOSIS, Word.HOPEFUL),
        ("severe", PlanStatus.UNDER_STUDY, Phase.ANASTYLOSIS, Word.HOPEFUL),
        ("severe", PlanStatus.APPROVED, Phase.ANASTYLOSIS, Word.PLANNED),
        ("severe", PlanStatus.FUNDED, Phase.EMERGENCY_STABILISATION, Word.HOPEFUL),
        ("severe", PlanStatus.IN_PROGRESS, Phase.DOCUMENTATION, Word.HOPEFUL),
        ("severe", PlanStatus.IN_PROGRESS, Phase.CONSERVATION, Word.UNDER_WAY),
        ("severe", PlanStatus.COMPLETED, Phase.CONSERVATION, Word.RESTORED_IN_PART),
        ("slight", PlanStatus.COMPLETED, Phase.CONSERVATION, Word.RESTORED),
        ("severe", PlanStatus.ABANDONED, Phase.CONSERVATION, Word.UNCERTAIN),
        ("destroyed", PlanStatus.REJECTED, Phase.CONSERVATION, Word.LOST),
    ],
)
def test_a_plan_makes_the_word(grade, status, phase, word):
    assert derive([held(grade)], [scheme(status, phase)], []).word == word


@pytest.mark.parametrize(
    ("grade", "word"),
    [("none", ""), ("slight", ""), ("severe", "uncertain"), ("unknown", "uncertain"), ("destroyed", "lost")],
)
def test_where_nobody_says_anything_the_state_does(grade, word):
    assert derive([held(grade)], [], []).word == word


def test_works_of_a_part_restore_in_part():
    assert derive([held("slight")], [scheme("completed", of_a_part=True)], []).word == Word.RESTORED_IN_PART


def test_what_was_restored_and_then_destroyed_is_not_restored():
    periods = [held("none", 2015), held("slight", 2016), held("destroyed", 2022)]

    assert derive(periods, [scheme("completed", year=2020)], []).word == Word.LOST


def test_a_plan_that_is_not_feasible_gives_no_hope():
    assert derive([held("destroyed")], [scheme("proposed", feasibility="not_feasible")], []).word == Word.LOST


def test_words_alone_make_hope_and_no_more():
    assert derive([held("destroyed")], [], [saying(Word.UNDER_WAY)]).word == Word.HOPEFUL


def test_a_newer_word_against_it_takes_the_hope():
    found = derive([held("severe")], [scheme("proposed", year=2018)], [saying(Word.LOST, 2020)])

    assert found.word == Word.UNCERTAIN


def test_an_older_word_against_it_leaves_the_hope_contested():
    found = derive([held("severe")], [scheme("proposed", year=2022)], [saying(Word.LOST, 2020)])

    assert (found.word, found.contested) == (Word.HOPEFUL, True)


def test_of_one_speaker_the_last_word_counts():
    found = derive([held("severe")], [], [saying(Word.LOST, 2016), saying(Word.HOPEFUL, 2020)])

    assert (found.word, found.contested, len(found.statements)) == (Word.HOPEFUL, False, 1)


def test_speakers_who_disagree_contest_it():
    found = derive([held("severe")], [], [saying(Word.LOST, 2016, "Another"), saying(Word.HOPEFUL, 2020)])

    assert (found.word, found.contested) == (Word.HOPEFUL, True)


SCHEMES = st.builds(
    Scheme,
    id=KEYS,
    status=st.sampled_from(PlanStatus.values),
    phase=st.sampled_from(Phase.values),
    on=DAYS,
    certainty=st.sampled_from(Certainty.values),
    of_a_part=st.booleans(),
    contested=st.booleans(),
)
SAYINGS = st.builds(
    Saying,
    id=KEYS,
    speaker=st.sampled_from(["a", "b"]),
    word=st.sampled_from(Word.values),
    on=DAYS,
    certainty=st.sampled_from(Certainty.values),
)
PERIODS = st.lists(st.builds(held, st.sampled_from(DamageGrade.values), st.integers(2015, 2025)), max_size=3).map(
    lambda periods: sorted(periods, key=lambda period: period.valid_from)
)


@given(PERIODS, st.lists(SCHEMES, max_size=5), st.lists(SAYINGS, max_size=5), st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_told_does_not_matter(periods, schemes, sayings, order: random.Random):
    shuffled, others = [*schemes], [*sayings]
    order.shuffle(shuffled)
    order.shuffle(others)

    assert derive(periods, shuffled, others) == derive(periods, schemes, sayings)


@given(PERIODS, st.lists(SCHEMES, max_size=5), st.lists(SAYINGS, max_size=5))
def test_what_nobody_is_sure_of_changes_nothing(periods, schemes, sayings):
    sure = [one for one in schemes if one.certainty in COUNTING], [one for one in sayings if one.certainty in COUNTING]

    assert derive(periods, schemes, sayings) == derive(periods, *sure)


@given(PERIODS, st.lists(SCHEMES, max_size=5), st.lists(SAYINGS, max_size=5))
def test_a_word_for_works_or_decisions_rests_on_a_plan(periods, schemes, sayings):
    found = derive(periods, schemes, sayings)

    assert found.word in {"", *Word.values}
    if found.word in {Word.RESTORED, Word.RESTORED_IN_PART, Word.UNDER_WAY, Word.PLANNED}:
        assert found.plans
    if found.word == Word.HOPEFUL:
        assert found.plans or found.statements
