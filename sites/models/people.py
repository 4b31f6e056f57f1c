"""Who answers for which sites, and which teams keep their work to themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from sites.ids import uuid7
from sites.models.site import Site


class Organisation(models.Model):
    """A body whose people work here. In a silo, others see neither its drafts nor its confidential reports."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    silo = models.BooleanField(
        _("keeps its work to itself"),
        default=False,
        help_text=_("People of other organisations see of it only what is published, and no names."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Responsibility(models.Model):
    """One site or country that a person answers for. Who has none of these answers for all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="responsibilities", verbose_name=_("person")
    )
    country = CountryField(verbose_name=_("country"), blank=True)
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("site"))

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.CheckConstraint(
                name="responsibility_for_one_thing",
                condition=(Q(site__isnull=False, country="")) | (Q(site__isnull=True) & ~Q(country="")),
                violation_error_message=_("Choose a country or a site, not both."),
            ),
            models.UniqueConstraint(
                fields=["user", "country"], condition=~Q(country=""), name="responsibility_country_once"
            ),
            models.UniqueConstraint(
                fields=["user", "site"], condition=Q(site__isnull=False), name="responsibility_site_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.site or self.get_country_display())


class Disclosure(models.Model):
    """That somebody was shown what is not public: which place, whose contact data, which note or original."""

    class What(models.TextChoices):
        EXACT_PLACE = "exact_place", _("Exact place")
        CONTACT = "contact", _("Contact data")
        NOTE = "note", _("Confidential note")
        ORIGINAL = "original", _("Original of evidence")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    what = models.CharField(_("what"), max_length=15, choices=What.choices)
    of = models.UUIDField(_("of"))
    where = models.CharField(_("where it was shown"), max_length=200)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["of", "at"], name="disclosure_of")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.of}"
