"""Code lists of the situation of a site. Codes are stored as they stand; labels are translated."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.vocabulary import Danger


class EventKind(models.TextChoices):
    CONTROL = "control", _("Control")
    FIGHTING = "fighting", _("Fighting")
    AIR_STRIKE = "air_strike", _("Air strike")
    DAMAGE_NEARBY = "damage_nearby", _("Damage nearby")
    LOOTING = "looting", _("Looting")
    ILLEGAL_DIGGING = "illegal_digging", _("Illegal digging")
    NATURAL_DISASTER = "natural_disaster", _("Natural disaster")
    CASUALTY = "casualty", _("Casualty")
    DISPLACEMENT = "displacement", _("Displacement")
    ACCESS = "access", _("Access")
    HAZARD = "hazard", _("Hazard")
    CLEARANCE = "clearance", pgettext_lazy("event", "Clearance")
    AGREEMENT = "agreement", _("Agreement")
    MISSION = "mission", _("Mission or visit")
    STATEMENT = "statement", pgettext_lazy("event", "Statement")
    DESIGNATION = "designation", _("Designation")
    DEVELOPMENT = "development", _("Development")
    OTHER = "other", _("Other")


class AccessLevel(models.TextChoices):
    """Whether people can go to the site, in order of strictness."""

    OPEN = "open", pgettext_lazy("access", "Open")
    RESTRICTED = "restricted", pgettext_lazy("access", "Restricted")
    CLOSED = "closed", pgettext_lazy("access", "Closed")


STRICTNESS: dict[str, int] = {AccessLevel.OPEN: 0, AccessLevel.RESTRICTED: 1, AccessLevel.CLOSED: 2}


class Outcome(models.TextChoices):
    """What a clearance did to the hazard."""

    ENDED = "ended", pgettext_lazy("hazard", "Ended")
    REDUCED = "reduced", pgettext_lazy("hazard", "Reduced; it goes on")


KILLS = frozenset({Danger.MINES, Danger.UNEXPLODED_ORDNANCE})
"""Dangers of which nobody may go near without having been told."""

GRAVITY: dict[str, int] = {danger: number for number, danger in enumerate(Danger.values)}
"""Order in which hazards are told: what kills unseen comes first."""

WITH_AREA = (EventKind.HAZARD, EventKind.CLEARANCE)
"""Kinds of event that may have an area on the map."""
