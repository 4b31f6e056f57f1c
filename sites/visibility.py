"""Who may know where something stands. Every exit asks here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import Case, F, Q, When
from django.db.models.expressions import Combinable

from sites import disclosures
from sites.models import Disclosure, Monument, Site
from sites.responsibility import answers_for, area_of
from sites.vocabulary import Sensitivity


def shows_exactly(place: Site | Monument, user: PermissionsMixin | AnonymousUser) -> bool:
    """Whether what this person sees of the place is the exact one."""
    if place.sensitivity == Sensitivity.PUBLIC:
        return True
    return user.has_perm("sites.view_exact_place") and answers_for(user, place)


def location(place: Site | Monument, user: PermissionsMixin | AnonymousUser) -> dict[str, Any] | None:
    """GeoJSON Point as far as this person may see it: exact, the centre of its grid cell, or None."""
    exact = reads_exactly(place, user)
    return place.point(exact=exact)


def boundary(place: Site | Monument, user: PermissionsMixin | AnonymousUser) -> dict[str, Any] | None:
    """The GeoJSON boundary, for those who see the exact place; a generalised place has none."""
    return place.boundary if reads_exactly(place, user) else None


def kept_at(monument: Monument, user: PermissionsMixin | AnonymousUser) -> str:
    """Where a movable object is kept: as sensitive as its place."""
    return monument.current_place if reads_exactly(monument, user) else ""


def reads_exactly(place: Site | Monument, user: PermissionsMixin | AnonymousUser) -> bool:
    """As `shows_exactly`, for who goes on to show it: that somebody read what is not public is logged."""
    exact = shows_exactly(place, user)
    if exact and place.sensitivity != Sensitivity.PUBLIC:
        disclosures.note(Disclosure.What.EXACT_PLACE, place.pk)
    return exact


def as_seen(user: PermissionsMixin | AnonymousUser, *, exact: Q, public: Q, site: str = "site") -> Q:
    """A condition on places, asked of what this person may know of each; `site` leads from the rows to the site.

    Asked of what is hidden, the numbers found would tell by halves where it is.
    """
    if not user.has_perm("sites.view_exact_place"):
        return public
    area = area_of(user)
    if area.everywhere:
        return exact
    own = area.condition(site)
    return (own & exact) | (~own & public)


def seen(user: PermissionsMixin | AnonymousUser, column: str, *, site: str = "site") -> Combinable:
    """A column of places ("longitude", "latitude", "cell") as this person may know it."""
    if not user.has_perm("sites.view_exact_place"):
        return F(f"public_{column}")
    area = area_of(user)
    if area.everywhere:
        return F(column)
    return Case(When(area.condition(site), then=F(column)), default=F(f"public_{column}"))
