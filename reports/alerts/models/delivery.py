"""The outbox: who is told what, when, and how it went."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.alerts.models.alert import Alert
from reports.alerts.models.channel import EMAIL, channels
from reports.alerts.models.subscription import TOGETHER, Cadence, Subscription
from reports.alerts.queries import DeliveryQuerySet
from sites.ids import uuid7


class Outcome(models.TextChoices):
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed for good")
    WITHHELD = "withheld", pgettext_lazy("delivery", "Withheld: no longer to be told")


class Delivery(models.Model):
    """One message to one address; the outbox. Due until `settled_at` is set.

    Of one alert that goes out at once, or a digest (no `alert`), to which alerts are added until it is taken.
    The `address` of a webhook is the key of its `Endpoint`. `duty`: to staff, whatever they subscribed to.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.ForeignKey(Alert, models.CASCADE, null=True, related_name="deliveries", verbose_name=_("alert"))
    cadence = models.CharField(
        _("how often"),
        max_length=10,
        choices=[*Cadence.choices, (TOGETHER, _("Published together"))],
        default=Cadence.IMMEDIATE,
    )
    digested = models.ManyToManyField(
        Alert, through="alerts.DigestItem", related_name="digests", verbose_name=_("alerts of the digest")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=channels, default=EMAIL)
    address = models.CharField(_("address"), max_length=254)
    language = models.CharField(_("language"), max_length=10)
    duty = models.BooleanField(_("as a duty"), default=False)
    reasons = models.ManyToManyField(Subscription, related_name="deliveries", verbose_name=_("subscriptions"))
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    first_tried_at = models.DateTimeField(_("first try"), null=True)
    settled_at = models.DateTimeField(_("settled"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    read_at = models.DateTimeField(_("read in the portal"), null=True)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        permissions = [("resend_delivery", _("Can send a delivery again"))]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(settled_at__isnull=True)),
            models.Index(fields=["address", "-id"], name="delivery_to_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alert", "channel", "address"], name="delivery_once_per_address"),
            models.UniqueConstraint(
                fields=["channel", "address", "cadence"],
                condition=Q(alert__isnull=True, settled_at__isnull=True, tries=0),
                name="delivery_one_open_digest",
            ),
            models.CheckConstraint(
                name="delivery_of_an_alert_or_a_digest",
                condition=Q(alert__isnull=False, cadence=Cadence.IMMEDIATE)
                | (Q(alert__isnull=True) & ~Q(cadence=Cadence.IMMEDIATE)),
            ),
            models.CheckConstraint(
                name="delivery_settled_with_outcome",
                condition=(Q(settled_at__isnull=True, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome=""))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.address}"


class DigestItem(models.Model):
    """An alert in a digest; an address has an alert once, whatever the digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="items")
    alert = models.ForeignKey(Alert, models.CASCADE, related_name="items")
    address = models.CharField(max_length=254)

    class Meta:
        verbose_name = _("alert of a digest")
        verbose_name_plural = _("alerts of a digest")
        constraints = [models.UniqueConstraint(fields=["alert", "address"], name="digest_item_once_per_address")]

    def __str__(self) -> str:
        return str(self.alert)


class Attempt(models.Model):
    """One try to send a delivery, and what came of it; without an end, its process died on the way."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts", verbose_name=_("delivery"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    error = models.TextField(_("error"), blank=True)
    address_refused = models.BooleanField(_("the address was refused"), default=False)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        if self.ended_at is None:
            return str(_("not ended"))
        return self.error or str(_("sent"))


class Suppression(models.Model):
    """An address that its mail server refuses: nothing is sent there until somebody lifts it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(_("address"), max_length=254, unique=True)
    reason = models.TextField(_("what the mail server said"))
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.address
