"""News in the portal itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from reports.alerts.models import PORTAL, Alert, Delivery
from reports.alerts.transports.base import Transport


class Portal(Transport):
    """The reader's page shows what is settled, so that nothing has to be handed over."""

    channel, label = PORTAL, _("In the portal alone")
    at_a_time = 200
    only_without_others = True

    def send(self, delivery: Delivery, alerts: Sequence[Alert]) -> None:
        return None
