"""Evidence packages: what somebody asked to have in one file, to hand on."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions.models import ConditionReport
from reports.evidence.vocabulary import PackageFailure, PackageState
from sites.ids import uuid7
from sites.models import Monument


class EvidencePackage(models.Model):
    """The evidence of a monument and its parts (of a period), or of one report, as a bag (BagIt) in a zip.

    Made by a worker, for who asked for it alone, and deleted after a while.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="+", verbose_name=_("monument"))
    report = models.ForeignKey(
        ConditionReport, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("condition report")
    )
    day_from = models.DateField(_("from"), null=True, blank=True)
    day_to = models.DateField(_("to"), null=True, blank=True)
    confidential = models.BooleanField(_("with what is confidential"), default=False)
    language = models.CharField(_("language of the summary"), max_length=5, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=PackageState.choices, default=PackageState.WAITING, editable=False
    )
    failure = models.CharField(
        _("why it failed"), max_length=10, choices=PackageFailure.choices, blank=True, editable=False
    )
    done = models.PositiveIntegerField(_("files packed"), default=0, editable=False)
    total = models.PositiveIntegerField(_("files"), null=True, editable=False)
    left_out = models.PositiveIntegerField(_("originals left out"), default=0, editable=False)
    """Damaged or missing ones, and those that the asker may not have; the package says which."""
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    """Until then a worker is at it; one that died leaves it to the next."""
    file = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    ready_at = models.DateTimeField(_("ready"), null=True, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, editable=False)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("evidence package")
        verbose_name_plural = _("evidence packages")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["asked_by", "-id"], name="package_of_person"),
            models.Index(fields=["state", "leased_until"], name="package_to_go_on_with"),
        ]
        constraints = [
            models.CheckConstraint(
                name="package_period_in_order",
                condition=Q(day_from__isnull=True) | Q(day_to__isnull=True) | Q(day_to__gte=F("day_from")),
                violation_error_message=_("The time ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.monument}"

    def get_absolute_url(self) -> str:
        return f"/packages/{self.pk}/"
