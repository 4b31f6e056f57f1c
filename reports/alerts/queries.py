"""Reading subscriptions and the outbox."""

from __future__ import annotations

import datetime
from typing import Self

from django.db.models import QuerySet


class SubscriptionQuerySet(QuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None, user__is_active=True)


class DeliveryQuerySet(QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """To be sent now; a leased one is due again when its lease has run out."""
        return self.filter(settled_at=None, due_at__lte=now)
