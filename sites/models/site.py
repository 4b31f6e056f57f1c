from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from sites.ids import uuid7
from sites.models.place import Place
from sites.queries import SiteQuerySet


class Site(Place):
    """A heritage place with monuments, such as Palmyra."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("short name in addresses"), max_length=100, unique=True)
    country = CountryField(verbose_name=_("country"), db_index=True)
    note = models.TextField(_("note"), blank=True)
    links = models.JSONField(_("links"), default=dict, blank=True, help_text=_("Label and address of each."))
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects: ClassVar = SiteQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["public_longitude", "public_latitude"])

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["slug"]
        indexes = [models.Index(fields=["public_longitude", "public_latitude"], name="site_public_cell")]
        constraints = Place.constraints_of("site")
        permissions = [("view_exact_place", _("Can see exact places of sensitive sites and monuments"))]

    def __str__(self) -> str:
        return getattr(self, "label", None) or self.slug

    def get_absolute_url(self) -> str:
        return f"/sites/{self.slug}/"
