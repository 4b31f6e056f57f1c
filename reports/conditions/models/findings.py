from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.conditions.models.report import ConditionReport
from reports.vocabulary import CauseCategory, CauseType, Certainty, Danger, EffectType, ThreatProbability
from sites.dates import Span, describe
from sites.ids import uuid7
from sites.vocabulary import DatePrecision


class Disturbance(models.Model):
    """What acted on the monument (EAMENA, Disturbance).

    `occurred_from` and `occurred_to` are its own time, where it is known apart from that of the
    observation: the same day twice, two days between which it happened, or only the last possible one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ConditionReport, models.CASCADE, related_name="disturbances", verbose_name=_("report"))
    category = models.CharField(_("category"), max_length=30, choices=CauseCategory.choices)
    cause = models.CharField(_("cause"), max_length=30, choices=CauseType.choices)
    certainty = models.CharField(_("certainty of the cause"), max_length=20, choices=Certainty.choices)
    occurred_from = models.DateField(_("happened from"), null=True, blank=True)
    occurred_to = models.DateField(
        _("happened until"), null=True, blank=True, help_text=_("Only this one: it happened before that day.")
    )

    class Meta:
        verbose_name = _("cause of damage")
        verbose_name_plural = _("causes of damage")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="disturbance_dates_in_order",
                condition=Q(occurred_from__isnull=True)
                | Q(occurred_to__isnull=False, occurred_to__gte=F("occurred_from")),
                violation_error_message=_("Give the last day on which it can have happened, not before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.get_cause_display()}"

    @property
    def occurred_text(self) -> str:
        """When it happened, in the reader's language; empty where it is not known apart."""
        if self.occurred_to is None:
            return ""
        if self.occurred_from is None:
            return describe(Span(None, self.occurred_to, DatePrecision.BEFORE))
        one_day = self.occurred_from == self.occurred_to
        return describe(
            Span(self.occurred_from, self.occurred_to, DatePrecision.DAY if one_day else DatePrecision.RANGE)
        )


class Effect(models.Model):
    """What was done to the monument (EAMENA, Effect Type), and by which of the causes, where that is known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ConditionReport, models.CASCADE, related_name="effects", verbose_name=_("report"))
    effect = models.CharField(_("effect"), max_length=30, choices=EffectType.choices)
    cause = models.CharField(_("by which cause"), max_length=30, choices=CauseType.choices, blank=True)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices)

    class Meta:
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_effect_display()


class RiskToPeople(models.Model):
    """What endangers those who go there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ConditionReport, models.CASCADE, related_name="risks", verbose_name=_("report"))
    danger = models.CharField(_("danger"), max_length=20, choices=Danger.choices)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("risk to people")
        verbose_name_plural = _("risks to people")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_danger_display()


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
