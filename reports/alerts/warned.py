"""What a report warns of, and what was known of the same before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from reports.alerts.rules import WARNS_FOR, DangerFacts, ThreatFacts, Warnings, likelihood
from reports.conditions.models import ConditionReport, RiskToPeople, Threat
from reports.conditions.workflow import State
from reports.vocabulary import COUNTING


def warnings(report: ConditionReport) -> Warnings:
    """Two queries, and one more for threats and for dangers where there are any."""
    threats = [ThreatFacts(*row) for row in report.threats.values_list(*ThreatFacts._fields)]
    dangers = [DangerFacts(*row) for row in report.risks.values_list(*DangerFacts._fields)]
    known_threats: dict[tuple[str, str], str] = {}
    for category, cause, probability in _known(Threat, report, ThreatFacts) if threats else ():
        former = known_threats.get((category, cause), probability)
        known_threats[category, cause] = max(former, probability, key=likelihood)
    known_dangers: dict[str, bool] = {}
    for danger, certainty in _known(RiskToPeople, report, DangerFacts) if dangers else ():
        known_dangers[danger] = known_dangers.get(danger, False) or certainty in COUNTING
    return Warnings(threats, dangers, known_threats, known_dangers)


def _known(finding: type[Threat] | type[RiskToPeople], report: ConditionReport, facts: Any) -> Iterable[Any]:
    """What other standing reports of the monument say, with the one that this one corrects."""
    stands = Q(report__state=State.PUBLISHED, report__confidential=False) | Q(report=report.supersedes_id)
    others = finding.objects.filter(stands, report__monument=report.monument_id).exclude(report=report.pk)
    return others.filter(report__date_to__gte=report.observed_on - WARNS_FOR).values_list(*facts._fields)
