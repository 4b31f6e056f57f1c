"""A situation report as it is filed: what was asked, how far it is made, and what it says in each language."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from reports.situation_reports.content import Content, from_json
from reports.situation_reports.queries import SituationReportQuerySet
from reports.situation_reports.question import Audience, Question
from sites.areas import validate_area
from sites.ids import uuid7
from sites.models import Site


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("situation report", "Waiting")
    MAKING = "making", pgettext_lazy("situation report", "Being made")
    READY = "ready", pgettext_lazy("situation report", "Ready")
    FAILED = "failed", pgettext_lazy("situation report", "Failed")


class Doing(models.TextChoices):
    """What is being done while it is made."""

    READING = "reading", _("Reading what is known")
    DRAWING = "drawing", _("Drawing maps and charts")
    WRITING = "writing", _("Writing it")
    SETTING = "setting", _("Setting the PDF")


class SituationReport(models.Model):
    """The question, fixed when it was asked: the same question gets the same answer at any later time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="situation_reports", verbose_name=_("site")
    )
    country = CountryField(verbose_name=_("country"), blank=True)
    area = models.JSONField(_("area"), null=True, blank=True, validators=[validate_area])
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"), help_text=_("It tells the state as of this day."))
    known_at = models.DateTimeField(_("by what was known at"), default=timezone.now, editable=False)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    language = models.CharField(_("language of who asked"), max_length=10, choices=settings.LANGUAGES)
    weekly = models.BooleanField(_("one of the weekly ones"), default=False, editable=False)
    area_digest = models.CharField(_("digest of the area"), max_length=64, blank=True, editable=False)
    """Of weekly ones: two that drew the same area get the same report, which JSON alone cannot be asked for."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("asked by"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING, editable=False)
    percent = models.PositiveSmallIntegerField(
        _("percent done"), default=0, editable=False, validators=[MaxValueValidator(100)]
    )
    doing = models.CharField(_("what is being done"), max_length=10, choices=Doing.choices, blank=True, editable=False)
    reason = models.TextField(_("reason of the failure"), blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0, editable=False)
    leased_until = models.DateTimeField(_("leased until"), null=True, editable=False)
    made_at = models.DateTimeField(_("made"), null=True, editable=False)
    told = models.JSONField(_("what it tells of"), default=dict, editable=False)

    objects: ClassVar = SituationReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("situation report")
        verbose_name_plural = _("situation reports")
        ordering = ["-id"]
        permissions = [("ask_staff_report", _("Can ask for situation reports with exact places"))]
        indexes = [
            models.Index(fields=["site", "-id"], name="situation_report_of_site"),
            models.Index(fields=["asked_by", "-id"], name="situation_report_of_person"),
            models.Index(
                fields=["leased_until"], name="situation_report_to_make", condition=Q(state__in=["waiting", "making"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="situation_report_of_one_place",
                condition=Q(site__isnull=False, country="", area__isnull=True)
                | (Q(site__isnull=True, area__isnull=True) & ~Q(country=""))
                | Q(site__isnull=True, country="", area__isnull=False),
                violation_error_message=_("Choose exactly one: a site, a country or an area."),
            ),
            models.CheckConstraint(
                name="situation_report_period_in_order",
                condition=Q(period_to__gte=F("period_from")),
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                name="situation_report_failed_with_reason",
                condition=(Q(state=State.FAILED) & ~Q(reason="")) | (~Q(state=State.FAILED) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="situation_report_ready_with_time",
                condition=~Q(state=State.READY) | Q(made_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["site", "period_to"],
                condition=Q(weekly=True, site__isnull=False),
                name="situation_report_weekly_of_site",
            ),
            models.UniqueConstraint(
                fields=["country", "period_to"],
                condition=Q(weekly=True, site__isnull=True, area__isnull=True),
                name="situation_report_weekly_of_country",
            ),
            models.UniqueConstraint(
                fields=["area_digest", "period_to"],
                condition=Q(weekly=True, area__isnull=False),
                name="situation_report_weekly_of_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}, {self.period_from:%Y-%m-%d}/{self.period_to:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return f"/situation-reports/{self.pk}/"

    @property
    def about(self) -> str:
        """The place, in the reader's language; an area by its sites, where `labelled` has read them."""
        if self.site:
            return str(getattr(self, "site_label", None) or self.site)
        country: Any = self.country
        return str(country.name) if country else getattr(self, "area_title", None) or str(_("Area on the map"))

    @property
    def question(self) -> Question:
        return Question(
            site=self.site,
            country=str(self.country),
            area=self.area,
            period_from=self.period_from,
            period_to=self.period_to,
            known_at=self.known_at,
            audience=self.audience,
        )


class Edition(models.Model):
    """What a report says in one language, filed as it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        SituationReport, models.CASCADE, related_name="editions", verbose_name=_("situation report")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    filed = models.JSONField(_("content"))
    digest = models.CharField(_("digest of the content"), max_length=64)
    pdf = models.FileField(_("PDF"), upload_to="situation-reports/%Y/%m/", max_length=200)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["report", "language"], name="edition_once_per_language")]

    def __str__(self) -> str:
        return f"{self.report} ({self.language})"

    @property
    def content(self) -> Content:
        return from_json(self.filed)
