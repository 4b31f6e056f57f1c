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


def state() -> State:
    """Five queries."""
    now = timezone.now()
    waiting = Delivery.objects.filter(settled_at=None)
    counts = waiting.aggregate(
        due=Count("pk", filter=Q(due_at__lte=now)), later=Count("pk", filter=Q(due_at__gt=now)), oldest=Min("due_at")
    )
    settled = Delivery.objects.filter(settled_at__gt=now - A_DAY)
    outcomes = dict(settled.order_by().values_list("outcome").annotate(Count("pk")))
    return State(
        due=counts["due"],
        later=counts["later"],
        oldest_due_seconds=max(0.0, (now - counts["oldest"]).total_seconds()) if counts["oldest"] else 0.0,
        not_fanned_out=Alert.objects.filter(fanned_out_at=None).count(),
        sent_last_day=outcomes.get(Outcome.SENT, 0),
        failed_last_day=outcomes.get(Outcome.FAILED, 0),
        suppressed_addresses=Suppression.objects.count(),
        unacknowledged=Alert.objects.told()
        .filter(severity=Severity.CRITICAL, acknowledged_at=None, raised_at__gt=now - 7 * A_DAY)
        .count(),
    )


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


def by_channel() -> list[ChannelState]:
    """Two queries."""
    now = timezone.now()
    due = Delivery.objects.due(now).order_by().values_list("channel").annotate(Count("pk"), Min("due_at"))
    waiting = {channel: (number, (now - oldest).total_seconds()) for channel, number, oldest in due}
    settled = Delivery.objects.filter(settled_at__gt=now - A_DAY).order_by().values_list("channel", "outcome")
    ended = {(channel, outcome): number for channel, outcome, number in settled.annotate(Count("pk"))}
    return [
        ChannelState(
            channel,
            *waiting.get(channel, (0, 0.0)),
            ended.get((channel, Outcome.SENT), 0),
            ended.get((channel, Outcome.FAILED), 0),
        )
        for channel in TRANSPORTS
    ]
