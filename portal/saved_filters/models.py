"""What somebody often asks of a list of the admin, under a name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.ids import uuid7


class SavedFilter(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner"))
    list = models.CharField(_("list"), max_length=100)
    """The label of its model."""
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filters, search and order"), max_length=2_000)
    """As it stands in the address of the list."""
    on_first_page = models.BooleanField(_("on the first page"), default=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list", "name"],
                name="saved_filter_name_once",
                violation_error_message=_("You have saved filters of this name already."),
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=models.Q(on_first_page=True),
                name="saved_filter_one_on_first_page",
                violation_error_message=_("One of them is on the first page already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
