"""The state of the outbox, for those who watch over the installation."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import Count, Min, Q
from django.utils import timezone

from reports.alerts.models import Alert, Delivery, Outcome, Severity, Suppression
from reports.alerts.transports import TRANSPORTS

A_DAY = datetime.timedelta(days=1)
LATE = datetime.timedelta(minutes=15)
"""What is due for longer than this is late: a worker or the mail server does not do its work."""


class State(NamedTuple):
    """Numbers of messages; the age of the oldest that is due, in seconds."""

    due: int
    later: int
    oldest_due_seconds: float
    not_fanned_out: int
    sent_last_day: int
    failed_last_day: int
    suppressed_addresses: int
    unacknowledged: int
    """Critical alerts of the last week."""

    @property
    def late(self) -> bool:
        return self.oldest_due_seconds > LATE.total_seconds()


class Figures(NamedTuple):
    """By channel, due and later messages and the oldest due time; by channel and outcome, those of the last day."""

    now: datetime.datetime
    waiting: dict[str, tuple[int, int, datetime.datetime]]
    ended: dict[tuple[str, str], int]


def figures() -> Figures:
    """Two queries, from which both `state` and `by_channel` tell."""
    now = timezone.now()
    waiting = Delivery.objects.filter(settled_at=None).order_by().values("channel")
    waiting = waiting.annotate(
        due=Count("pk", filter=Q(due_at__lte=now)), later=Count("pk", filter=Q(due_at__gt=now)), oldest=Min("due_at")
    )
    settled = Delivery.objects.filter(settled_at__gt=now - A_DAY).order_by().values_list("channel", "outcome")
    return Figures(
        now,
        {row["channel"]: (row["due"], row["later"], row["oldest"]) for row in waiting},
        {(channel, outcome): number for channel, outcome, number in settled.annotate(Count("pk"))},
    )


def state(found: Figures | None = None) -> State:
    """Three queries, and those of the figures."""
    found = found or figures()
    waiting = found.waiting.values()
    return State(
        due=sum(due for due, _later, _oldest in waiting),
        later=sum(later for _due, later, _oldest in waiting),
        oldest_due_seconds=max((_age(found.now, oldest) for _due, _later, oldest in waiting), default=0.0),
        not_fanned_out=Alert.objects.filter(fanned_out_at=None).count(),
        sent_last_day=_ended(found, Outcome.SENT),
        failed_last_day=_ended(found, Outcome.FAILED),
        suppressed_addresses=Suppression.objects.count(),
        unacknowledged=Alert.objects.told()
        .filter(severity=Severity.CRITICAL, acknowledged_at=None, raised_at__gt=found.now - 7 * A_DAY)
        .count(),
    )


def _age(now: datetime.datetime, since: datetime.datetime) -> float:
    return max(0.0, (now - since).total_seconds())


def _ended(found: Figures, outcome: str) -> int:
    return sum(number for (_channel, ended), number in found.ended.items() if ended == outcome)


class ChannelState(NamedTuple):
    """Of one channel: messages that are due, and what came of those of the last day; seconds."""

    channel: str
    due: int
    oldest_due_seconds: float
    sent_last_day: int
    failed_last_day: int

    @property
    def label(self) -> str:
        return str(TRANSPORTS[self.channel].label)

    @property
    def oldest_due_minutes(self) -> int:
        return round(self.oldest_due_seconds / 60)


def by_channel(found: Figures | None = None) -> list[ChannelState]:
    """No query but those of the figures."""
    found = found or figures()
    rows = []
    for channel in TRANSPORTS:
        due, _later, oldest = found.waiting.get(channel, (0, 0, found.now))
        sent, failed = (found.ended.get((channel, outcome), 0) for outcome in (Outcome.SENT, Outcome.FAILED))
        rows.append(ChannelState(channel, due, _age(found.now, oldest), sent, failed))
    return rows
