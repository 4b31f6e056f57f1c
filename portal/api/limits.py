"""How often one reader may ask the interfaces, counted for all processes together where there is Redis.

Told in every answer by the fields `RateLimit-Policy` and `RateLimit` (IETF httpapi working group).
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from portal.api.problems import problem

logger = logging.getLogger(__name__)

# A map asks for many tiles at once, and they are cheap.
LIMITED = ("/api/", "/ogc/", "/searches/", "/exports/")
# So are pieces of pictures asked for, but each is cut out anew: they are counted by themselves, and more are allowed.
CUT, MORE = "/iiif/", 4


class Limits:
    """Middleware: 429 with `Retry-After` for who asks too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most, who = _most(request)
        cut = request.path.startswith(CUT)
        if not most or not (cut or request.path.startswith(LIMITED)):
            return self.get_response(request)
        most, counter = (most * MORE, "cuts") if cut else (most, "asks")
        limit = RateLimitItemPerMinute(most)
        try:
            within = limiter().hit(limit, counter, who)
            left = limiter().get_window_stats(limit, counter, who)
        except StorageError as error:
            # Readers must not wait for a store that only counts.
            logger.warning("Requests are not counted, the store does not answer: %s", error)
            return self.get_response(request)
        seconds = max(math.ceil(left.reset_time - time.time()), 1)
        answer = self.get_response(request) if within else _too_many(most, seconds)
        answer["RateLimit-Policy"] = f'"minute";q={most};w=60'
        answer["RateLimit"] = f'"minute";r={max(left.remaining, 0)};t={seconds}'
        return answer


@cache
def limiter() -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(storage_from_string(settings.COUNTERS_URL, wrap_exceptions=True))


def _most(request: HttpRequest) -> tuple[int, str]:
    """How many requests a minute, and of whom: a person, or an address that asks without a name."""
    if request.user.is_authenticated:
        return settings.REQUESTS_PER_MINUTE_WITH_KEY, str(request.user.pk)
    return settings.REQUESTS_PER_MINUTE, request.META.get("REMOTE_ADDR", "")


def _too_many(most: int, seconds: int) -> HttpResponse:
    words = _("That was more than %(most)s requests in a minute; ask again in %(seconds)s seconds.")
    answer = problem(429, words % {"most": most, "seconds": seconds})
    answer["Retry-After"] = str(seconds)
    return answer
