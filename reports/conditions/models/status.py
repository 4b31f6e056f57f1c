from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.conditions import status
from reports.conditions.models.report import ConditionReport
from reports.conditions.querysets import MonumentStatusQuerySet
from reports.vocabulary import Certainty, Condition, DamageGrade, FabricStatus
from sites.ids import uuid7
from sites.models import Monument
from sites.vocabulary import DatePrecision


class MonumentStatus(models.Model):
    """One period of a monument's state, derived from its published reports (CIDOC-CRM E3 Condition State).

    Never edited: `actions.rebuild` writes it. `valid_to` is the first day on which the next period
    holds; null: the period holds today. Before the first period the state is unknown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(Monument, models.CASCADE, related_name="statuses", verbose_name=_("monument"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True)
    damage_grade = models.CharField(_("damage grade"), max_length=12, choices=DamageGrade.choices)
    condition = models.CharField(_("condition"), max_length=10, choices=Condition.choices)
    fabric_status = models.CharField(_("fabric"), max_length=25, choices=FabricStatus.choices)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices)
    observed_from = models.DateField(_("observed from"), null=True)
    observed_on = models.DateField(_("observed"), null=True)
    observed_precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision.choices, blank=True)
    assessed_on = models.DateField(_("last assessed"), null=True)
    contested = models.BooleanField(_("contested"))
    suspected = models.BooleanField(_("damage suspected"))
    report = models.ForeignKey(
        ConditionReport, models.PROTECT, null=True, related_name="+", verbose_name=_("report that counts")
    )
    rival = models.ForeignKey(
        ConditionReport, models.PROTECT, null=True, related_name="+", verbose_name=_("report that contradicts")
    )

    objects: ClassVar = MonumentStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        ordering = ["monument", "valid_from"]
        indexes = [
            models.Index(fields=["damage_grade", "monument"], name="status_now", condition=Q(valid_to__isnull=True)),
            # The longest not looked at first.
            models.Index(fields=["assessed_on", "monument"], name="status_stale", condition=Q(valid_to__isnull=True)),
            # What changed last.
            models.Index(fields=["-valid_from", "-id"], name="status_begun"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["monument", "valid_from"], name="status_one_per_day"),
            models.UniqueConstraint(
                fields=["monument"], condition=Q(valid_to__isnull=True), name="status_one_current"
            ),
            models.CheckConstraint(
                name="status_in_order", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(
                name="status_contested_by_a_rival",
                condition=Q(contested=True, rival__isnull=False) | Q(contested=False, rival__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_damage_grade_display()

    def as_status(self) -> status.Status:
        return status.Status(**{field: getattr(self, field) for field in status.FIELDS})
