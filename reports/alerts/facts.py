"""What an alert says, kept as it was when it was raised. No exact places, no authors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

from reports.conditions import queries, status
from reports.conditions.models import ConditionReport
from reports.evidence.models import DamagedOriginal
from reports.evidence.vocabulary import Damage
from reports.restoration.models import Plan, PlanStep
from reports.situation.models import SituationEvent
from reports.situation.queries import warnings_of_monuments, warnings_of_sites
from reports.situation_reports.models import SituationReport
from reports.sources.models import Statement
from sites.models import Monument, Site


class StatusFacts(TypedDict):
    damage_grade: str
    condition: str
    fabric_status: str
    certainty: str
    contested: bool
    suspected: bool


class StatementFacts(TypedDict):
    """When, how sure, who says so, and in which words and language."""

    date_from: str | None
    date_to: str | None
    date_precision: str
    certainty: str
    source: str
    source_url: str
    narrative: str
    language: str


class ReportFacts(StatementFacts):
    kind: str
    part: str
    retraction_reason: str
    threats: list[dict[str, str]]
    dangers: list[dict[str, str]]
    """To people, on the site."""
    corrects: bool
    """It takes the place of an earlier report."""


class EventFacts(StatementFacts):
    """Parties are given by their names in each language."""

    kind: str
    from_party: dict[str, str]
    to_party: dict[str, str]
    population_before: int | None
    population_now: int | None
    access: str
    danger: str
    outcome: str
    corrects: bool
    retraction_reason: str


class PlanFacts(StatementFacts):
    title: str
    id: str
    phase: str
    progress: int | None
    planned_to: str | None
    before: str
    """The status that it had; empty for a new one."""
    after: str


class WaitingFacts(TypedDict):
    since: str
    """Date and time (ISO 8601)."""


class OverdueFacts(TypedDict):
    assessed_on: str | None
    grade: str


class OriginalsFacts(TypedDict):
    """How many files of a site are not what was stored, by kind; `damages` are the keys of what was found."""

    mismatched: int
    missing: int
    unreadable: int
    damages: list[str]


class SideFacts(TypedDict):
    source: str
    damage_grade: str


class WarningFacts(TypedDict):
    """What is in force for those who go there: the level of access (empty: not known), and the dangers."""

    access: str
    dangers: list[str]


class PlaceFacts(TypedDict):
    """What every alert says of its place; `monument` is missing where it is about the whole site.

    Of a country or an area, `site` is missing, too, and `place_names` say what it is about.
    """

    monument: str | None
    monument_names: dict[str, str]
    site: str | None
    site_names: dict[str, str]
    place_names: NotRequired[dict[str, str]]
    warnings: WarningFacts


class Facts(PlaceFacts):
    """Of a publication."""

    before: StatusFacts
    after: StatusFacts
    sides: list[SideFacts]
    """Where it is contested: both, the one that is used first."""
    report: ReportFacts


def gather(report: ConditionReport, before: status.Status, after: status.Status) -> Facts:
    return Facts(
        **of_place(report.monument.site, report.monument),
        before=_status(before),
        after=_status(after),
        sides=[
            SideFacts(source=side.source, damage_grade=side.damage_grade)
            for sides in queries.sides([after]).values()
            for side in sides
        ],
        report=_report(report),
    )


def of_place(site: Site, monument: Monument | None) -> PlaceFacts:
    return PlaceFacts(
        monument=monument.slug if monument else None,
        monument_names=_names(monument) if monument else {},
        site=site.slug,
        site_names=_names(site),
        warnings=_warnings(site, monument),
    )


def _warnings(site: Site, monument: Monument | None) -> WarningFacts:
    held = warnings_of_monuments([monument])[monument.pk] if monument else warnings_of_sites([site.pk])[site.pk]
    dangers = dict.fromkeys(hazard.danger for hazard in held.hazards)
    return WarningFacts(access=str(held.access.value or ""), dangers=list(dangers))


def of_event(event: SituationEvent) -> dict[str, Any]:
    hazard = event.clears or event
    said = EventFacts(
        **_statement(event, event.text, event.language),
        kind=event.kind,
        from_party=event.from_party.in_languages if event.from_party else {},
        to_party=event.to_party.in_languages if event.to_party else {},
        population_before=event.population_before,
        population_now=event.population_now,
        access=event.access,
        danger=hazard.danger,
        outcome=event.outcome,
        corrects=event.supersedes_id is not None,
        retraction_reason=event.retraction_reason,
    )
    return {**of_place(event.site, event.monument), "event": said}


def of_weekly(report: SituationReport) -> dict[str, Any]:
    """Which report it is; what it says is read when it is told, as far as it may still be told."""
    said = {
        "report": str(report.pk),
        "period_from": report.period_from.isoformat(),
        "period_to": report.period_to.isoformat(),
        "country": str(report.country),
    }
    about = of_place(report.site, None) if report.site else _of_region(report)
    return {**about, "weekly": said}


def _of_region(report: SituationReport) -> PlaceFacts:
    """A country or an area. Access is of a site; the dangers are those of all its sites."""
    names = {edition.language: edition.content.title for edition in report.editions.all()}
    told_of = SituationEvent.objects.filter(site__in=report.question.sites().order_by().values("pk"))
    held = warnings_of_sites(told_of.order_by().values_list("site", flat=True).distinct())
    dangers = {hazard.danger for warnings in held.values() for hazard in warnings.hazards}
    warnings = WarningFacts(access="", dangers=sorted(dangers))
    return PlaceFacts(monument=None, monument_names={}, site=None, site_names={}, place_names=names, warnings=warnings)


def of_plan(plan: Plan, before: str, step: PlanStep | None = None) -> dict[str, Any]:
    """What became of it, as the source of the step says; of a new plan, what the plan is."""
    said = PlanFacts(
        **_statement(step or plan, (step and step.reason) or plan.note, plan.language),
        title=plan.title,
        id=str(plan.pk),
        phase=plan.phase,
        progress=plan.progress,
        planned_to=plan.planned_to.isoformat() if plan.planned_to else None,
        before=before,
        after=plan.status,
    )
    return {**of_place(plan.site, plan.monument), "plan": said}


def of_originals(site: Site, damages: Sequence[DamagedOriginal]) -> dict[str, Any]:
    """Neither which evidence nor of which monument: that is looked up by who may."""
    number = Counter(damage.kind for damage in damages)
    said = OriginalsFacts(
        mismatched=number[Damage.MISMATCHED],
        missing=number[Damage.MISSING],
        unreadable=number[Damage.UNREADABLE],
        damages=[str(damage.pk) for damage in damages],
    )
    return {**of_place(site, None), "originals": said}


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


def _statement(said: Statement, narrative: str, language: str) -> StatementFacts:
    return StatementFacts(
        date_from=said.date_from.isoformat() if said.date_from else None,
        date_to=said.date_to.isoformat() if said.date_to else None,
        date_precision=said.date_precision,
        certainty=said.certainty,
        source=said.source.name,
        source_url=said.source_url,
        narrative=narrative,
        language=language,
    )


def _report(report: ConditionReport) -> ReportFacts:
    return ReportFacts(
        **_statement(report, report.narrative, report.language),
        kind=report.kind,
        part=report.part,
        retraction_reason=report.retraction_reason,
        threats=[
            {"category": threat.category, "cause": threat.cause, "probability": threat.probability}
            for threat in report.threats.all()
        ],
        dangers=[{"danger": risk.danger, "certainty": risk.certainty} for risk in report.risks.all()],
        corrects=report.supersedes_id is not None,
    )
