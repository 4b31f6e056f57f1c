"""The outbox at work: which are due, who takes one, what comes after.

A lease is a time until which nobody else may try. It is longer than any transport's timeout; when
its holder dies it simply runs out, and the message is sent under the same Message-ID.
"""

from __future__ import annotations

import datetime
import logging
import random
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from reports.alerts import matching
from reports.alerts.models import Alert, Attempt, Delivery, Outcome
from reports.alerts.transports.base import TransportError
from reports.alerts.transports.email import send

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=3)
FIRST_WAIT = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(hours=6)
MOST_TRIES = 20


def take(delivery_id: UUID, *, now: datetime.datetime) -> bool:
    """Lease a due delivery. Exactly one caller gets True."""
    due = Delivery.objects.due(now).filter(pk=delivery_id)
    return due.update(due_at=now + LEASE, tries=F("tries") + 1) == 1


def deliver(delivery_id: UUID) -> None:
    """Send one delivery if it is due and nobody else is at it."""
    if not take(delivery_id, now=timezone.now()):
        return
    delivery = Delivery.objects.select_related("alert").get(pk=delivery_id)
    alerts = _still_wanted(delivery)
    if not alerts:
        _settle(delivery, Outcome.WITHHELD)
        return
    attempt = Attempt.objects.create(delivery=delivery)
    try:
        send(delivery, alerts)
    except TransportError as error:
        _end(attempt, error.reason)
        _after_failure(delivery, error)
        return
    _end(attempt)
    _settle(delivery, Outcome.SENT)


def deliver_due(limit: int) -> int:
    """Send what is due, the longest waiting first, up to `limit`; returns how many were tried."""
    due = Delivery.objects.due(timezone.now()).order_by("due_at").values_list("pk", flat=True)[:limit]
    for pk in list(due):
        try:
            deliver(pk)
        except Exception:
            logger.exception("Delivery %s broke; it is tried again when its lease runs out", pk)
    return len(due)


def wait(tries: int, error: TransportError) -> datetime.timedelta:
    """How long to wait after so many tries: longer each time, and scattered, never in step."""
    usual = error.retry_after or min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return usual * random.uniform(0.75, 1.25)  # noqa: S311 - scatter, not a secret


def _still_wanted(delivery: Delivery) -> list[Alert]:
    """The alerts to tell, asked again at sending: a subscription may have ended, a role may have been lost."""
    reasons = list(delivery.reasons.running().select_related("user"))
    alerts = [delivery.alert] if delivery.alert else delivery.digested.order_by("-severity", "raised_at")
    return [alert for alert in alerts if any(matching.may_hear(alert, reason) for reason in reasons)]


def _after_failure(delivery: Delivery, error: TransportError) -> None:
    if error.permanent or delivery.tries >= MOST_TRIES:
        logger.warning("Delivery %s failed for good: %s", delivery.pk, error.reason)
        _settle(delivery, Outcome.FAILED, error.reason)
        return
    due_at = timezone.now() + wait(delivery.tries, error)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=due_at, last_error=error.reason)


def _settle(delivery: Delivery, outcome: Outcome, error: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk).update(settled_at=timezone.now(), outcome=outcome, last_error=error)


def _end(attempt: Attempt, error: str = "") -> None:
    attempt.ended_at, attempt.error = timezone.now(), error
    attempt.save(update_fields=["ended_at", "error"])
