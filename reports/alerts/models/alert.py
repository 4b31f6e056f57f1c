"""What somebody must hear of."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.alerts.models.rule import KIND_OF_RULE, Kind, Rule, Severity
from reports.alerts.queries import AlertQuerySet
from reports.conditions.models import ConditionReport
from reports.inspections.models import Inspection
from reports.restoration.models import Plan
from reports.situation.models import SituationEvent
from reports.situation_reports.models import SituationReport
from sites.ids import uuid7
from sites.models import Monument, Site


class Alert(models.Model):
    """A change that somebody must hear of, with the facts as they were when it was raised."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("key"), max_length=120, unique=True)
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices)
    also_about = models.PositiveSmallIntegerField(_("also about"), default=0, editable=False)
    """The kinds of what the same publication says besides, as a sum."""
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="alerts", verbose_name=_("site"))
    """None of a weekly report about a country or an area, and of nothing else."""
    monument = models.ForeignKey(
        Monument, models.PROTECT, null=True, related_name="alerts", verbose_name=_("monument")
    )
    report = models.ForeignKey(
        ConditionReport, models.PROTECT, null=True, related_name="alerts", verbose_name=_("report")
    )
    event = models.ForeignKey(
        SituationEvent, models.CASCADE, null=True, related_name="alerts", verbose_name=_("situation event")
    )
    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, related_name="alerts", verbose_name=_("restoration plan")
    )
    inspection = models.ForeignKey(
        Inspection, models.CASCADE, null=True, related_name="alerts", verbose_name=_("inspection")
    )
    situation_report = models.ForeignKey(
        SituationReport, models.CASCADE, null=True, related_name="alerts", verbose_name=_("situation report")
    )
    repeats = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="repeated_by", verbose_name=_("repeats the alert")
    )
    facts = models.JSONField(_("facts"))
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    fanned_out_at = models.DateTimeField(_("fanned out"), null=True)
    joins = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="joined_by", verbose_name=_("joins the alert")
    )
    in_bulk = models.BooleanField(_("one of many"), default=False)
    together = models.BooleanField(_("published together with others"), default=False)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("acknowledged by")
    )

    objects: ClassVar = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="alert_of_a_site_or_a_report",
                condition=Q(site__isnull=False) | Q(situation_report__isnull=False, monument__isnull=True),
            ),
        ]
        permissions = [("acknowledge_alert", _("Can acknowledge an alert"))]
        indexes = [
            models.Index(fields=["raised_at"], name="alert_to_fan_out", condition=Q(fanned_out_at__isnull=True)),
            models.Index(fields=["site", "-raised_at"], name="alert_of_site"),
            models.Index(
                fields=["raised_at"],
                name="alert_to_acknowledge",
                condition=Q(severity=Severity.CRITICAL, acknowledged_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.place}"

    def get_absolute_url(self) -> str:
        return f"/alerts/{self.pk}/"

    @property
    def place(self) -> str:
        """The name of the monument, the site or the country in the reader's language, as it was when it was raised."""
        facts = self.facts
        names: dict[str, str] = facts["monument_names"] or facts["site_names"] or facts["place_names"]
        return names.get(get_language() or "") or names.get("en") or next(iter(names.values()))

    @property
    def kinds(self) -> int:
        """What it is about, as a sum, so that who wants threats alone also hears of one that comes with a loss."""
        return KIND_OF_RULE[Rule(self.rule)] | self.also_about

    @property
    def is_duty(self) -> bool:
        """For those whose duty it is, whatever they subscribed to."""
        return KIND_OF_RULE[Rule(self.rule)] == Kind.DUTY
