"""The chain of custody: what happened to a piece of evidence, step by step."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.evidence.models.evidence import Evidence
from reports.evidence.models.unchangeable import AppendOnlyQuerySet, Unchangeable
from reports.evidence.vocabulary import CustodyStep
from sites.ids import uuid7


class CustodyEntry(models.Model):
    """One thing that happened to a piece of evidence: what, who, when, and the facts of it.

    Never changed and never deleted; on PostgreSQL a trigger refuses it to everybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody", verbose_name=_("evidence"))
    step = models.CharField(_("step"), max_length=12, choices=CustodyStep.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    facts = models.JSONField(_("facts"), default=dict)

    objects: ClassVar = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of custody")
        verbose_name_plural = _("chain of custody")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["evidence", "at"], name="custody_of_evidence")]

    def __str__(self) -> str:
        return str(self.get_step_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable("Custody is recorded once.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("Custody is recorded once.")
