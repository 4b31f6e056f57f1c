"""Messages that came back after a mail server had taken them."""

from __future__ import annotations

import logging
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports.alerts import delivery as outbox
from reports.alerts.bounces import address, boxes, notice
from reports.alerts.bounces.notice import Notice
from reports.alerts.models import EMAIL, Attempt, Delivery, Outcome

logger = logging.getLogger(__name__)


def read_bounces() -> Counter[str]:
    """Look through the mailbox of notices; returns how many were `returned`, `known` before, and `other` mail.

    Raises OSError where the mailbox cannot be reached.
    """
    counts: Counter[str] = Counter()
    with boxes.opened(settings.BOUNCE_MAILBOX_URL) as box:
        for key, content in box.unseen():
            came = _take_in(content)
            box.done(key, understood=came != "other")
            counts[came] += 1
    return counts


def _take_in(content: bytes) -> str:
    found = notice.read(content)
    returned = _of(found) if found else None
    if found is None or returned is None:
        return "other"
    return "returned" if came_back(returned, found) else "known"


def _of(found: Notice) -> Delivery | None:
    """The delivery of which it tells: by the address to which it came, or by the message that it returns."""
    sent = Delivery.objects.filter(channel=EMAIL)
    for came_to in found.came_to:
        if (key := address.read(came_to)) and (delivery := sent.filter(pk=key).first()):
            return delivery
    return sent.filter(message_id=found.message_id).first() if found.message_id else None


@transaction.atomic
def came_back(delivery: Delivery, found: Notice) -> bool:
    """It did not arrive after all; False where that was known. Its address is paused as for a refusal at the door."""
    now = timezone.now()
    sent = Delivery.objects.filter(pk=delivery.pk, outcome=Outcome.SENT)
    if not sent.update(outcome=Outcome.FAILED, settled_at=now, last_error=found.reason):
        return False
    Attempt.objects.create(delivery=delivery, at=now, ended_at=now, error=found.reason, address_refused=True)
    outbox.suppress_if_dead(delivery, found.reason, permanent=found.permanent)
    logger.warning("Delivery %s came back: %s", delivery.pk, found.reason)
    return True
