"""Decisions on how urgent help is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
