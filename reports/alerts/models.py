"""Who is told what, when, and how it went."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from reports.alerts.cadence import known_timezone
from reports.alerts.queries import DeliveryQuerySet, SubscriptionQuerySet
from reports.conditions.models import ConditionReport
from sites.ids import uuid7
from sites.models import Monument, Site


class Severity(models.IntegerChoices):
    """Numbers in order, so that "at least" is a comparison."""

    INFO = 1, pgettext_lazy("severity", "Information")
    MINOR = 2, pgettext_lazy("severity", "Minor")
    MAJOR = 3, pgettext_lazy("severity", "Major")
    CRITICAL = 4, pgettext_lazy("severity", "Critical")


class Rule(models.TextChoices):
    """Why an alert was raised (`rules.py` decides)."""

    NEW_LOSS = "new_loss", _("New loss")
    DETERIORATION = "deterioration", _("Deterioration")
    FIRST_DAMAGE = "first_damage", _("First damage")
    CONDITION_FALLS = "condition_falls", _("Condition falls")
    IMMINENT_THREAT = "imminent_threat", _("Imminent threat")
    POSSIBLE_THREAT = "possible_threat", _("Possible threat")
    SUSPECTED = "suspected", _("Damage suspected")
    CONTESTED = "contested", _("Contested")
    CORRECTION = "correction", _("Correction")
    RETRACTION = "retraction", _("Retraction")
    IMPROVEMENT = "improvement", _("Improvement")
    PAST_REPORT = "past_report", _("Report about the past")


class Scope(models.TextChoices):
    ALL = "all", _("Everything")
    COUNTRY = "country", _("A country")
    SITE = "site", _("A site")
    MONUMENT = "monument", _("A monument")


class Cadence(models.TextChoices):
    """How often somebody wants to hear; what comes in between waits for the next digest."""

    IMMEDIATE = "immediate", _("At once")
    HOURLY = "hourly", _("Every hour")
    DAILY = "daily", _("Every morning")
    WEEKLY = "weekly", _("Every Monday morning")


class Kind(models.IntegerChoices):
    """What an alert is about; numbers, as a subscription keeps its choice as their sum."""

    DAMAGE = 1, _("Damage and condition")
    THREAT = 2, _("Threats")
    RESTORATION = 4, _("Improvement and restoration")
    CORRECTION = 8, _("Corrections")


ALL_KINDS = sum(Kind.values)

KIND_OF_RULE = {
    Rule.NEW_LOSS: Kind.DAMAGE,
    Rule.DETERIORATION: Kind.DAMAGE,
    Rule.FIRST_DAMAGE: Kind.DAMAGE,
    Rule.CONDITION_FALLS: Kind.DAMAGE,
    Rule.IMMINENT_THREAT: Kind.THREAT,
    Rule.POSSIBLE_THREAT: Kind.THREAT,
    Rule.SUSPECTED: Kind.DAMAGE,
    Rule.CONTESTED: Kind.CORRECTION,
    Rule.CORRECTION: Kind.CORRECTION,
    Rule.RETRACTION: Kind.CORRECTION,
    Rule.IMPROVEMENT: Kind.RESTORATION,
    Rule.PAST_REPORT: Kind.DAMAGE,
}


class Subscription(models.Model):
    """Somebody asked to be told, by e-mail, about what happens somewhere.

    Of an account, or of an outsider's `address`, which counts once it is confirmed from its mailbox.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name=_("user"),
    )
    address = models.EmailField(_("address of an outsider"), blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    scope = models.CharField(_("about"), max_length=10, choices=Scope.choices)
    country = CountryField(verbose_name=_("country"), blank=True)
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("site"))
    monument = models.ForeignKey(
        Monument, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("monument")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    min_severity = models.PositiveSmallIntegerField(
        _("from severity"), choices=Severity.choices, default=Severity.INFO
    )
    kinds = models.PositiveSmallIntegerField(_("about what"), default=ALL_KINDS, editable=False)
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence.choices, default=Cadence.IMMEDIATE)
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC", validators=[known_timezone])
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    critical_at_once = models.BooleanField(
        _("critical alerts at once"), default=True, help_text=_("Whatever is chosen above, also in quiet hours.")
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects: ClassVar = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="subscription_scope_whole",
                condition=(
                    Q(scope=Scope.ALL, country="", site__isnull=True, monument__isnull=True)
                    | (Q(scope=Scope.COUNTRY, site__isnull=True, monument__isnull=True) & ~Q(country=""))
                    | Q(scope=Scope.SITE, country="", site__isnull=False, monument__isnull=True)
                    | Q(scope=Scope.MONUMENT, country="", site__isnull=True, monument__isnull=False)
                ),
                violation_error_message=_("Choose exactly the one country, site or monument it is about."),
            ),
            models.CheckConstraint(
                name="subscription_of_somebody",
                condition=Q(user__isnull=False, address="") | (Q(user__isnull=True) & ~Q(address="")),
                violation_error_message=_("A subscription is of an account or of an address."),
            ),
            models.CheckConstraint(
                name="subscription_quiet_hours_whole",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                violation_error_message=_("Quiet hours need their beginning and their end."),
            ),
            models.CheckConstraint(
                name="subscription_kinds_known",
                condition=Q(kinds__gte=1, kinds__lte=ALL_KINDS),
                violation_error_message=_("Choose what you want to hear about."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner, *fields],
                    condition=Q(scope=scope, ended_at__isnull=True) & who,
                    name=f"subscription_once_{scope.value}{suffix}",
                    violation_error_message=_("This subscription exists already."),
                )
                for owner, suffix, who in (
                    ("user", "", Q()),
                    ("address", "_outside", Q(user__isnull=True)),
                )
                for scope, fields in (
                    (Scope.ALL, []),
                    (Scope.COUNTRY, ["country"]),
                    (Scope.SITE, ["site"]),
                    (Scope.MONUMENT, ["monument"]),
                )
            ),
        ]

    def __str__(self) -> str:
        return str(self.monument or self.site or self.get_country_display() or self.get_scope_display())

    @property
    def reader(self) -> str:
        """The address that it tells."""
        return self.user.email if self.user else self.address

    @property
    def kinds_chosen(self) -> list[Kind]:
        return [kind for kind in Kind if self.kinds & kind]


class Alert(models.Model):
    """A change that somebody must hear of, with the facts as they were when it was raised."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("key"), max_length=120, unique=True)
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="alerts", verbose_name=_("monument"))
    report = models.ForeignKey(ConditionReport, models.PROTECT, related_name="alerts", verbose_name=_("report"))
    facts = models.JSONField(_("facts"))
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    fanned_out_at = models.DateTimeField(_("fanned out"), null=True)
    joins = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="joined_by", verbose_name=_("joins the alert")
    )

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-raised_at", "-id"]
        indexes = [
            models.Index(fields=["raised_at"], name="alert_to_fan_out", condition=Q(fanned_out_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.monument}"


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")


class Outcome(models.TextChoices):
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed for good")
    WITHHELD = "withheld", pgettext_lazy("delivery", "Withheld: no longer to be told")


class Delivery(models.Model):
    """One message to one address; the outbox. Due until `settled_at` is set.

    Of one alert that goes out at once, or a digest (no `alert`), to which alerts are added until it is taken.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.ForeignKey(Alert, models.CASCADE, null=True, related_name="deliveries", verbose_name=_("alert"))
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence.choices, default=Cadence.IMMEDIATE)
    digested = models.ManyToManyField(
        Alert, through="alerts.DigestItem", related_name="digests", verbose_name=_("alerts of the digest")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    address = models.CharField(_("address"), max_length=254)
    language = models.CharField(_("language"), max_length=10)
    reasons = models.ManyToManyField(Subscription, related_name="deliveries", verbose_name=_("subscriptions"))
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    settled_at = models.DateTimeField(_("settled"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        permissions = [("resend_delivery", _("Can send a delivery again"))]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(settled_at__isnull=True)),
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
