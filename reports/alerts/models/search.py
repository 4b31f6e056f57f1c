"""Monuments that somebody looks for again and again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from reports.alerts.queries import SearchQuerySet
from reports.vocabulary import DamageGrade
from sites.areas import validate_area
from sites.ids import uuid7
from sites.models import Site
from sites.vocabulary import MonumentType


class Search(models.Model):
    """Which monuments: of a site, a country, a type, a drawn area, at least so damaged; empty means any.

    The one object behind the portal's list, its map layer, its feed, and subscriptions by mail and webhook.
    The area holds what the public may see of a place, or its corners would tell what is hidden.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="searches",
        verbose_name=_("user"),
    )
    name = models.CharField(_("name"), max_length=100)
    country = CountryField(verbose_name=_("country"), blank=True)
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("site"))
    type = models.CharField(_("type"), max_length=30, choices=MonumentType.choices, blank=True)
    least_grade = models.CharField(
        _("damage at least"),
        max_length=12,
        choices=[(value, label) for value, label in DamageGrade.choices if value != DamageGrade.UNKNOWN],
        blank=True,
    )
    area = models.JSONField(
        _("area"), null=True, blank=True, validators=[validate_area], help_text=_("GeoJSON polygon.")
    )
    west = models.FloatField(null=True, editable=False)
    south = models.FloatField(null=True, editable=False)
    east = models.FloatField(null=True, editable=False)
    north = models.FloatField(null=True, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects: ClassVar = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="search_area_with_its_box",
                condition=Q(west__isnull=True, south__isnull=True, east__isnull=True, north__isnull=True)
                | Q(west__isnull=False, south__isnull=False, east__isnull=False, north__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
