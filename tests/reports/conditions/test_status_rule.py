"""The rule of docs/status.md, line by line."""

from __future__ import annotations

import datetime

import pytest

from reports.conditions import status
from reports.vocabulary import Certainty, Condition, DamageGrade, FabricStatus, ReportKind
from tests.reports.conditions.observations import SOURCES, observation


def day(number: int) -> datetime.date:
    return datetime.date(2015, 8, 1) + datetime.timedelta(days=number)


def current(*observations: status.Observation) -> status.Status:
    return status.current(status.derive(observations))


def test_without_reports_the_state_is_unknown():
    assert current() == status.UNKNOWN


def test_the_latest_observation_counts():
    earlier = observation(damage_grade=DamageGrade.SLIGHT, observed_on=day(0))
    later = observation(damage_grade=DamageGrade.SEVERE, observed_on=day(100))

    assert current(later, earlier).damage_grade == DamageGrade.SEVERE


def test_on_one_day_the_surer_observation_counts():
    sure = observation(damage_grade=DamageGrade.MODERATE, certainty=Certainty.DEFINITE)
    less = observation(damage_grade=DamageGrade.SEVERE, certainty=Certainty.MEDIUM)

    assert current(sure, less).damage_grade == DamageGrade.MODERATE


def test_equally_sure_the_last_published_counts():
    first = observation(damage_grade=DamageGrade.MODERATE)
    last = observation(
        damage_grade=DamageGrade.SEVERE, published_at=first.published_at + datetime.timedelta(seconds=1)
    )

    assert current(last, first).damage_grade == DamageGrade.SEVERE


@pytest.mark.parametrize("kind", [ReportKind.THREAT, ReportKind.SITUATION])
def test_threats_and_situations_never_set_a_status(kind):
    assert current(observation(kind=kind, damage_grade="")) == status.UNKNOWN


def test_unknown_never_replaces_a_known_grade():
    known = observation(damage_grade=DamageGrade.SLIGHT, observed_on=day(0))
    unknown = observation(damage_grade=DamageGrade.UNKNOWN, observed_on=day(10))

    assert current(known, unknown).damage_grade == DamageGrade.SLIGHT


@pytest.mark.parametrize("certainty", [Certainty.LOW, Certainty.NEGLIGIBLE])
def test_an_unsure_report_only_raises_suspicion(certainty):
    sure = observation(damage_grade=DamageGrade.SLIGHT, observed_on=day(0))
    unsure = observation(damage_grade=DamageGrade.DESTROYED, certainty=certainty, observed_on=day(10))

    held = current(sure, unsure)

    assert (held.damage_grade, held.suspected) == (DamageGrade.SLIGHT, True)


def test_a_sure_look_later_ends_the_suspicion():
    unsure = observation(damage_grade=DamageGrade.SEVERE, certainty=Certainty.LOW, observed_on=day(0))
    sure = observation(damage_grade=DamageGrade.NONE, observed_on=day(10))

    assert not current(unsure, sure).suspected


def test_an_unsure_report_that_claims_nothing_raises_no_suspicion():
    assert not current(observation(damage_grade=DamageGrade.UNKNOWN, certainty=Certainty.LOW)).suspected


def test_possible_damage_from_a_satellite_is_a_suspicion():
    possible = observation(damage_grade=DamageGrade.UNKNOWN, certainty=Certainty.LOW, suspected=True)

    held = current(possible)

    assert (held.damage_grade, held.suspected) == (DamageGrade.UNKNOWN, True)


def test_two_sources_that_contradict_each_other_are_shown_and_the_worse_is_used():
    worse = observation(damage_grade=DamageGrade.DESTROYED, observed_on=day(0), source=SOURCES[0])
    better = observation(damage_grade=DamageGrade.MODERATE, observed_on=day(14), source=SOURCES[1])

    held = current(worse, better)

    assert held.contested
    assert (held.damage_grade, held.report_id, held.rival_id) == (DamageGrade.DESTROYED, worse.id, better.id)


@pytest.mark.parametrize(
    "other",
    [
        {"damage_grade": DamageGrade.SEVERE},
        {"source": SOURCES[0]},
        {"observed_on": day(15)},
        {"certainty": Certainty.LOW},
    ],
    ids=["one rank apart", "the same source", "fifteen days apart", "unsure"],
)
def test_not_contested(other):
    first = observation(damage_grade=DamageGrade.VERY_SEVERE, observed_on=day(0), source=SOURCES[0])
    facts = {"damage_grade": DamageGrade.SLIGHT, "source": SOURCES[1], "observed_on": day(14)} | other

    assert not current(first, observation(**facts)).contested


def test_what_was_said_of_the_condition_is_out_of_date_when_more_is_lost():
    good = observation(damage_grade=DamageGrade.SLIGHT, condition=Condition.GOOD, observed_on=day(0))
    hit = observation(damage_grade=DamageGrade.SEVERE, observed_on=day(20))

    assert current(good, hit).condition == Condition.UNKNOWN


def test_a_destroyed_monument_is_in_destroyed_condition():
    assert current(observation(damage_grade=DamageGrade.DESTROYED)).condition == Condition.DESTROYED


def test_the_condition_stays_as_last_stated_while_nothing_more_is_lost():
    poor = observation(condition=Condition.POOR, observed_on=day(0))
    again = observation(observed_on=day(20))

    assert current(poor, again).condition == Condition.POOR


def test_rebuilding_lowers_the_grade_and_is_kept_in_the_fabric():
    lost = observation(damage_grade=DamageGrade.DESTROYED, observed_on=day(0))
    rebuilt = observation(
        kind=ReportKind.INTERVENTION,
        damage_grade=DamageGrade.NONE,
        fabric_status=FabricStatus.RECONSTRUCTED,
        observed_on=day(900),
    )

    periods = status.derive([lost, rebuilt])

    assert [p.status.damage_grade for p in periods] == [DamageGrade.DESTROYED, DamageGrade.NONE]
    assert status.current(periods).fabric_status == FabricStatus.RECONSTRUCTED


def test_a_state_holds_from_the_last_day_of_its_observation():
    between = observation(observed_from=day(0), observed_on=day(15), observed_precision="range")

    periods = status.derive([between])

    assert status.at(periods, day(14)) == status.UNKNOWN
    assert status.at(periods, day(15)).damage_grade == DamageGrade.SEVERE
