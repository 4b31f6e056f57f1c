"""What somebody must hear of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.alerts.models.rule import Rule, Severity
from reports.conditions.models import ConditionReport
from sites.ids import uuid7
from sites.models import Monument


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
