"""Does a publication deserve an alert, and how severe is it? Pure: no database, no clock.

The table of triggers is that of docs/alerts.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reports.alerts.models import Rule, Severity
from reports.conditions import status
from reports.conditions.actions import Change
from reports.conditions.status import Period, Status
from reports.conditions.threats import is_imminent
from reports.vocabulary import Condition

SOUND = {Condition.GOOD, Condition.FAIR}
FALLEN = {Condition.POOR, Condition.VERY_BAD, Condition.DESTROYED}


class Finding(NamedTuple):
    rule: Rule
    severity: Severity


class ThreatFacts(NamedTuple):
    category: str
    cause: str
    probability: str


def assess(
    change: Change,
    observed_on: datetime.date,
    threats: Iterable[ThreatFacts],
    before: Sequence[Period],
    after: Sequence[Period],
) -> Finding | None:
    """The most severe thing to tell of a publication, a correction or a retraction; None: nothing.

    `before` and `after` are the monument's whole history on either side of the change.
    """
    if change == Change.RETRACTED:
        return Finding(Rule.RETRACTION, Severity.INFO)
    findings = [*_of_status(observed_on, before, after), *(_of_threat(threat) for threat in threats)]
    if change == Change.CORRECTED:
        findings.append(Finding(Rule.CORRECTION, Severity.INFO))
        findings.sort(key=lambda finding: finding.rule != Rule.CORRECTION)
    return max(findings, key=lambda finding: finding.severity, default=None)


def _of_status(day: datetime.date, before: Sequence[Period], after: Sequence[Period]) -> list[Finding]:
    """Compared at the time of the observation; what leaves the present as it was is at most an information."""
    then, now = status.at(before, day), status.at(after, day)
    findings = list(_changes(then, now))
    if findings and _shown(status.current(before)) == _shown(status.current(after)):
        return [Finding(Rule.PAST_REPORT, Severity.INFO)]
    return findings


def _shown(held: Status) -> tuple[str, str, bool, bool]:
    return (held.damage_grade, held.condition, held.contested, held.suspected)


def _changes(then: Status, now: Status) -> Iterable[Finding]:
    if now.rank is not None:
        yield from _of_grade(then.rank or 0, now.rank)
    if then.condition in SOUND and now.condition in FALLEN:
        yield Finding(Rule.CONDITION_FALLS, Severity.MAJOR)
    if now.suspected and not then.suspected:
        yield Finding(Rule.SUSPECTED, Severity.MINOR)
    if now.contested and not then.contested:
        yield Finding(Rule.CONTESTED, Severity.INFO)


def _of_grade(then: int, now: int) -> Iterable[Finding]:
    """By ranks, 0 to 5; a monument of which nothing was known counts as undamaged before."""
    rise = now - then
    if rise < 0:
        yield Finding(Rule.IMPROVEMENT, Severity.INFO)
    elif rise >= 2 or (rise == 1 and now >= 4):  # noqa: PLR2004
        yield Finding(Rule.NEW_LOSS, Severity.CRITICAL)
    elif rise == 1 and now > 1:
        yield Finding(Rule.DETERIORATION, Severity.MAJOR)
    elif rise == 1:
        yield Finding(Rule.FIRST_DAMAGE, Severity.MINOR)


def _of_threat(threat: ThreatFacts) -> Finding:
    if is_imminent(threat.category, threat.cause, threat.probability):
        return Finding(Rule.IMMINENT_THREAT, Severity.MAJOR)
    return Finding(Rule.POSSIBLE_THREAT, Severity.MINOR)
