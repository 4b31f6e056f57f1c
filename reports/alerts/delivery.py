"""The outbox at work: which are due, who takes one, what comes after.

A lease is a time until which nobody else may try. It is longer than any transport's timeout; when
its holder dies it simply runs out, and the message is sent under the same Message-ID.
"""

from __future__ import annotations

import datetime
import logging
import random
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Prefetch
from django.utils import timezone

from reports.alerts import matching
from reports.alerts.models import Alert, Attempt, Delivery, Outcome, Subscription, Suppression
from reports.alerts.transports.base import TransportError
from reports.alerts.transports.email import Line

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=3)
FIRST_WAIT = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(hours=6)
MOST_TRIES = 20
AT_A_TIME = 20
"""Few enough that all are sent well within their lease."""


def take(delivery_id: UUID, *, now: datetime.datetime) -> bool:
    """Lease a due delivery. Exactly one caller gets True."""
    due = Delivery.objects.due(now).filter(pk=delivery_id)
    return due.update(due_at=now + LEASE, tries=F("tries") + 1) == 1


def deliver(delivery_id: UUID) -> None:
    """Send one delivery if it is due and nobody else is at it."""
    if take(delivery_id, now=timezone.now()):
        with Line() as line:
            _send_all([delivery_id], line)


def deliver_due(limit: int) -> int:
    """Send what is due, the longest waiting first, up to `limit`, over one connection; returns how many were tried."""
    tried = 0
    with Line() as line:
        while tried < limit and (taken := take_some(min(AT_A_TIME, limit - tried), now=timezone.now())):
            _send_all(taken, line)
            tried += len(taken)
    return tried


def _send_all(taken: list[UUID], line: Line) -> None:
    """Send deliveries whose lease is ours; each is settled once it is sent: a repeat would be a second one."""
    reasons = Prefetch("reasons", queryset=Subscription.objects.running().select_related("user"))
    rows = Delivery.objects.select_related("alert").prefetch_related(reasons).in_bulk(taken)
    wanted = {pk: _still_wanted(rows[pk]) for pk in taken}
    attempts = {pk: Attempt(delivery=rows[pk]) for pk in taken if wanted[pk]}
    Attempt.objects.bulk_create(attempts.values())
    for pk in taken:
        try:
            if wanted[pk]:
                _send(rows[pk], wanted[pk], attempts[pk], line)
            else:
                _settle(rows[pk], Outcome.WITHHELD)
        except Exception:
            logger.exception("Delivery %s broke; it is tried again when its lease runs out", pk)
    ended = [attempt for attempt in attempts.values() if attempt.ended_at]
    Attempt.objects.bulk_update(ended, ["ended_at", "error"])


def _send(delivery: Delivery, alerts: list[Alert], attempt: Attempt, line: Line) -> None:
    try:
        line.send(delivery, alerts)
    except TransportError as error:
        attempt.ended_at, attempt.error = timezone.now(), error.reason
        _after_failure(delivery, error)
        return
    attempt.ended_at = timezone.now()
    _settle(delivery, Outcome.SENT)


@transaction.atomic
def take_some(number: int, *, now: datetime.datetime) -> list[UUID]:
    """Lease up to so many due deliveries, the longest waiting first; nobody waits for those of another worker."""
    due = Delivery.objects.due(now).order_by("due_at")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    keys = list(due.values_list("pk", flat=True)[:number])
    # SQLite has one writer at a time, and this transaction is it.
    Delivery.objects.filter(pk__in=keys).update(due_at=now + LEASE, tries=F("tries") + 1)
    return keys


def wait(tries: int, error: TransportError) -> datetime.timedelta:
    """How long to wait after so many tries: longer each time, and scattered, never in step."""
    usual = error.retry_after or min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return usual * random.uniform(0.75, 1.25)  # noqa: S311 - scatter, not a secret


def _still_wanted(delivery: Delivery) -> list[Alert]:
    """The alerts to tell, asked again at sending: a subscription may have ended, a role may have been lost."""
    reasons = delivery.reasons.all()
    alerts = [delivery.alert] if delivery.alert else delivery.digested.order_by("-severity", "raised_at")
    return [alert for alert in alerts if any(matching.may_hear(alert, reason) for reason in reasons)]


def _after_failure(delivery: Delivery, error: TransportError) -> None:
    if error.address_refused:
        Suppression.objects.get_or_create(address=delivery.address, defaults={"reason": error.reason})
    if error.permanent or delivery.tries >= MOST_TRIES:
        logger.warning("Delivery %s failed for good: %s", delivery.pk, error.reason)
        _settle(delivery, Outcome.FAILED, error.reason)
        return
    due_at = timezone.now() + wait(delivery.tries, error)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=due_at, last_error=error.reason)


def _settle(delivery: Delivery, outcome: Outcome, error: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk).update(settled_at=timezone.now(), outcome=outcome, last_error=error)
