"""When somebody is told."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from reports.alerts.cadence import Wishes, known_timezone, plan, timezones

DAMASCUS = ZoneInfo("Asia/Damascus")
NOON = datetime.datetime(2026, 3, 4, 12, 0, tzinfo=DAMASCUS)  # a Wednesday

wishes = st.builds(
    Wishes,
    cadence=st.sampled_from(["immediate", "hourly", "daily", "weekly"]),
    time_zone=st.sampled_from(["UTC", "Asia/Damascus", "America/New_York", "Pacific/Chatham", "Europe/Paris"]),
    quiet_from=st.times(),
    quiet_until=st.times(),
    critical_at_once=st.booleans(),
)
moments = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2030, 1, 1), timezones=st.just(datetime.UTC))  # noqa: DTZ001


def wish(cadence="immediate", **changes):
    return Wishes(cadence, "Asia/Damascus", None, None, True)._replace(**changes)


def local(planned):
    return planned.due_at.astimezone(DAMASCUS)


def test_at_once_is_now():
    assert plan(wish(), NOON, critical=False, can_wait=False) == ("immediate", NOON)


def test_every_hour_is_the_next_full_one():
    now = NOON + datetime.timedelta(minutes=20)

    assert local(plan(wish("hourly"), now, critical=False, can_wait=False)).hour == 13


def test_every_morning_is_the_next_at_the_readers_place():
    due = local(plan(wish("daily"), NOON, critical=False, can_wait=False))

    assert (due.day, due.hour) == (5, 7)


def test_before_seven_it_is_this_morning():
    due = local(plan(wish("daily"), NOON.replace(hour=5), critical=False, can_wait=False))

    assert (due.day, due.hour) == (4, 7)


def test_every_week_is_the_next_monday():
    due = local(plan(wish("weekly"), NOON, critical=False, can_wait=False))

    assert (due.weekday(), due.day, due.hour) == (0, 9, 7)


def test_what_can_wait_comes_with_the_digest_of_the_morning():
    assert plan(wish(), NOON, critical=False, can_wait=True).cadence == "daily"


def test_quiet_hours_are_waited_for():
    quiet = wish(quiet_from=datetime.time(22), quiet_until=datetime.time(6, 30))

    due = local(plan(quiet, NOON.replace(hour=23), critical=False, can_wait=False))

    assert (due.day, due.hour, due.minute) == (5, 6, 30)


def test_a_critical_alert_breaks_cadence_and_quiet_hours():
    quiet = wish("weekly", quiet_from=datetime.time(0), quiet_until=datetime.time(23, 59))

    assert plan(quiet, NOON, critical=True, can_wait=False) == ("immediate", NOON)


def test_who_did_not_agree_gets_it_with_the_rest():
    assert plan(wish("daily", critical_at_once=False), NOON, critical=True, can_wait=False).cadence == "daily"


@given(wishes, moments, st.booleans(), st.booleans())
def test_nothing_is_due_before_it_happened_and_nothing_waits_for_longer_than_it_may(wish, now, critical, can_wait):
    planned = plan(wish, now, critical=critical, can_wait=can_wait)

    longest = {"immediate": 1, "hourly": 1, "daily": 2, "weekly": 8}[planned.cadence]
    assert now <= planned.due_at <= now + datetime.timedelta(days=longest, hours=2)


@given(wishes, moments)
def test_quiet_hours_are_quiet(wish, now):
    due = plan(wish, now, critical=False, can_wait=False).due_at.astimezone(ZoneInfo(wish.time_zone)).time()
    start, end = wish.quiet_from, wish.quiet_until

    if start < end:
        assert not start <= due < end
    elif start > end:
        assert end <= due < start or due == end


def test_a_time_zone_is_one_that_people_know():
    assert "Asia/Damascus" in timezones()
    with pytest.raises(ValidationError, match="Asia/Damascus"):
        known_timezone("Syria")
