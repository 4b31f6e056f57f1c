"""Decisions on how urgent help is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.recording import AppendOnly
from reports.restoration.score import Aspect
from reports.restoration.vocabulary import Letter
from sites.ids import uuid7
from sites.models import Monument


class PriorityOverride(models.Model):
    """What an editor decided about a monument's priority against the suggestion, and why; the last one holds.

    An empty letter goes back to the suggestion.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(
        Monument, models.CASCADE, related_name="priority_overrides", verbose_name=_("monument")
    )
    letter = models.CharField(
        _("priority"),
        max_length=1,
        choices=Letter.choices,
        blank=True,
        help_text=_("Empty: back to the one that is suggested."),
    )
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision on a priority")
        verbose_name_plural = _("decisions on priorities")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["monument", "-at"], name="override_of_monument")]

    def __str__(self) -> str:
        return f"{self.monument}: {self.letter or '–'}"


class Weighting(AppendOnly):
    """How much each part of the score weighs, as an administrator set it, and why; the last one holds.

    Where there is none, the installation's `PRIORITY_WEIGHTS` hold. What weighs 0 does not count.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    significance = models.PositiveSmallIntegerField(_("significance"))
    condition = models.PositiveSmallIntegerField(_("condition"))
    risk = models.PositiveSmallIntegerField(_("risk of loss"))
    feasibility = models.PositiveSmallIntegerField(_("feasibility"))
    access = models.PositiveSmallIntegerField(pgettext_lazy("score", "access"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("weights of the score")
        verbose_name_plural = _("weights of the score")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="weighting_weighs_something",
                condition=Q(significance__gt=0)
                | Q(condition__gt=0)
                | Q(risk__gt=0)
                | Q(feasibility__gt=0)
                | Q(access__gt=0),
                violation_error_message=_("One part at least must weigh something."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(f"{Aspect(name).label} {weight}" for name, weight in self.weights.items())

    @property
    def weights(self) -> dict[str, int]:
        """By part, as `score` reads them."""
        return {aspect.value: getattr(self, aspect.value) for aspect in Aspect}
