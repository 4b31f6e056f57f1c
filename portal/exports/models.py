"""Files that somebody asked for and a worker makes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.ids import uuid7


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("export", "Waiting for a worker")
    MAKING = "making", pgettext_lazy("export", "Being made")
    READY = "ready", pgettext_lazy("export", "Ready")
    FAILED = "failed", pgettext_lazy("export", "Failed")
    EXPIRED = "expired", pgettext_lazy("export", "Expired")


class Export(models.Model):
    """A list, by its question, in a format, for one reader; without a person: for everybody.

    Deleted after a while. Who asks the same again meanwhile gets the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    layer = models.CharField(_("list"), max_length=30)
    question = models.TextField(_("question"), blank=True)
    """As it stands in an address."""
    ticked = models.BooleanField(_("rows that were ticked"), default=False)
    """In a list of the admin, in place of a question."""
    keys = models.BinaryField(null=True)
    """Theirs, 16 bytes each, until the file is made."""
    format = models.CharField(_("format"), max_length=10)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("asked for by")
    )
    rights = models.CharField(max_length=64, blank=True)
    """A mark of what its reader might see when it was made: with other rights it is not handed out."""
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(_("rows written"), default=0)
    total = models.PositiveIntegerField(_("rows"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    """Until then a worker is at it; one that died leaves it to the next."""
    file = models.CharField(_("file"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True)
    expires_at = models.DateTimeField(_("expires"), null=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "leased_until"], name="export_to_go_on_with")]
        constraints = [
            models.CheckConstraint(
                name="export_state_known",
                condition=models.Q(state__in=State.values),
                violation_error_message=_("This state is not known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layer}.{self.format}"

    def get_absolute_url(self) -> str:
        return f"/exports/{self.pk}/"
