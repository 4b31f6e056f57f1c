"""How much help to a monument would matter, from 0 to 100: five parts and their weights, shown as they are. Pure.

docs/restoration.md has the parts as a table. What nobody knows is left out and not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.restoration.vocabulary import Feasibility
from reports.vocabulary import Access, Condition
from sites.vocabulary import DesignationKind


class Aspect(models.TextChoices):
    SIGNIFICANCE = "significance", _("Significance")
    CONDITION = "condition", _("Condition")
    RISK = "risk", _("Risk of loss")
    FEASIBILITY = "feasibility", _("Feasibility")
    ACCESS = "access", pgettext_lazy("score", "Access")


SIGNIFICANCE: dict[str, int] = {
    DesignationKind.IN_DANGER: 100,
    DesignationKind.WORLD_HERITAGE: 100,
    DesignationKind.ENHANCED_PROTECTION: 90,
    DesignationKind.TENTATIVE: 70,
    DesignationKind.NATIONAL: 60,
}
NOT_DESIGNATED = 30
CONDITION: dict[str, int] = {Condition.VERY_BAD: 100, Condition.POOR: 70, Condition.FAIR: 40, Condition.GOOD: 10}
AT_RISK, NOT_AT_RISK = 100, 20
"""With and without an imminent threat that was reported within a year."""
FEASIBILITY: dict[str, int] = {
    Feasibility.HIGH: 100,
    Feasibility.MEDIUM: 60,
    Feasibility.LOW: 30,
    Feasibility.NOT_FEASIBLE: 0,
}
ACCESS: dict[str, int] = {Access.SAFE: 100, Access.RESTRICTED: 60, Access.UNSAFE: 20, Access.MINED: 0}


class Known(NamedTuple):
    """What is known of a monument; an empty text: nobody says."""

    designations: frozenset[str]
    condition: str
    is_threatened: bool
    feasibilities: frozenset[str]
    """Of its plans that were not given up."""
    access: str


class Part(NamedTuple):
    aspect: str
    value: int | None
    """From 0 to 100; None: not known, and left out."""
    weight: int

    @property
    def label(self) -> str:
        return str(Aspect(self.aspect).label)


class Score(NamedTuple):
    total: int | None
    """The mean of the known parts by their weights; None where nothing that has a weight is known."""
    parts: list[Part]


def score(known: Known, weights: Mapping[str, int]) -> Score:
    values = {
        Aspect.SIGNIFICANCE: max(_of(SIGNIFICANCE, known.designations), default=NOT_DESIGNATED),
        Aspect.CONDITION: max(_of(CONDITION, [known.condition]), default=None),
        Aspect.RISK: AT_RISK if known.is_threatened else NOT_AT_RISK,
        Aspect.FEASIBILITY: max(_of(FEASIBILITY, known.feasibilities), default=None),
        Aspect.ACCESS: max(_of(ACCESS, [known.access]), default=None),
    }
    parts = [Part(aspect, values[aspect], weights.get(aspect, 0)) for aspect in Aspect]
    counted = [(part.value, part.weight) for part in parts if part.value is not None]
    together = sum(weight for _value, weight in counted)
    total = round(sum(value * weight for value, weight in counted) / together) if together else None
    return Score(total, parts)


def _of(values: Mapping[str, int], codes: Iterable[str]) -> list[int]:
    return [values[code] for code in codes if code in values]
