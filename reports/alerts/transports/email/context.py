"""The facts of an alert as words for the reader's language, which must be active."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from reports.alerts.facts import Facts, ReportFacts, StatusFacts
from reports.alerts.models import Alert, Rule
from reports.vocabulary import (
    CauseCategory,
    CauseType,
    Certainty,
    Condition,
    DamageGrade,
    ReportKind,
    ThreatProbability,
)
from sites.dates import Span, describe


def frame(language: str) -> dict[str, Any]:
    """What every message needs to be set in its language."""
    return {
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        # Becoming points the way that the language is read.
        "becomes": "←" if translation.get_language_bidi() else "→",
    }


def context(alert: Alert, language: str) -> dict[str, Any]:
    facts: Facts = alert.facts
    report = facts["report"]
    return {
        **frame(language),
        "rule": Rule(alert.rule).label,
        "rule_code": alert.rule,
        "severity": alert.get_severity_display(),
        "monument": _name(facts["monument_names"], language),
        "site": _name(facts["site_names"], language),
        "before": _status(facts["before"]),
        "after": _status(facts["after"]),
        # Alerts that were raised before both sides were kept have none.
        "sides": [(DamageGrade(side["damage_grade"]).label, side["source"]) for side in facts.get("sides", [])],
        "grade_changes": facts["before"]["damage_grade"] != facts["after"]["damage_grade"],
        "condition_changes": facts["before"]["condition"] != facts["after"]["condition"],
        "report": _report(report),
        "url": f"{settings.BASE_URL}/monuments/{facts['monument']}/",
    }


def _name(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()))


def _status(status: StatusFacts) -> dict[str, Any]:
    return {
        "grade": DamageGrade(status["damage_grade"]).label,
        "grade_code": status["damage_grade"],
        "condition": Condition(status["condition"]).label,
        "contested": status["contested"],
        "suspected": status["suspected"],
    }


def _report(report: ReportFacts) -> dict[str, Any]:
    start = report["date_from"]
    first = datetime.date.fromisoformat(start) if start else None
    last = datetime.date.fromisoformat(report["date_to"])
    return {
        **report,
        "observed": describe(Span(first, last, report["date_precision"])),
        "kind": ReportKind(report["kind"]).label,
        "certainty": Certainty(report["certainty"]).label,
        "threats": [
            {
                "category": CauseCategory(threat["category"]).label,
                "cause": CauseType(threat["cause"]).label,
                "probability": ThreatProbability(threat["probability"]).label,
            }
            for threat in report["threats"]
        ],
    }
