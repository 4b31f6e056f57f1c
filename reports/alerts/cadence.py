"""When somebody is told: at once, or with the next digest, and not in quiet hours. Pure: no database, no clock."""

from __future__ import annotations

import datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MORNING = datetime.time(7)
MONDAY = 0
TOGETHER_WITHIN = datetime.timedelta(minutes=1)
"""So long what is published in one go is waited for."""


class Wishes(NamedTuple):
    """How a reader wants to hear; times are those of the reader's place."""

    cadence: str
    time_zone: str
    quiet_from: datetime.time | None
    quiet_until: datetime.time | None
    critical_at_once: bool


class Plan(NamedTuple):
    """In which digest ("immediate": in none; "together": in that of its publication), and not before when."""

    cadence: str
    due_at: datetime.datetime


@cache
def timezones() -> list[str]:
    """The names that people know, such as Asia/Damascus."""
    return ["UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))]


def known_timezone(name: str) -> None:
    """Raises ValidationError."""
    if name not in timezones():
        raise ValidationError(_("This time zone is not known; write it like Asia/Damascus."))


def plan(
    wishes: Wishes,
    now: datetime.datetime,
    *,
    critical: bool,
    can_wait: bool,
    in_bulk: bool = False,
    together: bool = False,
) -> Plan:
    """When an alert that is raised now goes out to a reader.

    `can_wait`: of little weight, so that who hears at once gets it with the digest of the next morning.
    `in_bulk`: one of many that are loaded, so that nobody gets each of them. `together`: one of several that are
    published in one go, and go out in one message in a moment.
    """
    at_once = "together" if together else "immediate"
    if critical and wishes.critical_at_once and not in_bulk:
        return Plan(at_once, _next(at_once, now, ZoneInfo(wishes.time_zone)))
    cadence = wishes.cadence
    if cadence == "immediate":
        cadence = "hourly" if in_bulk else "daily" if can_wait else at_once
    return Plan(cadence, _after_quiet_hours(_next(cadence, now, ZoneInfo(wishes.time_zone)), wishes))


def in_the_morning(wishes: Wishes, now: datetime.datetime) -> Plan:
    """A message of its own at seven on Monday at the reader's place; at once, where that has passed this week."""
    local = now.astimezone(ZoneInfo(wishes.time_zone))
    monday = local.date() - datetime.timedelta(days=(local.weekday() - MONDAY) % 7)
    morning = datetime.datetime.combine(monday, MORNING, ZoneInfo(wishes.time_zone)).astimezone(datetime.UTC)
    return Plan("immediate", _after_quiet_hours(max(morning, now), wishes))


def _next(cadence: str, now: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    if cadence == "immediate":
        return now
    if cadence == "together":
        return now + TOGETHER_WITHIN
    if cadence == "hourly":
        return now.replace(minute=0, second=0, microsecond=0) + datetime.timedelta(hours=1)
    local = now.astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + datetime.timedelta(days=1)
    if cadence == "weekly":
        day += datetime.timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.datetime.combine(day, MORNING, zone).astimezone(datetime.UTC)


def _after_quiet_hours(at: datetime.datetime, wishes: Wishes) -> datetime.datetime:
    start, end = wishes.quiet_from, wishes.quiet_until
    if start is None or end is None or start == end:
        return at
    zone = ZoneInfo(wishes.time_zone)
    local = at.astimezone(zone)
    overnight = start > end
    quiet = local.time() >= start or local.time() < end if overnight else start <= local.time() < end
    if not quiet:
        return at
    day = local.date() + datetime.timedelta(days=1) if overnight and local.time() >= start else local.date()
    return datetime.datetime.combine(day, end, zone).astimezone(datetime.UTC)
