"""The rule of docs/situation.md, line by line and, with hypothesis, for every history."""

from __future__ import annotations

import datetime
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.situation import picture
from reports.situation.picture import Fact, Why
from reports.situation.vocabulary import STRICTNESS, AccessLevel, EventKind, Outcome
from reports.vocabulary import COUNTING, Certainty, Danger

DAY = datetime.date(2016, 3, 27)
LATER = datetime.date(2030, 1, 1)
DGAM, ASOR, UNESCO = (UUID(int=number) for number in (1, 2, 3))
ISIL, GOVERNMENT, OTHERS = (UUID(int=number) for number in (11, 12, 13))
TEMPLE, ARCH = UUID(int=21), UUID(int=22)
KNOWN = datetime.datetime(2016, 4, 1, tzinfo=datetime.UTC)


def fact(number, kind, *, day=DAY, days=0, source=ASOR, certainty=Certainty.HIGH, **facts):
    day += datetime.timedelta(days=days)
    made = {"date_from": day, "date_to": day, "recorded_at": KNOWN} | facts
    return Fact(id=UUID(int=100 + number), kind=kind, source=source, certainty=certainty, **made)


def control(number, to, **facts):
    return fact(number, EventKind.CONTROL, to_party=to, **facts)


def access(number, level, **facts):
    return fact(number, EventKind.ACCESS, access=level, **facts)


def people(number, now, **facts):
    return fact(number, EventKind.DISPLACEMENT, population_now=now, **facts)


def mines(number, **facts):
    return fact(number, EventKind.HAZARD, **{"danger": Danger.MINES} | facts)


def clearance(number, of, outcome=Outcome.ENDED, **facts):
    return fact(number, EventKind.CLEARANCE, clears=of.id, outcome=outcome, **facts)


def of_site(*facts, day=LATER):
    return picture.of_site(facts, day)


def test_nothing_is_known_of_a_site_of_which_nobody_said_anything():
    assert of_site() == picture.Picture()


def test_the_latest_sure_statement_says_who_is_in_control():
    taken = control(1, ISIL, day=datetime.date(2015, 5, 21))
    retaken = control(2, GOVERNMENT)

    assert of_site(retaken, taken).control == picture.Answer(GOVERNMENT, retaken.id, why=Why.LATEST)
    assert of_site(retaken, taken, day=datetime.date(2016, 1, 1)).control.value == ISIL


def test_two_sources_that_name_different_parties_at_the_same_time_are_contested():
    one, other = control(1, GOVERNMENT, source=DGAM), control(2, ISIL, days=2)

    answer = of_site(one, other).control

    assert (answer.value, answer.rivals, answer.why) == (ISIL, (one.id,), Why.CONTESTED)


def test_a_change_that_says_from_whom_contradicts_nobody():
    before = control(1, GOVERNMENT, source=DGAM)
    after = control(2, ISIL, days=1, from_party=GOVERNMENT)

    assert not of_site(before, after).control.contested


@pytest.mark.parametrize(("days", "contested"), [(3, True), (4, False)])
def test_a_front_moves_in_days(days, contested):
    one, other = control(1, GOVERNMENT, source=DGAM), control(2, ISIL, days=days)

    assert of_site(one, other).control.contested is contested


def test_a_source_that_changed_its_mind_contradicts_nobody():
    first = control(1, ISIL, source=DGAM)
    corrected = control(2, GOVERNMENT, source=DGAM, days=1)
    agrees = control(3, GOVERNMENT, days=2)

    assert not of_site(first, corrected, agrees).control.contested


def test_what_is_not_sure_is_shown_and_changes_nothing():
    sure = control(1, GOVERNMENT)
    rumour = control(2, ISIL, days=9, certainty=Certainty.LOW)

    answer = of_site(sure, rumour).control

    assert (answer.value, answer.unconfirmed) == (GOVERNMENT, (rumour.id,))


def test_of_two_levels_of_access_the_stricter_is_used_and_both_are_shown():
    closed, opened = access(1, AccessLevel.CLOSED, source=DGAM), access(2, AccessLevel.OPEN, days=1)

    answer = of_site(closed, opened).access

    assert (answer.value, answer.event, answer.rivals) == (AccessLevel.CLOSED, closed.id, (opened.id,))
    assert answer.why == Why.STRICTER


def test_a_monument_is_as_closed_as_the_stricter_of_itself_and_its_site():
    site = access(1, AccessLevel.RESTRICTED)
    temple = access(2, AccessLevel.CLOSED, monument=TEMPLE)
    arch = access(3, AccessLevel.OPEN, monument=ARCH, days=5)
    facts = [site, temple, arch]

    levels = [picture.of_monument(facts, LATER, [pk]).access.value for pk in (TEMPLE, ARCH, UUID(int=23))]

    assert levels == [AccessLevel.CLOSED, AccessLevel.RESTRICTED, AccessLevel.RESTRICTED]
    assert of_site(*facts).access.value == AccessLevel.RESTRICTED


@pytest.mark.parametrize(("counted", "contested"), [(22_500, False), (22_501, True)])
def test_counts_of_people_contradict_each_other_when_they_are_far_apart(counted, contested):
    one, other = people(1, 15_000, source=DGAM), people(2, counted, days=20)

    assert of_site(one, other).people.contested is contested


def test_a_hazard_is_in_force_until_somebody_sure_says_that_it_ended():
    found = mines(1)
    part = clearance(2, found, Outcome.REDUCED, days=10)
    doubtful = clearance(3, found, days=20, certainty=Certainty.LOW)
    ended = clearance(4, found, days=30)

    whys = [[hazard.why for hazard in of_site(*facts).hazards] for facts in ([found], [found, part, doubtful])]

    assert whys == [[Why.NOT_CLEARED], [Why.REDUCED]]
    assert of_site(found, part, doubtful, ended).hazards == ()
    assert len(of_site(found, ended, day=DAY + datetime.timedelta(days=29)).hazards) == 1


def test_a_hazard_warns_from_the_first_day_that_it_can_mean():
    found = mines(1, date_from=datetime.date(2016, 3, 1), day=datetime.date(2016, 3, 31))

    assert of_site(found, day=datetime.date(2016, 3, 2)).hazards
    assert not of_site(found, day=datetime.date(2016, 2, 29)).hazards


def test_a_clearance_that_another_source_calls_partial_ends_nothing():
    found = mines(1)
    ended = clearance(2, found, days=10, source=DGAM)
    part = clearance(3, found, Outcome.REDUCED, days=9, source=UNESCO)

    hazard = of_site(found, ended, part).hazards[0]

    assert (hazard.why, hazard.rivals) == (Why.CLEARANCE_CONTESTED, (part.id,))


def test_mines_that_one_source_finds_where_another_says_cleared_are_contested():
    found = mines(1)
    ended = clearance(2, found, days=10, source=DGAM)
    again = mines(3, days=11, source=UNESCO)

    hazard = of_site(found, ended, again).hazards[0]

    assert (hazard.event, hazard.rivals, hazard.why) == (again.id, (ended.id,), Why.CLEARANCE_CONTESTED)


def test_a_hazard_of_which_nobody_is_sure_warns_and_says_so():
    hazard = of_site(mines(1, certainty=Certainty.LOW)).hazards[0]

    assert (hazard.confirmed, hazard.why) == (False, Why.UNCONFIRMED)


def test_what_kills_unseen_is_told_first():
    wall = fact(1, EventKind.HAZARD, danger=Danger.COLLAPSE)

    assert [hazard.danger for hazard in of_site(wall, mines(2)).hazards] == [Danger.MINES, Danger.COLLAPSE]


def test_closed_access_and_mines_must_be_acknowledged_and_a_leaning_wall_need_not():
    closed, found = access(1, AccessLevel.CLOSED), mines(2)
    wall = fact(3, EventKind.HAZARD, danger=Danger.COLLAPSE)
    seen = of_site(closed, found, wall)

    assert picture.acknowledgeable(seen.access, seen.hazards) == {closed.id, found.id}


def test_the_hazards_of_another_monument_do_not_warn_of_this_one():
    facts = [mines(1, monument=TEMPLE)]

    assert picture.of_monument(facts, LATER, [ARCH]).hazards == ()
    assert len(picture.of_monument(facts, LATER, [TEMPLE]).hazards) == len(of_site(*facts).hazards) == 1


DAYS = st.integers(0, 12)
SOURCES = st.sampled_from([DGAM, ASOR, UNESCO])
PLACES = st.sampled_from([None, TEMPLE])
CERTAINTIES = st.sampled_from(list(Certainty))


@st.composite
def histories(draw):
    """Some events of a site, with clearances of its hazards, in any order."""
    facts = []
    for number in range(draw(st.integers(0, 8))):
        told = {
            "days": draw(DAYS),
            "source": draw(SOURCES),
            "certainty": draw(CERTAINTIES),
            "monument": draw(PLACES),
        }
        hazards = [fact for fact in facts if fact.kind == EventKind.HAZARD]
        made = draw(
            st.sampled_from(
                [
                    control(number, draw(st.sampled_from([ISIL, GOVERNMENT, OTHERS])), **told),
                    access(number, draw(st.sampled_from(list(AccessLevel))), **told),
                    people(number, draw(st.integers(0, 70_000)), **told),
                    mines(number, danger=draw(st.sampled_from([Danger.MINES, Danger.COLLAPSE])), **told),
                    *[clearance(number, of, draw(st.sampled_from(list(Outcome))), **told) for of in hazards],
                ]
            )
        )
        facts.append(made)
    return draw(st.permutations(facts))


ASKED = st.integers(0, 14).map(lambda days: DAY + datetime.timedelta(days=days))


@given(histories(), ASKED, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_told_is_no_matter(facts, day, chance):
    shuffled = list(facts)
    chance.shuffle(shuffled)

    assert picture.of_site(shuffled, day) == picture.of_site(facts, day)
    assert picture.of_monument(shuffled, day, [TEMPLE]) == picture.of_monument(facts, day, [TEMPLE])


@given(histories(), ASKED)
def test_what_happens_later_changes_no_earlier_day(facts, day):
    until = [fact for fact in facts if fact.begins <= day]

    assert picture.of_site(until, day) == picture.of_site(facts, day)


@given(histories(), ASKED)
def test_without_its_clearances_no_hazard_is_missing(facts, day):
    uncleared = [fact for fact in facts if fact.kind != EventKind.CLEARANCE]
    in_force = {hazard.event for hazard in picture.of_site(facts, day).hazards}
    all_begun = {hazard.event for hazard in picture.of_site(uncleared, day).hazards}

    assert in_force <= all_begun == {f.id for f in facts if f.kind == EventKind.HAZARD and f.begins <= day}


@given(histories(), ASKED)
def test_only_the_sure_say_what_holds(facts, day):
    seen = picture.of_site(facts, day)
    by_id = {fact.id: fact for fact in facts}

    for answer in (seen.control, seen.access, seen.people):
        assert answer.event is None or by_id[answer.event].certainty in COUNTING
        assert not any(by_id[pk].certainty in COUNTING for pk in answer.unconfirmed)


@given(histories(), ASKED)
def test_contested_is_what_two_sources_say_differently_of_the_same_time(facts, day):
    seen = picture.of_site(facts, day)
    by_id = {fact.id: fact for fact in facts}

    for answer in (seen.control, seen.access, seen.people):
        for pk in answer.rivals:
            one, other = by_id[answer.event], by_id[pk]
            assert abs((one.date_to - other.date_to).days) <= picture.PEOPLE_SAME_TIME_DAYS
            assert (one.to_party, one.access, one.population_now) != (
                other.to_party,
                other.access,
                other.population_now,
            )


@given(histories(), ASKED)
def test_no_side_of_a_contradiction_about_access_is_stricter_than_what_is_used(facts, day):
    answer = picture.of_site(facts, day).access
    by_id = {fact.id: fact for fact in facts}

    assert all(STRICTNESS[by_id[pk].access] < STRICTNESS[answer.value] for pk in answer.rivals)


@given(histories(), ASKED)
def test_a_monument_is_never_more_open_than_its_site(facts, day):
    site, temple = picture.of_site(facts, day).access.value, picture.of_monument(facts, day, [TEMPLE]).access.value

    assert STRICTNESS.get(temple, -1) >= STRICTNESS.get(site, -1)


@given(histories(), ASKED)
def test_to_be_told_again_by_the_same_source_contradicts_nobody(facts, day):
    alone = [replace(fact, source=ASOR) for fact in facts]
    seen = picture.of_site(alone, day)

    assert not any(answer.contested for answer in (seen.control, seen.access, seen.people, *seen.hazards))
