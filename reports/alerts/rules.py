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
from reports.restoration.models import PlanStatus
from reports.situation.models import EventKind
from reports.vocabulary import COUNTING, Condition

SOUND = {Condition.GOOD, Condition.FAIR}
FALLEN = {Condition.POOR, Condition.VERY_BAD, Condition.DESTROYED}
NEWS_FOR = datetime.timedelta(days=30)
"""What happened at a site longer ago is history that somebody enters."""
GRAVE = {EventKind.CONTROL, EventKind.FIGHTING, EventKind.DAMAGE_NEARBY, EventKind.LOOTING, EventKind.CASUALTY}
STALLED = {PlanStatus.SUSPENDED, PlanStatus.REJECTED, PlanStatus.ABANDONED}


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


def of_event(kind: str, certainty: str, happened: datetime.date, today: datetime.date) -> Finding:
    """What to tell of an event at a site: hazards and fighting weigh, hearsay and history do not."""
    rule = Rule.HAZARD if kind == EventKind.HAZARD else Rule.SITUATION
    if today - happened > NEWS_FOR:
        return Finding(Rule.PAST_REPORT, Severity.INFO)
    if kind not in {EventKind.HAZARD, EventKind.ACCESS, *GRAVE}:
        return Finding(rule, Severity.INFO)
    grave = certainty in COUNTING and kind != EventKind.ACCESS
    return Finding(rule, Severity.MAJOR if grave else Severity.MINOR)


def of_plan(before: tuple[str, str] | None, after: tuple[str, str]) -> Finding | None:
    """What to tell of a plan, by its status and phase before (None: it is new) and after; None: nothing."""
    if before == after:
        return None
    status, former = after[0], before[0] if before else ""
    if status in STALLED and status != former:
        return Finding(Rule.PLAN_STALLED, Severity.MINOR)
    if status == PlanStatus.COMPLETED and status != former:
        return Finding(Rule.PLAN_COMPLETED, Severity.INFO)
    if status == PlanStatus.IN_PROGRESS:
        return Finding(Rule.PHASE_BEGUN, Severity.INFO)
    return Finding(Rule.PLAN_CHANGED if before else Rule.PLAN_NEW, Severity.INFO)
