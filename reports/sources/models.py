"""Who says so: the sources that every statement names."""

from __future__ import annotations

import calendar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.vocabulary import Certainty
from sites.dates import Span, describe
from sites.ids import uuid7
from sites.vocabulary import DatePrecision


class SourceKind(models.TextChoices):
    OWN_VISIT = "own_visit", _("Own visit")
    SATELLITE = "satellite", _("Satellite imagery")
    PRESS = "press", _("Press")
    SOCIAL_MEDIA = "social_media", _("Social media")
    PARTNER = "partner", _("Partner organisation")
    OFFICIAL_STATEMENT = "official_statement", _("Official statement")
    OTHER = "other", _("Other")


class Source(models.Model):
    """A body or person whose statements are reported, such as DGAM Syria or UNITAR-UNOSAT."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind.choices, default=SourceKind.OTHER)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="source_name_whatever_its_case",
                violation_error_message=_("There is a source of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """What every statement has: a time as a span of days, a source, and a certainty.

    The span is CIDOC-CRM's P82a/P82b: the earliest and the latest day it can mean. `date_from` is
    null where only the end is known ("before …"); both are null where the statement has no date.
    """

    date_from = models.DateField(_("from"), null=True, blank=True)
    date_to = models.DateField(_("to"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision of the date"), max_length=10, choices=DatePrecision.choices, blank=True
    )
    date_uncertain = models.BooleanField(_("date uncertain"), default=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)
    source_citation = models.CharField(
        _("citation"), max_length=300, blank=True, help_text=_("Title, number, page, or who said it where.")
    )
    source_url = models.URLField(_("link to the source"), max_length=500, blank=True)
    source_archive_url = models.URLField(
        _("archived copy"),
        max_length=500,
        blank=True,
        help_text=_("Where it can still be read when the link is dead."),
    )
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices)

    class Meta:
        abstract = True

    @staticmethod
    def constraints_of(model: str) -> list[models.BaseConstraint]:
        """What holds for every statement, under names that begin with `model`."""
        undated = Q(date_from__isnull=True, date_to__isnull=True, date_precision="")
        before = Q(date_from__isnull=True, date_to__isnull=False, date_precision=DatePrecision.BEFORE)
        spans = [precision for precision in DatePrecision.values if precision != DatePrecision.BEFORE]
        dated = Q(date_from__isnull=False, date_to__isnull=False, date_precision__in=spans)
        return [
            models.CheckConstraint(
                name=f"{model}_date_whole",
                condition=undated | before | dated,
                violation_error_message=_("A date needs its first day, its last day and its precision."),
            ),
            models.CheckConstraint(
                name=f"{model}_dates_in_order",
                condition=Q(date_from__isnull=True) | Q(date_to__gte=F("date_from")),
                violation_error_message=_("The time ends before it begins."),
            ),
            models.CheckConstraint(
                name=f"{model}_certainty_known",
                condition=Q(certainty__in=Certainty.values),
                violation_error_message=_("This certainty is not known."),
            ),
        ]

    def clean(self) -> None:
        """Complete a day, a month or a year: who gives one day of it means the whole of it."""
        super().clean()
        if self.date_precision in {DatePrecision.MONTH, DatePrecision.YEAR}:
            self._complete_month_or_year()
        if self.date_precision == DatePrecision.DAY:
            self.date_from = self.date_from or self.date_to
            self.date_to = self.date_to or self.date_from
            if self.date_from != self.date_to:
                raise ValidationError({"date_to": _("One day has one date; for two, choose “between two dates”.")})

    def _complete_month_or_year(self) -> None:
        given = self.date_to or self.date_from
        if given is None:
            return
        one_month = self.date_precision == DatePrecision.MONTH
        first = (self.date_from or given).replace(day=1)
        last = given.replace(day=calendar.monthrange(given.year, given.month)[1])
        if not one_month:
            first, last = first.replace(month=1), given.replace(month=12, day=31)
        if (first.year, first.month if one_month else 0) != (last.year, last.month if one_month else 0):
            raise ValidationError({"date_to": _("The two dates are not in the same month or year.")})
        self.date_from, self.date_to = first, last

    def keep_to_the_past(self) -> None:
        """Of a month or a year that is not over, what has passed is meant. Raises ValidationError on later days."""
        today = timezone.localdate()
        unfinished = self.date_precision in {DatePrecision.MONTH, DatePrecision.YEAR}
        if unfinished and self.date_to and self.date_from and self.date_from <= today < self.date_to:
            self.date_to = today
        if self.date_to and self.date_to > today:
            raise ValidationError({"date_to": _("This day has not come yet; reports are of what was observed.")})

    @property
    @admin.display(description=_("date"))
    def date_text(self) -> str:
        """The date in the reader's language, empty where there is none."""
        if self.date_to is None:
            return ""
        return describe(Span(self.date_from, self.date_to, self.date_precision))
