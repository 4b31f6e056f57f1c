"""Does a publication deserve an alert, and how severe is it? Pure: no database, no clock.

The table of triggers is that of docs/alerts.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reports.alerts.models import Rule, Severity
from reports.conditions import status
from reports.conditions.actions import Change
from reports.conditions.status import Period, Status
from reports.conditions.threats import is_imminent
from reports.restoration.models import PlanStatus
from reports.situation.models import EventKind
from reports.vocabulary import COUNTING, Condition, ThreatProbability

SOUND = {Condition.GOOD, Condition.FAIR}
FALLEN = {Condition.POOR, Condition.VERY_BAD, Condition.DESTROYED}
NEWS_FOR = datetime.timedelta(days=30)
"""What happened at a site longer ago is history that somebody enters."""
WARNS_FOR = datetime.timedelta(days=365)
"""For so long a threat or a danger stands that was reported; who repeats it says nothing new."""
LIKELIHOOD = {
    probability: rank
    for rank, probability in enumerate(
        [
            ThreatProbability.NOT_APPLICABLE,
            ThreatProbability.POSSIBLE,
            ThreatProbability.PROBABLE,
            ThreatProbability.PLANNED,
        ]
    )
}
GRAVE = {
    EventKind.CONTROL,
    EventKind.FIGHTING,
    EventKind.AIR_STRIKE,
    EventKind.DAMAGE_NEARBY,
    EventKind.LOOTING,
    EventKind.ILLEGAL_DIGGING,
    EventKind.NATURAL_DISASTER,
    EventKind.CASUALTY,
    EventKind.DISPLACEMENT,
}
STALLED = {PlanStatus.SUSPENDED, PlanStatus.REJECTED, PlanStatus.ABANDONED}


class Finding(NamedTuple):
    rule: Rule
    severity: Severity


class ThreatFacts(NamedTuple):
    category: str
    cause: str
    probability: str


class DangerFacts(NamedTuple):
    """What endangers people on the site."""

    danger: str
    certainty: str


class Warnings(NamedTuple):
    """What a report warns of, and what was known of the same before it."""

    threats: Sequence[ThreatFacts] = ()
    dangers: Sequence[DangerFacts] = ()
    known_threats: Mapping[tuple[str, str], str] = {}
    """By category and cause, the greatest probability."""
    known_dangers: Mapping[str, bool] = {}
    """Whether it was known for sure."""


def assess(
    change: Change,
    observed_on: datetime.date,
    warnings: Warnings,
    before: Sequence[Period],
    after: Sequence[Period],
    *,
    today: datetime.date,
) -> list[Finding]:
    """What there is to tell of a publication, a correction or a retraction, the most severe first.

    `before` and `after` are the monument's whole history on either side of the change.
    """
    if change == Change.RETRACTED:
        return [Finding(Rule.RETRACTION, Severity.INFO)]
    findings = [*_of_status(observed_on, before, after), *_of_warnings(warnings, observed_on, today)]
    if change == Change.CORRECTED:
        findings.insert(0, Finding(Rule.CORRECTION, Severity.INFO))
    return sorted(findings, key=lambda finding: -finding.severity)


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
    if then.contested and not now.contested:
        yield Finding(Rule.SETTLED, Severity.INFO)
    if now.rank is not None:
        yield from _of_grade(then.rank or 0, now.rank)
    if then.condition in SOUND and now.condition in FALLEN:
        yield Finding(Rule.CONDITION_FALLS, Severity.MAJOR)
    if now.suspected and not then.suspected:
        yield Finding(Rule.SUSPECTED, Severity.MINOR)
    if then.condition in FALLEN and now.condition in SOUND:
        yield Finding(Rule.IMPROVEMENT, Severity.INFO)
    if now.contested and not then.contested:
        yield Finding(Rule.CONTESTED, Severity.INFO)
    if then.assessed_on is None and now.assessed_on is not None:
        yield Finding(Rule.FIRST_ASSESSMENT, Severity.INFO)


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


def _of_warnings(warnings: Warnings, observed_on: datetime.date, today: datetime.date) -> list[Finding]:
    """New threats and dangers, and those that became graver."""
    threats = [_of_threat(threat) for threat in warnings.threats if _is_raised(threat, warnings.known_threats)]
    dangers = [_of_danger(danger) for danger in warnings.dangers if _is_surer(danger, warnings.known_dangers)]
    findings = threats + dangers
    if findings and today - observed_on > WARNS_FOR:
        return [Finding(Rule.PAST_REPORT, Severity.INFO)]
    return findings


def _is_raised(threat: ThreatFacts, known: Mapping[tuple[str, str], str]) -> bool:
    former = known.get((threat.category, threat.cause))
    return former is None or likelihood(threat.probability) > likelihood(former)


def likelihood(probability: str) -> int:
    """Greater for what is likelier."""
    return LIKELIHOOD[ThreatProbability(probability)]


def _is_surer(danger: DangerFacts, known: Mapping[str, bool]) -> bool:
    return danger.danger not in known or (danger.certainty in COUNTING and not known[danger.danger])


def _of_threat(threat: ThreatFacts) -> Finding:
    if is_imminent(threat.category, threat.cause, threat.probability):
        return Finding(Rule.IMMINENT_THREAT, Severity.MAJOR)
    return Finding(Rule.POSSIBLE_THREAT, Severity.MINOR)


def _of_danger(danger: DangerFacts) -> Finding:
    return Finding(Rule.HAZARD, Severity.MAJOR if danger.certainty in COUNTING else Severity.MINOR)


def of_event(kind: str, certainty: str, happened: datetime.date, today: datetime.date) -> Finding:
    """What to tell of an event at a site: hazards and fighting weigh, hearsay and history do not."""
    rule = Rule.HAZARD if kind == EventKind.HAZARD else Rule.SITUATION
    if today - happened > NEWS_FOR:
        return Finding(Rule.PAST_REPORT, Severity.INFO)
    if kind not in {EventKind.HAZARD, EventKind.ACCESS, *GRAVE}:
        return Finding(rule, Severity.INFO)
    grave = certainty in COUNTING and kind != EventKind.ACCESS
    return Finding(rule, Severity.MAJOR if grave else Severity.MINOR)


def of_corrected_event(before: Finding, after: Finding) -> Finding:
    """What became graver is news to all; else those are told who were told of the first."""
    return after if after.severity > before.severity else Finding(Rule.CORRECTION, Severity.INFO)


def of_plan(before: tuple[str, str] | None, after: tuple[str, str], *, tells_progress: bool = False) -> Finding | None:
    """What to tell of a plan, by its status and phase before (None: it is new) and after; None: nothing."""
    if before == after:
        return Finding(Rule.PLAN_PROGRESS, Severity.INFO) if tells_progress else None
    status, former = after[0], before[0] if before else ""
    if status in STALLED and status != former:
        return Finding(Rule.PLAN_STALLED, Severity.MINOR)
    if status == PlanStatus.COMPLETED and status != former:
        return Finding(Rule.PLAN_COMPLETED, Severity.INFO)
    if status == PlanStatus.IN_PROGRESS:
        return Finding(Rule.PHASE_BEGUN, Severity.INFO)
    return Finding(Rule.PLAN_CHANGED if before else Rule.PLAN_NEW, Severity.INFO)
