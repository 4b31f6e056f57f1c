"""Who asked to be told of what, and how."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from reports.alerts.cadence import known_timezone
from reports.alerts.models.channel import EMAIL, WEBHOOK, channels
from reports.alerts.models.endpoint import Endpoint
from reports.alerts.models.rule import ALL_KINDS, MOST_KINDS, Kind, Severity
from reports.alerts.models.search import Search
from reports.alerts.queries import SubscriptionQuerySet
from reports.restoration.models import Plan
from sites.ids import uuid7
from sites.models import Monument, Site


class Scope(models.TextChoices):
    ALL = "all", _("Everything")
    COUNTRY = "country", _("A country")
    SITE = "site", _("A site")
    MONUMENT = "monument", _("A monument")
    SEARCH = "search", _("An area or a search")
    PLAN = "plan", _("A restoration plan")


class Cadence(models.TextChoices):
    """How often somebody wants to hear; what comes in between waits for the next digest."""

    IMMEDIATE = "immediate", _("At once")
    HOURLY = "hourly", _("Every hour")
    DAILY = "daily", _("Every morning")
    WEEKLY = "weekly", _("Every Monday morning")


TOGETHER = "together"
"""Of a message: the digest of what was published in one go. Nobody has to choose it."""


def _about_one_thing() -> Q:
    """Each scope names its own thing and no other."""
    things = {Scope.SITE: "site", Scope.MONUMENT: "monument", Scope.SEARCH: "search", Scope.PLAN: "plan"}
    whole = Q()
    for scope in Scope:
        named = {f"{thing}__isnull": of != scope for of, thing in things.items()}
        country = ~Q(country="") if scope == Scope.COUNTRY else Q(country="")
        whole |= Q(scope=scope, **named) & country
    return whole


class Subscription(models.Model):
    """Somebody asked to be told about what happens somewhere.

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
    search = models.ForeignKey(
        Search, models.CASCADE, null=True, blank=True, related_name="subscriptions", verbose_name=_("saved search")
    )
    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("restoration plan")
    )
    channel = models.CharField(_("how"), max_length=10, choices=channels, default=EMAIL)
    endpoint = models.ForeignKey(
        Endpoint, models.CASCADE, null=True, blank=True, related_name="subscriptions", verbose_name=_("webhook")
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
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True, editable=False)
    renewed_at = models.DateTimeField(_("last sign of its reader"), default=timezone.now, editable=False)
    renewal_asked_at = models.DateTimeField(_("asked whether still wanted"), null=True, blank=True, editable=False)

    objects: ClassVar = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["address"], name="subscription_of_address", condition=Q(user__isnull=True))]
        constraints = [
            models.CheckConstraint(
                name="subscription_scope_whole",
                condition=_about_one_thing(),
                violation_error_message=_("Choose exactly the one place, search or plan it is about."),
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
                condition=Q(kinds__gte=1, kinds__lte=MOST_KINDS),
                violation_error_message=_("Choose what you want to hear about."),
            ),
            models.CheckConstraint(
                name="subscription_webhook_whole",
                condition=Q(channel=WEBHOOK, endpoint__isnull=False, user__isnull=False)
                | (~Q(channel=WEBHOOK) & Q(endpoint__isnull=True)),
                violation_error_message=_("Choose the webhook that is to be called."),
            ),
            models.CheckConstraint(
                name="subscription_outsiders_by_mail",
                condition=Q(user__isnull=False) | Q(channel=EMAIL),
                violation_error_message=_("Who has no account is told by e-mail."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[owner, "channel", *fields],
                    condition=Q(scope=scope, ended_at__isnull=True, **who),
                    name=f"subscription_once_{scope.value}{suffix}",
                    violation_error_message=_("This subscription exists already."),
                )
                for owner, suffix, who in (
                    ("user", "", {"endpoint__isnull": True}),
                    ("address", "_outside", {"endpoint__isnull": True, "user__isnull": True}),
                    ("endpoint", "_webhook", {"endpoint__isnull": False}),
                )
                for scope, fields in (
                    (Scope.ALL, []),
                    (Scope.COUNTRY, ["country"]),
                    (Scope.SITE, ["site"]),
                    (Scope.MONUMENT, ["monument"]),
                    (Scope.SEARCH, ["search"]),
                    (Scope.PLAN, ["plan"]),
                )
            ),
        ]

    def __str__(self) -> str:
        return str(
            self.monument
            or self.site
            or self.search
            or self.plan
            or self.get_country_display()
            or self.get_scope_display()
        )

    @property
    def reader(self) -> str:
        """The address that it tells."""
        if self.endpoint:
            return self.endpoint.url
        return self.user.email if self.user else self.address

    @property
    def paused(self) -> bool:
        return self.paused_at is not None

    @paused.setter
    def paused(self, paused: bool) -> None:
        self.paused_at = (self.paused_at or timezone.now()) if paused else None

    def has_confirmed(self, kinds: int) -> bool:
        """Whether its reader has said from the mailbox that they want all of these."""
        return self.confirmed_at is not None and self.kinds & kinds == kinds

    @property
    def kinds_chosen(self) -> list[Kind]:
        return [kind for kind in Kind if self.kinds & kind]
