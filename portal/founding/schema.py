"""The shape of a founding data file; pydantic checks it before anything is written."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db.models import TextChoices
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from reports.restoration.vocabulary import Feasibility, Phase, PlanStatus, Stage, Word
from reports.situation.models import AccessLevel, EventKind, Outcome
from reports.sources.models import SourceKind
from reports.vocabulary import (
    CauseCategory,
    CauseType,
    Certainty,
    DamageGrade,
    Danger,
    FabricStatus,
    ReportKind,
    ThreatProbability,
)
from sites.vocabulary import DatePrecision, MonumentType, Period, Sensitivity


def code(codes: type[TextChoices]) -> AfterValidator:
    """A value that must be one of a list's codes."""
    known = set(codes.values)

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"{value!r} is not one of {', '.join(sorted(known))}")
        return value

    return AfterValidator(check)


def _term(value: str) -> str:
    """A label such as "Hellenistic-Roman" as the code of our list."""
    return value.lower().replace(" ", "_").replace("-", "_")


Term = Annotated[str, AfterValidator(_term)]
Names = dict[Literal["en", "ar", "fr"], Annotated[str, Field(min_length=1)]]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceRecord(Record):
    name: str
    year: int | None = None
    url: str = ""


class Location(Record):
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    crs: Literal["EPSG:4326"]
    approximate: bool
    accuracy_m: int = Field(ge=0)
    sensitivity: Sensitivity


class DesignationRecord(Record):
    scheme: Literal["UNESCO World Heritage", "List of World Heritage in Danger"]
    ref: str = ""
    since: str = Field(alias="from")


class SituationRecord(Record):
    date: str
    date_to: str = ""
    kind: Annotated[str, code(EventKind)]
    text: str
    source: SourceRecord
    certainty: Annotated[str, code(Certainty)]
    date_uncertain: bool = False
    id: str = ""
    from_party: str = ""
    to_party: str = ""
    population_before: int | None = Field(default=None, ge=0)
    population_now: int | None = Field(default=None, ge=0)
    access: Annotated[str, code(AccessLevel)] | Literal[""] = ""
    danger: Annotated[str, code(Danger)] | Literal[""] = ""
    clears: str = ""
    outcome: Annotated[str, code(Outcome)] | Literal[""] = ""


class PartyNames(Record):
    en: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    fr: str = Field(min_length=1)


class PartyRecord(Record):
    """Who may control a site, under a neutral name."""

    id: str
    names: PartyNames


class EventRecord(Record):
    kind: Annotated[str, code(ReportKind)]
    date_from: str
    date_to: str
    date_precision: Annotated[str, code(DatePrecision)]
    grade: Annotated[str, code(DamageGrade)] | None
    cause_category: Annotated[str, code(CauseCategory)]
    cause: Annotated[str, code(CauseType)]
    note: str
    source: SourceRecord
    certainty: Annotated[str, code(Certainty)]
    part: str = ""
    fabric_status: Annotated[str, code(FabricStatus)] | Literal[""] = ""
    threat_probability: Annotated[str, code(ThreatProbability)] | None = None
    date_uncertain: bool = False
    date_contested: bool = False
    attribution_contested: bool = False


class Money(Record):
    amount: int = Field(ge=0)
    currency: str = Field(pattern="^[A-Z]{3}$")
    covers: str = ""
    approximate: bool = False
    donor: str = ""
    stage: Annotated[str, code(Stage)] = Stage.PLEDGED


class Said(Record):
    """Who says so, how sure, and of when."""

    source: SourceRecord
    certainty: Annotated[str, code(Certainty)]
    date: str = ""
    date_from: str = ""
    date_to: str = ""
    date_uncertain: bool = False


class StepRecord(Said):
    """What a plan became; the last one gives the plan's status."""

    status: Annotated[str, code(PlanStatus)]
    phase: Annotated[str, code(Phase)] | Literal[""] = ""
    reason: str = ""


class StatementRecord(Said):
    speaker: str
    office: str = ""
    words: str
    quoted: bool = False
    supports: Annotated[str, code(Word)]


class RestorationRecord(Said):
    title: str
    phase: Annotated[str, code(Phase)]
    status: Annotated[str, code(PlanStatus)]
    note: str
    part: str = ""
    contested: bool = False
    opposing_view: str = ""
    feasibility: Annotated[str, code(Feasibility)] | Literal[""] = ""
    feasibility_reason: str = ""
    authenticity_impact: str = ""
    proponent: str = ""
    responsible: str = ""
    partners: list[str] = []
    steps: list[StepRecord] = []
    cost_estimate: Money | None = None
    funding: Money | None = None
    needs: list[str] = []
    """Titles of plans of the same site that come before."""

    @model_validator(mode="after")
    def ends_as_it_stands(self) -> RestorationRecord:
        if self.steps and self.steps[-1].status != self.status:
            raise ValueError(f"the last step is {self.steps[-1].status!r}, the plan {self.status!r}")
        return self


class MonumentRecord(Record):
    id: str
    names: Names
    type: Annotated[Term, code(MonumentType)]
    period: Annotated[Term, code(Period)] | None
    dating: str
    location: Location
    events: list[EventRecord]
    restoration: list[RestorationRecord]
    prospects: list[StatementRecord] = []
    parent: str = ""
    movable: bool = False
    sensitive: bool = False
    current_place: str = ""
    damage_scope_note: str = ""


class SiteRecord(Record):
    id: str
    names: Names
    country: str = Field(pattern="^[A-Z]{2}$")
    whc_id: str | None
    inscribed: int | None
    in_danger_since: int | None
    criteria: list[str]
    location: Location
    monuments: list[MonumentRecord]
    situation: list[SituationRecord] = []
    designations: list[DesignationRecord] = []
    links: dict[str, str] = {}
    note: str = ""


class Rank(Record):
    code: Annotated[str, code(DamageGrade)]
    rank: int | None


class FoundingData(Record):
    format: Literal["heritage-seed/1"] = Field(alias="schema")
    language: str
    crs: Literal["EPSG:4326"]
    notes: list[str]
    scale: list[Rank]
    source_kinds: dict[str, SourceKind]
    parties: list[PartyRecord] = []
    sites: list[SiteRecord]
