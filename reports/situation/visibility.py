"""Who may know where exactly a hazard is: a map of mines is as sensitive as the place of a tomb."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, PermissionsMixin

from reports.situation.models import SituationEvent
from sites import disclosures
from sites.geometry import cell_square
from sites.models import Disclosure
from sites.responsibility import answers_for


def shows_area(event: SituationEvent, user: PermissionsMixin | AnonymousUser) -> bool:
    """Whether this person may see the exact area."""
    return user.has_perm("sites.view_exact_place") and answers_for(user, event.site)


def area(event: SituationEvent, user: PermissionsMixin | AnonymousUser) -> dict[str, Any] | None:
    """GeoJSON polygon: the exact area (that it was read is logged), else the grid cell; None where there is none."""
    if event.area and shows_area(event, user):
        disclosures.note(Disclosure.What.EXACT_PLACE, event.pk)
        return event.area
    if event.cell_longitude is None or event.cell_latitude is None:
        return None
    return cell_square(event.cell_longitude, event.cell_latitude)
