"""For which sites a person's role holds. Rights outside it are those of any reader.

Who has no `Responsibility` answers for all sites; who has some, for these. What else such a person
sees of the others is a choice of the installation: `OUTSIDE_RESPONSIBILITY`, "read_only" or "unseen".
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import Q

from sites.models import Monument, Responsibility, Site

KEPT = "_tadmor_area"


class Area(NamedTuple):
    """Sites and countries; both None: everywhere."""

    sites: frozenset | None = None
    countries: frozenset | None = None

    @property
    def everywhere(self) -> bool:
        return self.sites is None

    def covers(self, place: Site | Monument) -> bool:
        if self.sites is None or self.countries is None:
            return True
        site = place.site if isinstance(place, Monument) else place
        return site.pk in self.sites or str(site.country) in self.countries

    def condition(self, site: str = "") -> Q:
        """As a filter; `site` is the path to the site from the rows that are filtered, empty for sites."""
        if self.sites is None or self.countries is None:
            return Q()
        path = f"{site}__" if site else ""
        return Q(**{f"{path}pk__in" if path else "pk__in": self.sites}) | Q(**{f"{path}country__in": self.countries})


EVERYWHERE = Area()


def area_of(user: PermissionsMixin | AnonymousUser) -> Area:
    """The sites for which this person's role holds; asked once per request."""
    if user.pk is None or user.is_superuser:
        return EVERYWHERE
    if not hasattr(user, KEPT):
        setattr(user, KEPT, _area(user))
    kept: Area = getattr(user, KEPT)
    return kept


def answers_for(user: PermissionsMixin | AnonymousUser, place: Site | Monument) -> bool:
    """Whether this person's role holds for the place."""
    return area_of(user).covers(place)


def hides_the_rest() -> bool:
    """Whether staff see of the sites of others only what everybody sees."""
    return settings.OUTSIDE_RESPONSIBILITY == "unseen"


def _area(user: PermissionsMixin | AnonymousUser) -> Area:
    rows = list(Responsibility.objects.filter(user=user.pk).values_list("site", "country"))
    if not rows:
        return EVERYWHERE
    return Area(
        frozenset(site for site, _ in rows if site),
        frozenset(country for _, country in rows if country),
    )
