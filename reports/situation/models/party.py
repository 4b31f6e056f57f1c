from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.situation.models.trilingual import Trilingual
from sites.ids import uuid7


class Party(Trilingual):
    """Who may control a site, under a neutral name. The installation keeps the list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["slug"]
        constraints = [Trilingual.written_in_all("party_in_three_languages")]
