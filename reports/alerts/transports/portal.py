"""News in the portal itself."""

from __future__ import annotations

from collections.abc import Sequence

from reports.alerts.models import Alert, Delivery
from reports.alerts.transports.base import Transport


class Portal(Transport):
    """The reader's page shows what is settled, so that nothing has to be handed over."""

    at_a_time = 200

    def send(self, delivery: Delivery, alerts: Sequence[Alert]) -> None:
        return None
