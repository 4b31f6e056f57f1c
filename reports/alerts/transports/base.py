from __future__ import annotations

import datetime


class TransportError(Exception):
    """A message could not be handed over.

    `permanent`: trying again would not help. `address_refused`: nor would any other message to that address.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        address_refused: bool = False,
        retry_after: datetime.timedelta | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.address_refused = address_refused
        self.retry_after = retry_after
