"""Names and designations: each belongs to one site or one monument."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.dates import Span, describe
from sites.folding import FoldedField
from sites.ids import uuid7
from sites.models.monument import Monument
from sites.models.site import Site
from sites.vocabulary import DatePrecision, DesignationKind, NameKind

ONE_OWNER = Q(site__isnull=False, monument__isnull=True) | Q(site__isnull=True, monument__isnull=False)

language_tag = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("Write a language as a BCP 47 tag, such as en, ar or ar-Latn.")
)


class Name(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="names")
    monument = models.ForeignKey(Monument, models.CASCADE, null=True, blank=True, related_name="names")
    text = models.CharField(_("name"), max_length=200)
    folded = FoldedField(of="text")
    language = models.CharField(_("language"), max_length=35, validators=[language_tag])
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind.choices, default=NameKind.PREFERRED)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="name_of_one_thing", condition=ONE_OWNER),
            models.UniqueConstraint(
                fields=["site", "language"],
                condition=Q(kind=NameKind.PREFERRED),
                name="name_one_preferred_per_site_language",
                violation_error_message=_("There is a preferred name in this language already."),
            ),
            models.UniqueConstraint(
                fields=["monument", "language"],
                condition=Q(kind=NameKind.PREFERRED),
                name="name_one_preferred_per_monument_language",
                violation_error_message=_("There is a preferred name in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Designation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="designations")
    monument = models.ForeignKey(Monument, models.CASCADE, null=True, blank=True, related_name="designations")
    kind = models.CharField(_("kind"), max_length=20, choices=DesignationKind.choices)
    reference = models.CharField(_("reference"), max_length=50, blank=True)
    criteria = models.CharField(_("criteria"), max_length=50, blank=True, help_text=_("Such as i, ii, iv."))
    since = models.DateField(_("since"), null=True, blank=True)
    since_precision = models.CharField(
        _("precision"), max_length=10, choices=DatePrecision.choices[:3], default=DatePrecision.DAY
    )
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(name="designation_of_one_thing", condition=ONE_OWNER),
            models.CheckConstraint(
                name="designation_in_order",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("The designation ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.get_kind_display(), self.reference]))

    def since_text(self) -> str:
        """ "20 June 2013", or "1980" where only the year is known."""
        if self.since is None:
            return ""
        return describe(Span(self.since, self.since, self.since_precision))
