"""Whether originals are still what they were: the runs that look, and what they found amiss."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.evidence.models.original import Original
from reports.evidence.vocabulary import Damage
from sites.ids import uuid7


class FixityRun(models.Model):
    """One time of hashing originals anew: all of them, or so many that were verified longest ago.

    A run over all that was interrupted is gone on with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    most = models.PositiveIntegerField(_("at most so many originals"), null=True)
    """Null: all."""
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    checked = models.PositiveBigIntegerField(_("originals checked"), default=0)
    bytes = models.PositiveBigIntegerField(_("bytes read"), default=0)
    damaged = models.PositiveIntegerField(_("found damaged"), default=0)
    stray = models.PositiveIntegerField(_("files of no original"), null=True)

    class Meta:
        verbose_name = _("check of originals")
        verbose_name_plural = _("checks of originals")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class DamagedOriginal(models.Model):
    """An original whose file is not what was stored; until a check finds it intact again.

    A loss that cannot be mended is accepted with a reason: it is told of no longer, and stays on record.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    original = models.ForeignKey(Original, models.PROTECT, related_name="damages", verbose_name=_("original"))
    kind = models.CharField(_("what is amiss"), max_length=10, choices=Damage.choices)
    found_sha256 = models.CharField(_("SHA-256 of what lies there"), max_length=64, blank=True)
    found_size = models.PositiveBigIntegerField(_("size of what lies there, in bytes"), null=True)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    restored_at = models.DateTimeField(_("intact again"), null=True)
    accepted_at = models.DateTimeField(_("accepted as lost"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by")
    )
    acceptance_reason = models.TextField(_("why it is accepted"), blank=True)

    class Meta:
        verbose_name = _("damaged original")
        verbose_name_plural = _("damaged originals")
        ordering = ["-id"]
        permissions = [("accept_loss", _("Can accept that an original is lost"))]
        constraints = [
            models.UniqueConstraint(fields=["original"], condition=Q(restored_at=None), name="damage_told_once"),
            models.CheckConstraint(
                name="loss_accepted_with_reason",
                condition=Q(accepted_at__isnull=True, acceptance_reason="")
                | (Q(accepted_at__isnull=False) & ~Q(acceptance_reason="")),
                violation_error_message=_("To accept a loss needs its time and its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.original_id}"
