from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.conditions.models.report import ConditionReport
from reports.vocabulary import CauseCategory, CauseType, Certainty, ThreatProbability
from sites.ids import uuid7


class Disturbance(models.Model):
    """What acted on the monument (EAMENA, Disturbance)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ConditionReport, models.CASCADE, related_name="disturbances", verbose_name=_("report"))
    category = models.CharField(_("category"), max_length=30, choices=CauseCategory.choices)
    cause = models.CharField(_("cause"), max_length=30, choices=CauseType.choices)
    certainty = models.CharField(_("certainty of the cause"), max_length=20, choices=Certainty.choices)

    class Meta:
        verbose_name = _("cause of damage")
        verbose_name_plural = _("causes of damage")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.get_cause_display()}"


class Threat(models.Model):
    """What may act on the monument (EAMENA, Threat)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ConditionReport, models.CASCADE, related_name="threats", verbose_name=_("report"))
    category = models.CharField(_("category"), max_length=30, choices=CauseCategory.choices)
    cause = models.CharField(_("cause"), max_length=30, choices=CauseType.choices)
    probability = models.CharField(_("probability"), max_length=20, choices=ThreatProbability.choices)

    class Meta:
        verbose_name = _("threat")
        verbose_name_plural = _("threats")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.get_cause_display()}"
