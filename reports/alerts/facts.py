"""What an alert says, kept as it was when it was raised. No exact places, no authors."""

from __future__ import annotations

from typing import TypedDict

from reports.conditions import queries, status
from reports.conditions.models import ConditionReport
from sites.models import Monument, Site


class StatusFacts(TypedDict):
    damage_grade: str
    condition: str
    fabric_status: str
    certainty: str
    contested: bool
    suspected: bool


class ReportFacts(TypedDict):
    kind: str
    part: str
    date_from: str | None
    date_to: str
    date_precision: str
    certainty: str
    source: str
    source_url: str
    narrative: str
    language: str
    retraction_reason: str
    threats: list[dict[str, str]]


class SideFacts(TypedDict):
    source: str
    damage_grade: str


class Facts(TypedDict):
    monument: str
    monument_names: dict[str, str]
    site: str
    site_names: dict[str, str]
    before: StatusFacts
    after: StatusFacts
    sides: list[SideFacts]
    """Where it is contested: both, the one that is used first."""
    report: ReportFacts


def gather(report: ConditionReport, before: status.Status, after: status.Status) -> Facts:
    monument = report.monument
    return Facts(
        monument=monument.slug,
        monument_names=_names(monument),
        site=monument.site.slug,
        site_names=_names(monument.site),
        before=_status(before),
        after=_status(after),
        sides=[
            SideFacts(source=side.source, damage_grade=side.damage_grade)
            for sides in queries.sides([after]).values()
            for side in sides
        ],
        report=_report(report),
    )


def _names(place: Site | Monument) -> dict[str, str]:
    return {name.language: name.text for name in place.names.filter(kind="preferred")} or {"en": place.slug}


def _status(held: status.Status) -> StatusFacts:
    return StatusFacts(
        damage_grade=str(held.damage_grade),
        condition=str(held.condition),
        fabric_status=str(held.fabric_status),
        certainty=str(held.certainty),
        contested=held.contested,
        suspected=held.suspected,
    )


def _report(report: ConditionReport) -> ReportFacts:
    return ReportFacts(
        kind=report.kind,
        part=report.part,
        date_from=report.date_from.isoformat() if report.date_from else None,
        date_to=report.observed_on.isoformat(),
        date_precision=report.date_precision,
        certainty=report.certainty,
        source=report.source.name,
        source_url=report.source_url,
        narrative=report.narrative,
        language=report.language,
        retraction_reason=report.retraction_reason,
        threats=[
            {"category": threat.category, "cause": threat.cause, "probability": threat.probability}
            for threat in report.threats.all()
        ],
    )
