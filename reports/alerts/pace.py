"""How many e-mails go out a minute, over all workers: in all, and to the mail servers of one domain."""

from __future__ import annotations

import datetime
import logging
from functools import cache

from django.conf import settings
from django.utils import timezone
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

logger = logging.getLogger(__name__)


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(storage_from_string(settings.COUNTERS_URL, wrap_exceptions=True))


def next_chance(address: str) -> datetime.datetime | None:
    """None: send now, and it is counted. Else: the time at which it may go."""
    limits = _limits(address)
    try:
        for limit, who in limits:
            if not _limiter().test(limit, "mail", who):
                reset = _limiter().get_window_stats(limit, "mail", who).reset_time
                return datetime.datetime.fromtimestamp(reset, tz=timezone.get_current_timezone())
        for limit, who in limits:
            _limiter().hit(limit, "mail", who)
    except StorageError as error:
        # An alert that is late harms more than one that is too fast.
        logger.warning("Messages are not counted, the store does not answer: %s", error)
    return None


def _limits(address: str) -> list[tuple[RateLimitItem, str]]:
    found: list[tuple[RateLimitItem, str]] = []
    if settings.MAILS_PER_MINUTE:
        found.append((RateLimitItemPerMinute(settings.MAILS_PER_MINUTE), "all"))
    if settings.MAILS_PER_MINUTE_AND_DOMAIN:
        domain = address.rpartition("@")[2]
        found.append((RateLimitItemPerMinute(settings.MAILS_PER_MINUTE_AND_DOMAIN), domain))
    return found
