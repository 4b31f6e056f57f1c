"""Who may know where something stands. Every exit asks here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, PermissionsMixin

from sites.models import Monument, Site
from sites.vocabulary import Sensitivity


def sees_exact_places(user: PermissionsMixin | AnonymousUser) -> bool:
    """Whether the exact places of sensitive sites and monuments may be shown to this person."""
    return user.has_perm("sites.view_exact_place")


def shows_exactly(place: Site | Monument, user: PermissionsMixin | AnonymousUser) -> bool:
    """Whether what this person sees of the place is the exact one."""
    return place.sensitivity == Sensitivity.PUBLIC or sees_exact_places(user)


def location(place: Site | Monument, user: PermissionsMixin | AnonymousUser) -> dict[str, Any] | None:
    """GeoJSON Point as far as this person may see it: exact, the centre of its grid cell, or None."""
    return place.point(exact=sees_exact_places(user))
