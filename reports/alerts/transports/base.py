from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from reports.alerts.models import Alert, Delivery


class TransportError(Exception):
    """A message could not be handed over.

    `permanent`: trying again would not help. `address_refused`: it was this address, not the message or the
    server. `out_of_reach`: the server does not answer, so that others need not be tried now.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        address_refused: bool = False,
        out_of_reach: bool = False,
        retry_after: datetime.timedelta | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.address_refused = address_refused
        self.out_of_reach = out_of_reach
        self.retry_after = retry_after


class Transport(ABC):
    """One way of handing over messages, kept open for many of them. A new one is a file beside this."""

    channel: ClassVar[str]
    """Its name in the database."""
    label: ClassVar[Any]
    """Its name for people, translated late."""
    at_a_time: ClassVar[int] = 50
    """How many are taken together: few enough that all are handed over well within their lease."""
    to_programs: ClassVar[bool] = False
    """Programs are called for each alert at once, and left alone when a message to them was given up."""
    only_without_others: ClassVar[bool] = False
    """Who is told of an alert in another way has no word of it in this one."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def next_chance(self, delivery: Delivery) -> datetime.datetime | None:
        """None: send now. Else it is too fast, and this is when it may go."""
        return None

    @abstractmethod
    def send(self, delivery: Delivery, alerts: Sequence[Alert]) -> None:
        """Hand over the message, of one alert or a digest. Raises TransportError."""
