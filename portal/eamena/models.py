"""A sheet that somebody has taken in: checked by a worker, confirmed, then written place by place."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.ids import uuid7


class State(models.TextChoices):
    CHECKING = "checking", pgettext_lazy("sheet", "Being checked")
    CHECKED = "checked", pgettext_lazy("sheet", "Checked; nothing is written yet")
    WRITING = "writing", pgettext_lazy("sheet", "Being written")
    DONE = "done", pgettext_lazy("sheet", "Written")
    STOPPED = "stopped", pgettext_lazy("sheet", "Stopped")
    FAILED = "failed", pgettext_lazy("sheet", "Given up")


UNDER_WAY = (State.CHECKING, State.WRITING)


class Sheet(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("file name"), max_length=255)
    file = models.CharField(_("file"), max_length=200)
    """As it came, then its rows as lines of JSON; empty when it is over."""
    language = models.CharField(_("language of its descriptions"), max_length=5, choices=settings.LANGUAGES)
    reader_language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CHECKING)
    total = models.PositiveIntegerField(_("places"), null=True)
    """Unknown until its rows are read."""
    done = models.PositiveIntegerField(_("places gone through"), default=0)
    """It moves on in the transaction in which its place is written."""
    sites = models.PositiveIntegerField(_("sites"), default=0)
    monuments = models.PositiveIntegerField(_("monuments"), default=0)
    reports = models.PositiveIntegerField(_("reports"), default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    """How often a worker began without ending a place."""
    leased_until = models.DateTimeField(null=True)
    """Until then a worker is at it; one that died leaves it to the next."""
    why = models.TextField(_("why not all"), blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "leased_until"], name="sheet_to_go_on_with"),
            models.Index(fields=["asked_by", "asked_at"], name="sheet_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="sheet_state_known",
                condition=models.Q(state__in=State.values),
                violation_error_message=_("This state is not known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.done}/{self.total}"

    def get_absolute_url(self) -> str:
        return reverse("admin:eamena-sheet", args=[self.pk])


class Outcome(models.Model):
    """What became of a place: for those that are part of it, and for the worker that goes on after another."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="outcomes")
    place = models.PositiveIntegerField(_("place"))
    """Its number in the order of the work."""
    key = models.UUIDField(null=True)
    """Of the site or the monument that was written; none: it was refused."""
    is_monument = models.BooleanField(default=False)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "place"],
                name="sheet_place_once",
                violation_error_message=_("This place was gone through already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.key}"


class Remark(models.Model):
    """What is wrong with a cell, so that its place is refused; or what is left out while the rest is taken."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="remarks")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=100, blank=True)
    message = models.TextField(_("message"))
    refuses = models.BooleanField(_("refuses its place"))

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["-refuses", "row", "id"]

    def __str__(self) -> str:
        return f"{self.row}, {self.column}: {self.message}"
