"""What happens around a report: its steps, what was noted in confidence, and who has it open."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions.models.report import ConditionReport
from reports.conditions.workflow import State, Step, VerificationMethod
from reports.recording import AppendOnly
from sites.ids import uuid7


class ReportStep(AppendOnly):
    """One step in the life of a report: who took it, when, why, and how it was verified."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ConditionReport, models.PROTECT, related_name="steps", verbose_name=_("report"))
    step = models.CharField(_("step"), max_length=10, choices=Step.choices, blank=True)
    from_state = models.CharField(_("from"), max_length=10, choices=State.choices)
    to_state = models.CharField(_("to"), max_length=10, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)
    method = models.CharField(_("verified by"), max_length=20, choices=VerificationMethod.choices, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


class ConfidentialNote(models.Model):
    """What only verifiers may read about a report, such as who the witness is. Every reading is logged."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        ConditionReport, models.CASCADE, related_name="confidential_notes", verbose_name=_("report")
    )
    text = models.TextField(_("note"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("confidential note")
        verbose_name_plural = _("confidential notes")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Presence(models.Model):
    """Who has a report's form open: a notice to the others, never a lock."""

    report = models.ForeignKey(ConditionReport, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="presence_once")]

    def __str__(self) -> str:
        return str(self.user)
