"""Writes to the registry that have a rule."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from sites.models import Monument, Site
from sites.responsibility import answers_for
from sites.vocabulary import Sensitivity


class NotAllowed(PermissionDenied):
    """This person does not answer for the place."""


@transaction.atomic
def save_place(place: Site | Monument, *, by: PermissionsMixin | AnonymousUser) -> None:
    """Save a site or a monument. Raises NotAllowed.

    The parts of a monument are at least as sensitive as the whole: the place of a part tells its own.
    """
    if not answers_for(by, place):
        raise NotAllowed(_("You do not answer for this site."))
    if isinstance(place, Monument) and place.parent:
        _protect(place, place.parent)
    place.save()
    if isinstance(place, Monument):
        for part in place.parts.all():
            _protect(part, place)
            part.save()


def _protect(part: Monument, whole: Monument) -> None:
    part.sensitivity = stricter(part.sensitivity, whole.sensitivity)
    part.cells_per_degree = min(part.cells_per_degree, whole.cells_per_degree)


def stricter(one: str, other: str) -> str:
    """The sensitivity of the two that shows less."""
    order = [Sensitivity.PUBLIC, Sensitivity.GENERALISED, Sensitivity.HIDDEN]
    return max(one, other, key=lambda value: order.index(Sensitivity(value)))
