"""Reading subscriptions and the outbox."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Lower

from sites.models import Monument, Site

if TYPE_CHECKING:
    from reports.alerts.models import Subscription


class SubscriptionQuerySet(QuerySet):
    def running(self) -> Self:
        """Those that count: confirmed, not ended, of nobody who was shut out."""
        return self.filter(ended_at=None, confirmed_at__isnull=False).exclude(user__is_active=False)

    def addressed(self) -> Self:
        """Each with `reader_address`, whoever it is of, without those whose mail server refuses them."""
        from reports.alerts.models import Suppression

        reader = Lower(Coalesce("user__email", "address"))
        refused = Exists(Suppression.objects.filter(address=OuterRef("reader_address")))
        return self.annotate(reader_address=reader).filter(~refused)


class DeliveryQuerySet(QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """To be sent now; a leased one is due again when its lease has run out."""
        return self.filter(settled_at=None, due_at__lte=now)


def told(address: str) -> DeliveryQuerySet:
    """The messages to an address, those of digests with their `number` of alerts."""
    from reports.alerts.models import Delivery

    sent: DeliveryQuerySet = Delivery.objects.filter(address=address.lower()).select_related("alert")
    return sent.annotate(number=Count("items"))


def about(subscription: Subscription) -> str:
    """What it is about, by its name in the reader's language."""
    if subscription.monument_id:
        return str(Monument.objects.labelled().get(pk=subscription.monument_id))
    if subscription.site_id:
        return str(Site.objects.labelled().get(pk=subscription.site_id))
    return str(subscription)
