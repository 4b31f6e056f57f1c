"""When somebody must look at a monument again. Pure: no database, no clock.

docs/inspections.md states the rule as a table; this file is that table in code.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.conditions.status import Status
from reports.vocabulary import Certainty, Condition, DamageGrade


class Why(models.TextChoices):
    """The lines of the table, the shortest interval first."""

    NEVER = "never", _("nobody sure has ever looked")
    IMMINENT = "imminent", _("a threat is imminent")
    DOUBTFUL = "doubtful", _("reports contradict each other, or damage is suspected")
    GRAVE = "grave", _("severe damage or very bad condition")
    WEAKENED = "weakened", _("moderate damage, poor condition or a possible threat")
    USUAL = "usual", _("nothing calls for an earlier look")


DAYS = {Why.NEVER: 0, Why.IMMINENT: 14, Why.DOUBTFUL: 30, Why.GRAVE: 60, Why.WEAKENED: 120, Why.USUAL: 180}
"""From the last assessment; never longer than until a status counts as not assessed for long."""

UNSURE = Certainty.MEDIUM
"""Of a status that is as sure as this and no more, half the interval."""

GRAVE_GRADES = (DamageGrade.SEVERE, DamageGrade.VERY_SEVERE)
GRAVE_CONDITIONS = (Condition.VERY_BAD,)
WEAK_GRADES = (DamageGrade.MODERATE,)
WEAK_CONDITIONS = (Condition.POOR,)


class Threatened(NamedTuple):
    """What was reported within a year and stands."""

    imminent: bool = False
    at_all: bool = False


class Due(NamedTuple):
    on: datetime.date
    days: int
    """The interval that gave it."""
    why: Why


def due(held: Status, threatened: Threatened, *, today: datetime.date) -> Due:
    """The day on which somebody must have looked again; today, where nobody ever looked."""
    why = reason(held, threatened)
    if held.assessed_on is None:
        return Due(today, 0, why)
    days = interval(why, held.certainty)
    return Due(held.assessed_on + datetime.timedelta(days=days), days, why)


def interval(why: Why, certainty: str) -> int:
    return DAYS[why] // 2 if certainty == UNSURE else DAYS[why]


def reason(held: Status, threatened: Threatened) -> Why:
    """The first line of the table that applies."""
    lines = {
        Why.NEVER: held.assessed_on is None,
        Why.IMMINENT: threatened.imminent,
        Why.DOUBTFUL: held.contested or held.suspected,
        Why.GRAVE: held.damage_grade in GRAVE_GRADES or held.condition in GRAVE_CONDITIONS,
        Why.WEAKENED: held.damage_grade in WEAK_GRADES or held.condition in WEAK_CONDITIONS or threatened.at_all,
    }
    return next((why for why, applies in lines.items() if applies), Why.USUAL)
