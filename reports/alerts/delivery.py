"""The outbox at work: which are due, who takes one, what comes after.

A lease is a time until which nobody else may try. A batch is given up well before it runs out; when
its holder dies it simply runs out, and the message is sent under the same Message-ID.
"""

from __future__ import annotations

import datetime
import logging
import random
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports.alerts import hearing
from reports.alerts.models import Alert, Attempt, Delivery, Outcome, Suppression
from reports.alerts.transports import TRANSPORTS
from reports.alerts.transports.base import Transport, TransportError

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=5)
TIME_FOR_ONE = datetime.timedelta(minutes=3)
"""The longest that handing over one message may take, each step of it at its timeout."""
WORKS_FOR = datetime.timedelta(seconds=60)
"""After so long a worker lets others come to their turn."""
FIRST_WAIT = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(hours=1)
GIVES_UP_AFTER = datetime.timedelta(days=1)
SETTLED_TOGETHER = 10
SOFT_REFUSALS = 5
SOFT_REFUSALS_WITHIN = datetime.timedelta(days=14)


def deliver_due(channel: str, limit: int) -> int:
    """Send what is due on a channel, the longest waiting first, over one connection; returns how many were taken."""
    taken, ends = 0, timezone.now() + WORKS_FOR
    with TRANSPORTS[channel]() as transport:
        while taken < limit and timezone.now() < ends:
            keys = take_some(channel, min(transport.at_a_time, limit - taken), now=timezone.now())
            if not keys:
                break
            taken += len(keys)
            if not _send_all(keys, transport):
                break
    return taken


@transaction.atomic
def take_some(channel: str, number: int, *, now: datetime.datetime) -> list[UUID]:
    """Lease up to so many due deliveries, the longest waiting first; nobody waits for those of another worker."""
    due = Delivery.objects.due(now).filter(channel=channel).order_by("due_at")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    keys = list(due.values_list("pk", flat=True)[:number])
    # SQLite has one writer at a time, and this transaction is it.
    Delivery.objects.filter(pk__in=keys).update(
        due_at=now + LEASE, tries=F("tries") + 1, first_tried_at=Coalesce("first_tried_at", now)
    )
    return keys


def _send_all(taken: list[UUID], transport: Transport) -> bool:
    """Send deliveries whose lease is ours; False: the server is out of reach, and what was left is put back."""
    gives_up_at = timezone.now() + LEASE - TIME_FOR_ONE
    batch = _Batch(taken)
    reached = True
    while batch.left and reached and timezone.now() < gives_up_at:
        row, alerts = batch.left.pop(0)
        if chance := transport.next_chance(row):
            batch.untried(row, chance)
        else:
            reached = _send(row, alerts, batch, transport)
    batch.end()
    return reached


class _Batch:
    """Deliveries in the hands of one worker, and what is written down of them.

    Every try is written down before it is made, and before it is asked whether it is still to be made: a
    retraction looks for open tries. What was sent is settled a few at a time: when a worker dies, these few are
    sent again, under the same Message-ID.
    """

    def __init__(self, taken: list[UUID]) -> None:
        self.attempts = {pk: Attempt(delivery_id=pk) for pk in taken}
        Attempt.objects.bulk_create(self.attempts.values())
        may_tell = hearing.read(taken)
        self.left = [(row, alerts) for row, alerts in may_tell.items() if alerts]
        self.sent: list[UUID] = []
        self._withhold([row.pk for row, alerts in may_tell.items() if not alerts])

    def sent_one(self, row: Delivery) -> None:
        self.sent.append(row.pk)
        if len(self.sent) >= SETTLED_TOGETHER:
            self.settle()

    def failed(self, row: Delivery, error: TransportError) -> None:
        self.settle()
        attempt = self.attempts[row.pk]
        attempt.ended_at, attempt.error, attempt.address_refused = timezone.now(), error.reason, error.address_refused
        attempt.save(update_fields=["ended_at", "error", "address_refused"])
        _after_failure(row, error)

    def untried(self, row: Delivery, due_at: datetime.datetime) -> None:
        Attempt.objects.filter(pk=self.attempts[row.pk].pk).delete()
        # A digest that was taken stays closed: the next one for this reader may be open already.
        tries = F("tries") - 1 if row.alert_id else F("tries")
        Delivery.objects.filter(pk=row.pk).update(due_at=due_at, tries=tries)

    def settle(self) -> None:
        """In one transaction, as each waits for the disk."""
        if not self.sent:
            return
        ended = [self.attempts[pk].pk for pk in self.sent]
        with transaction.atomic():
            _settle(self.sent, Outcome.SENT)
            Attempt.objects.filter(pk__in=ended).update(ended_at=timezone.now())
        self.sent = []

    def _withhold(self, keys: list[UUID]) -> None:
        if not keys:
            return
        Attempt.objects.filter(pk__in=[self.attempts[pk].pk for pk in keys]).delete()
        _settle(keys, Outcome.WITHHELD)

    def end(self) -> None:
        self.settle()
        for row, _alerts in self.left:
            self.untried(row, timezone.now() + FIRST_WAIT)


def _send(delivery: Delivery, alerts: list[Alert], batch: _Batch, transport: Transport) -> bool:
    """False: the server is out of reach."""
    try:
        transport.send(delivery, alerts)
    except TransportError as error:
        batch.failed(delivery, error)
        return not error.out_of_reach
    except Exception:
        logger.exception("Delivery %s broke; it is tried again when its lease runs out", delivery.pk)
        return True
    batch.sent_one(delivery)
    return True


def wait(tries: int, error: TransportError) -> datetime.timedelta:
    """How long to wait after so many tries: longer each time, and scattered, never in step."""
    usual = error.retry_after or min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return usual * random.uniform(0.75, 1.25)  # noqa: S311 - scatter, not a secret


def _after_failure(delivery: Delivery, error: TransportError) -> None:
    now = timezone.now()
    tried_for = now - (delivery.first_tried_at or now)
    given_up = error.permanent or tried_for >= GIVES_UP_AFTER
    if given_up:
        logger.warning("Delivery %s failed for good: %s", delivery.pk, error.reason)
        _settle([delivery.pk], Outcome.FAILED, error.reason)
    else:
        due_at = now + wait(delivery.tries, error)
        Delivery.objects.filter(pk=delivery.pk).update(due_at=due_at, last_error=error.reason)
    if TRANSPORTS[delivery.channel].to_programs:
        if given_up or (error.address_refused and error.permanent):
            _suppress(delivery, error.reason)
    elif error.address_refused:
        suppress_if_dead(delivery, error.reason, permanent=error.permanent)


def suppress_if_dead(delivery: Delivery, reason: str, *, permanent: bool) -> None:
    """Pause an address that refused this message: for good, or as it does message after message."""
    if permanent or _refuses_often(delivery):
        _suppress(delivery, reason)


def _suppress(delivery: Delivery, reason: str) -> None:
    Suppression.objects.get_or_create(address=delivery.address, defaults={"reason": reason})


def _refuses_often(delivery: Delivery) -> bool:
    since = timezone.now() - SOFT_REFUSALS_WITHIN
    refused = Attempt.objects.filter(address_refused=True, at__gt=since, delivery__address=delivery.address)
    messages = refused.exclude(delivery__outcome=Outcome.SENT).values("delivery").distinct().count()
    return messages >= SOFT_REFUSALS


def _settle(keys: list[UUID], outcome: Outcome, error: str = "") -> None:
    if keys:
        Delivery.objects.filter(pk__in=keys).update(settled_at=timezone.now(), outcome=outcome, last_error=error)
