"""What somebody has done with many rows of a list of the admin, row by row, by a worker."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.ids import uuid7


class State(models.TextChoices):
    ASKED = "asked", pgettext_lazy("list action", "To be confirmed")
    WAITING = "waiting", pgettext_lazy("list action", "Waiting for a worker")
    RUNNING = "running", pgettext_lazy("list action", "Under way")
    DONE = "done", pgettext_lazy("list action", "Done")
    STOPPED = "stopped", pgettext_lazy("list action", "Stopped")
    FAILED = "failed", pgettext_lazy("list action", "Given up")


UNDER_WAY = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """An action on rows that were chosen once and for all: what is confirmed is what was shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.CharField(_("action"), max_length=30)
    keys = models.JSONField(default=list)
    """The primary keys of the rows, in the order of the list."""
    answers = models.JSONField(default=dict)
    """What the form of the action was told, as it was posted."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("asked for by")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    total = models.PositiveIntegerField(_("rows"))
    done = models.PositiveIntegerField(_("rows gone through"), default=0)
    """The place in `keys`: it moves on in the transaction in which its row changes."""
    tries = models.PositiveSmallIntegerField(default=0)
    """How often a worker began without ending a row."""
    leased_until = models.DateTimeField(null=True)
    """Until then a worker is at it; one that died leaves it to the next."""
    why = models.TextField(_("why not all"), blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("list action")
        verbose_name_plural = _("list actions")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "leased_until"], name="bulk_to_go_on_with"),
            models.Index(fields=["asked_by", "asked_at"], name="bulk_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="bulk_state_known",
                condition=models.Q(state__in=State.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="bulk_within_its_rows",
                condition=models.Q(done__lte=models.F("total")),
                violation_error_message=_("More rows are done than there are."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.done}/{self.total}"

    def get_absolute_url(self) -> str:
        return reverse("admin:bulk", args=[self.pk])

    @property
    def label(self) -> str:
        from portal.bulk.registry import BULKS

        bulk = BULKS[self.action]
        return f"{capfirst(bulk.model._meta.verbose_name_plural)}: {bulk.label}"


class Refusal(models.Model):
    """A row with which it could not be done, and why."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="refusals")
    key = models.CharField(_("row"), max_length=100)
    reason = models.TextField(_("reason"))

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "key"],
                name="bulk_refused_once",
                violation_error_message=_("This row was refused already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"
