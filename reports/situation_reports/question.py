"""What a situation report is about: a place, a period, a moment of knowledge, and for whose eyes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from reports.conditions.querysets import Moment
from sites import areas
from sites.models import Monument, Site
from sites.queries import MonumentQuerySet, SiteQuerySet
from sites.readers import RoleReader

STAFF_ROLE = "Editor"
"""The role with whose rights reports for staff are made (portal/accounts/roles.py)."""


class Audience(models.TextChoices):
    """With whose rights it is made: it tells nobody more than they would see in the portal."""

    PUBLIC = "public", _("Everybody")
    STAFF = "staff", _("Staff: with exact places")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One of site, country and area is set; days are included on both ends."""

    site: Site | None = None
    country: str = ""
    area: dict[str, Any] | None = None
    period_from: datetime.date
    period_to: datetime.date
    known_at: datetime.datetime
    audience: str = Audience.PUBLIC

    @property
    def eve(self) -> datetime.date:
        """The day before the period: what its changes are compared with."""
        return self.period_from - datetime.timedelta(days=1)

    @property
    def moment(self) -> Moment:
        """The state as of the last day of the period, by what was known."""
        return Moment(as_of=self.period_to, known_at=self.known_at)

    @property
    def reader(self) -> PermissionsMixin | AnonymousUser:
        return RoleReader(STAFF_ROLE) if self.audience == Audience.STAFF else AnonymousUser()

    def monuments(self) -> MonumentQuerySet:
        """Those that the registry knew then."""
        known: MonumentQuerySet = Monument.objects.filter(created_at__lte=self.known_at)
        if self.site:
            return known.filter(site=self.site)
        if self.country:
            return known.filter(site__country=self.country)
        return known.filter(pk__in=_inside(known, self.area or {}))

    def sites(self) -> SiteQuerySet:
        """Those whose events are told: of an area, those that lie in it or have a monument in it."""
        known: SiteQuerySet = Site.objects.filter(created_at__lte=self.known_at)
        if self.site:
            return known.filter(pk=self.site.pk)
        if self.country:
            return known.filter(country=self.country)
        of_monuments = self.monuments().values("site")
        return known.filter(Q(pk__in=_inside(known, self.area or {})) | Q(pk__in=of_monuments))


def _inside(places: QuerySet, area: dict[str, Any]) -> list[Any]:
    """By the place that the public sees, for every audience: an area must not tell what is hidden."""
    west, south, east, north = areas.box(area)
    boxed = places.filter(
        public_longitude__gte=west,
        public_longitude__lte=east,
        public_latitude__gte=south,
        public_latitude__lte=north,
    )
    rows = boxed.order_by().values_list("pk", "public_longitude", "public_latitude")
    return [pk for pk, lon, lat in rows if areas.contains(area, lon, lat)]
