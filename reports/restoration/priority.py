"""How urgent help for a monument is: a letter of the Heritage at Risk Register, suggested with its reasons.

Pure but for the reader's language. docs/status.md has the rule as a table.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.conditions.status import Status
from reports.restoration.models import Letter, PlanStatus
from reports.vocabulary import Condition, DamageGrade

THREAT_DAYS = 365
"""A threat that nobody repeated for so long is not imminent any more."""
AGREED = {PlanStatus.APPROVED, PlanStatus.FUNDED}
SOUND = {Condition.GOOD, Condition.FAIR}


class Facts(NamedTuple):
    """What the suggestion reads of one monument."""

    status: Status
    imminent_threat_on: datetime.date | None
    """The last day on which an imminent threat was reported, of those that are recent."""
    plans: frozenset[str]
    """The statuses of its plans."""


class Priority(NamedTuple):
    """The letter that holds; empty where there is nothing to save or nothing is known."""

    letter: str
    reasons: list[str]
    suggested: str
    overridden: bool = False

    @property
    def label(self) -> str:
        return str(Letter(self.letter).label) if self.letter else _("none")


def suggest(facts: Facts) -> Priority:
    """The letter that follows from condition, threats and plans."""
    held = facts.status
    if held.damage_grade == DamageGrade.DESTROYED:
        return _priority("", [_("Nothing stands that could decay.")])
    reasons = _urgency(facts)
    if not reasons and held.condition == Condition.UNKNOWN and held.rank is None:
        return _priority("", [_("Nobody knows its state.")])
    if PlanStatus.IN_PROGRESS in facts.plans:
        return _priority(Letter.F, [_("Works are in progress."), *reasons])
    if not reasons and held.condition in SOUND:
        return _priority(Letter.E, [_("It is in good or fair condition, and no threat is imminent.")])
    agreed = bool(facts.plans & AGREED)
    solution = _("A plan is approved or funded.") if agreed else _("No plan is approved.")
    if reasons:
        return _priority(Letter.B if agreed else Letter.A, [*reasons, solution])
    return _priority(Letter.D if agreed else Letter.C, [_("No threat is imminent; it decays slowly."), solution])


def _urgency(facts: Facts) -> list[str]:
    reasons = []
    if facts.imminent_threat_on:
        reasons.append(_("An imminent threat has been reported within a year."))
    if facts.status.condition == Condition.VERY_BAD:
        reasons.append(_("Its condition is very bad."))
    return reasons


def _priority(letter: str, reasons: list[str]) -> Priority:
    return Priority(letter, reasons, letter)
