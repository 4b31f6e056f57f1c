"""Work that lies in the database for workers: one at a time has a lease of it, one that died leaves it to the next.

For rows with `state`, `tries` and `leased_until`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q


def idle(now: datetime.datetime) -> Q:
    """What no worker is at."""
    return Q(leased_until=None) | Q(leased_until__lt=now)


def to_go_on_with(now: datetime.datetime, *, states: Iterable[str], tries: int) -> Q:
    """What a worker may take: under way, idle, and not yet begun so often that it is given up."""
    return idle(now) & Q(state__in=list(states), tries__lt=tries)
