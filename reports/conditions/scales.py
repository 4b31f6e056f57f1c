"""The field's other scales, entered as given, and what they mean in ours. Pure.

A mapping loses detail, so a report keeps scheme and value beside the grade. EAMENA: Overall Condition
State; UNITAR-UNOSAT: satellite damage classes; EMS-98: European Macroseismic Scale 1998, grades of
buildings; ICCROM: safety and access of the on-site form (2018 handbook), which says nothing of damage;
Historic England: condition in the Heritage at Risk Register, which describes decay and not war damage.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.vocabulary import Access, Certainty, Condition, DamageGrade, Extent


class Scheme(models.TextChoices):
    EAMENA = "eamena", _("EAMENA, overall condition state")
    UNOSAT = "unosat", _("UNITAR-UNOSAT, satellite damage class")
    EMS98 = "ems98", _("EMS-98, damage grade of buildings")
    ICCROM = "iccrom", _("ICCROM, safety and access")
    HERITAGE_AT_RISK = "heritage_at_risk", _("Heritage at Risk, condition")


class Meaning(NamedTuple):
    """What a value of another scale says in ours; empty where it says nothing."""

    damage_grade: str = ""
    condition: str = ""
    access: str = ""
    suspected: bool = False
    certainty_at_most: str = ""
    """How sure such a finding can be at best; empty where the scale sets no limit."""


class Value(NamedTuple):
    label: object
    meaning: Meaning


_CONDITIONS = {
    "good": Value(pgettext_lazy("condition", "Good"), Meaning(DamageGrade.NONE, Condition.GOOD)),
    "fair": Value(pgettext_lazy("condition", "Fair"), Meaning(DamageGrade.SLIGHT, Condition.FAIR)),
    "poor": Value(pgettext_lazy("condition", "Poor"), Meaning(DamageGrade.MODERATE, Condition.POOR)),
    "very_bad": Value(pgettext_lazy("condition", "Very bad"), Meaning(DamageGrade.SEVERE, Condition.VERY_BAD)),
}

SCALES: dict[str, dict[str, Value]] = {
    Scheme.EAMENA: {
        **_CONDITIONS,
        "destroyed": Value(Condition.DESTROYED.label, Meaning(DamageGrade.DESTROYED, Condition.DESTROYED)),
        "unknown": Value(Condition.UNKNOWN.label, Meaning(DamageGrade.UNKNOWN, Condition.UNKNOWN)),
    },
    Scheme.UNOSAT: {
        "no_visible_damage": Value(
            # Satellites see roofs and footprints, not facades or interiors.
            _("No visible damage"),
            Meaning(DamageGrade.NONE, certainty_at_most=Certainty.MEDIUM),
        ),
        "possible": Value(
            _("Possible damage"), Meaning(DamageGrade.UNKNOWN, suspected=True, certainty_at_most=Certainty.LOW)
        ),
        "moderate": Value(_("Moderate damage"), Meaning(DamageGrade.MODERATE)),
        "severe": Value(_("Severe damage"), Meaning(DamageGrade.SEVERE)),
        "destroyed": Value(pgettext_lazy("damage", "Destroyed"), Meaning(DamageGrade.DESTROYED)),
    },
    Scheme.EMS98: {
        "1": Value(_("1: negligible to slight"), Meaning(DamageGrade.SLIGHT)),
        "2": Value(_("2: moderate"), Meaning(DamageGrade.MODERATE)),
        "3": Value(_("3: substantial to heavy"), Meaning(DamageGrade.SEVERE)),
        "4": Value(_("4: very heavy"), Meaning(DamageGrade.VERY_SEVERE)),
        "5": Value(_("5: destruction"), Meaning(DamageGrade.DESTROYED)),
    },
    Scheme.ICCROM: {access.value: Value(access.label, Meaning(access=access)) for access in Access},
    Scheme.HERITAGE_AT_RISK: _CONDITIONS,
}

CHOICES = [
    ("", "---------"),
    *(
        (scheme.label, [(f"{scheme}:{code}", value.label) for code, value in SCALES[scheme].items()])
        for scheme in Scheme
    ),
]
"""For a form: every value of every scale, as `scheme:value`, in groups."""


class UnknownValue(ValueError):
    """The scale has no such value."""


def meaning(scheme: str, value: str, extent: str = "") -> Meaning:
    """What the value says in our terms. Raises UnknownValue.

    EAMENA's "very bad" covers two of our grades; an extent above 60 % tells that it is the worse one.
    """
    try:
        found = SCALES[scheme][value].meaning
    except KeyError as error:
        raise UnknownValue(f"{scheme}:{value}") from error
    if scheme == Scheme.EAMENA and value == Condition.VERY_BAD and extent in {Extent.P61_90, Extent.P91_100}:
        return found._replace(damage_grade=DamageGrade.VERY_SEVERE)
    return found


def label(scheme: str, value: str) -> str:
    """ "EMS-98, damage grade of buildings: 4: very heavy"; the bare value where the scale does not have it."""
    known = SCALES.get(scheme, {}).get(value)
    return f"{Scheme(scheme).label}: {known.label if known else value}"
