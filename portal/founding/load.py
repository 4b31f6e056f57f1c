"""Writing founding data: everything or nothing, as reports already published, without alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError as ShapeError

from portal.founding import schema
from reports.conditions import actions
from reports.conditions.models import ConditionReport, Disturbance, Threat
from reports.conditions.workflow import WrongState
from reports.restoration.actions import load_plan
from reports.restoration.models import CostEstimate, Dependency, Donor, Plan, PlanStep, Pledge, ProspectStatement
from reports.situation import actions as situation
from reports.situation.models import Party, SituationEvent
from reports.sources.models import Source, SourceKind
from sites import dates
from sites.models import Designation, Monument, Name, Site
from sites.vocabulary import DatePrecision, DesignationKind

SCHEMES = {
    "UNESCO World Heritage": DesignationKind.WORLD_HERITAGE,
    "List of World Heritage in Danger": DesignationKind.IN_DANGER,
}


class BadData(Exception):
    """The file cannot be loaded; the message says where and why."""


def read(path: Path) -> schema.FoundingData:
    """The content of a founding data file. Raises BadData."""
    try:
        return schema.FoundingData.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadData(_("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}) from error
    except ShapeError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or _("the file")
        facts = {"path": path, "where": where, "why": first["msg"]}
        raise BadData(_("%(path)s: %(where)s: %(why)s. Nothing was loaded.") % facts) from error


@transaction.atomic
def load(data: schema.FoundingData, *, tell: bool = False) -> int:
    """Write all of it, derive the statuses, and tell of it if asked to; returns the number of monuments.

    Raises BadData.
    """
    loader = _Loader(data)
    for site in data.sites:
        loader.site(site)
    for pk in loader.monuments.values():
        actions.settle_load(pk, tell=tell)
    return len(loader.monuments)


class _Loader:
    def __init__(self, data: schema.FoundingData) -> None:
        self.language = data.language
        self.kinds = data.source_kinds
        self.sources: dict[str, Source] = {}
        self.monuments: dict[str, Any] = {}
        self.plans: dict[tuple[str, str], Plan] = {}
        self.events: dict[str, SituationEvent] = {}
        self.parties: dict[str, Party] = {record.id: _party(record) for record in data.parties}
        self.now = timezone.now()

    def site(self, record: schema.SiteRecord) -> None:
        site = Site(slug=record.id, country=record.country, note=record.note, links=record.links)
        _place(site, record.location)
        _save(site, record.id)
        _names(record.names, site=site)
        for designation in _designations(record):
            designation.site = site
            _save(designation, record.id)
        for event in record.situation:
            self._situation(event, site)
        for monument in record.monuments:
            self._monument(monument, site)

    def _monument(self, record: schema.MonumentRecord, site: Site) -> None:
        monument = Monument(
            slug=record.id,
            site=site,
            type=record.type,
            period=record.period or "",
            dating=record.dating,
            movable=record.movable,
            current_place=record.current_place,
            scope_note=record.damage_scope_note,
            parent=Monument.objects.get(pk=self.monuments[record.parent]) if record.parent else None,
        )
        _place(monument, record.location)
        _save(monument, record.id)
        _names(record.names, monument=monument)
        self.monuments[record.id] = monument.pk
        for event in record.events:
            self._report(event, monument)
        for plan in record.restoration:
            self._plan(plan, monument)
        for statement in record.prospects:
            self._prospect(statement, monument)

    def _report(self, record: schema.EventRecord, monument: Monument) -> None:
        where = f"{monument.slug}, {record.date_from}"
        span = _span(record.date_from, record.date_to, where)
        if span["date_precision"] != record.date_precision:
            raise BadData(_("%(where)s: date_precision does not fit the dates.") % {"where": where})
        report = ConditionReport(
            monument=monument,
            kind=record.kind,
            part=record.part,
            damage_grade=record.grade or "",
            fabric_status=record.fabric_status,
            narrative=record.note,
            language=self.language,
            date_uncertain=record.date_uncertain,
            date_contested=record.date_contested,
            attribution_contested=record.attribution_contested,
            **span,
            **self._said(record),
        )
        _checked(where, actions.load_published, report, at=self.now)
        self._finding(record, report)

    def _finding(self, record: schema.EventRecord, report: ConditionReport) -> None:
        cause = {"report": report, "category": record.cause_category, "cause": record.cause}
        if record.threat_probability:
            Threat.objects.create(**cause, probability=record.threat_probability)
        else:
            Disturbance.objects.create(**cause, certainty=record.certainty)

    def _situation(self, record: schema.SituationRecord, site: Site) -> None:
        where = f"{site.slug}, {record.date}"
        span = _span(record.date, record.date_to, where)
        typed = {"population_before", "population_now", "access", "danger", "outcome", "date_uncertain"}
        event = SituationEvent(
            site=site,
            kind=record.kind,
            text=record.text,
            language=self.language,
            from_party=self._found(self.parties, record.from_party, where),
            to_party=self._found(self.parties, record.to_party, where),
            clears=self._found(self.events, record.clears, where),
            **record.model_dump(include=typed),
            **span,
            **self._said(record),
        )
        _checked(where, situation.load, event)
        if record.id:
            self.events[record.id] = event

    def _found(self, rows: dict[str, Any], key: str, where: str) -> Any:
        """What the file named before; None for no name."""
        if key and key not in rows:
            raise BadData(
                _("%(where)s: nothing is called “%(key)s”. Nothing was loaded.") % {"where": where, "key": key}
            )
        return rows.get(key)

    def _plan(self, record: schema.RestorationRecord, monument: Monument) -> None:
        where = f"{monument.slug}, {record.title}"
        described = set(schema.RestorationRecord.model_fields) - set(schema.Said.model_fields)
        fields = described & {field.name for field in Plan._meta.fields} - {"partners"}
        plan = Plan(
            monument=monument,
            language=self.language,
            partners="\n".join(record.partners),
            **record.model_dump(include=fields),
            **self._dated(record, where),
        )
        steps = [self._step(step, record, where) for step in record.steps]
        _checked(where, load_plan, plan, steps)
        self.plans[monument.site.slug, record.title] = plan
        said = self._dated(record, where)
        if cost := record.cost_estimate:
            amount = {"amount": cost.amount, "currency": cost.currency, "approximate": cost.approximate}
            _save(CostEstimate(plan=plan, covers=cost.covers, whole=not cost.covers, **amount, **said), where)
        if funds := record.funding:
            amount = {"amount": funds.amount, "currency": funds.currency, "approximate": funds.approximate}
            donor = Donor.objects.get_or_create(name=funds.donor)[0] if funds.donor else None
            _save(Pledge(plan=plan, donor=donor, stage=funds.stage, **amount, **said), where)
        for title in record.needs:
            self._dependency(plan, title, where)

    def _step(self, record: schema.StepRecord, of: schema.RestorationRecord, where: str) -> PlanStep:
        said = self._dated(record, where)
        return PlanStep(to_status=record.status, to_phase=record.phase or of.phase, reason=record.reason, **said)

    def _dependency(self, plan: Plan, title: str, where: str) -> None:
        needs = self.plans.get((plan.site.slug, title))
        if needs is None:
            raise BadData(_("%(where)s: there is no plan “%(title)s” before it.") % {"where": where, "title": title})
        _save(Dependency(plan=plan, needs=needs), where)

    def _prospect(self, record: schema.StatementRecord, monument: Monument) -> None:
        where = f"{monument.slug}, {record.speaker}"
        fields = {"speaker", "office", "words", "quoted", "supports"}
        said = {"language": self.language, **record.model_dump(include=fields), **self._dated(record, where)}
        _save(ProspectStatement(monument=monument, **said), where)

    def _dated(self, record: schema.Said, where: str) -> dict[str, Any]:
        return {"date_uncertain": record.date_uncertain, **_said_span(record, where), **self._said(record)}

    def _said(self, record: schema.EventRecord | schema.SituationRecord | schema.Said) -> dict[str, Any]:
        return {
            "source": self._source(record.source.name),
            "source_year": record.source.year,
            "source_url": record.source.url,
            "certainty": record.certainty,
        }

    def _source(self, name: str) -> Source:
        if name not in self.sources:
            kind = self.kinds.get(name, SourceKind.OTHER)
            self.sources[name] = Source.objects.get_or_create(name=name, defaults={"kind": kind})[0]
        return self.sources[name]


def _party(record: schema.PartyRecord) -> Party:
    names = {"english": record.names.en, "arabic": record.names.ar, "french": record.names.fr}
    return Party.objects.get_or_create(slug=record.id, defaults=names)[0]


def _place(place: Site | Monument, location: schema.Location) -> None:
    place.longitude, place.latitude = location.lon, location.lat
    place.accuracy_m, place.sensitivity = location.accuracy_m, location.sensitivity


def _names(names: schema.Names, **owner: Site | Monument) -> None:
    for language, text in names.items():
        _save(Name(text=text, language=language, **owner), text)


def _designations(record: schema.SiteRecord) -> list[Designation]:
    if record.designations:
        return [_designation(SCHEMES[d.scheme], d.since, d.ref, record) for d in record.designations]
    found = []
    if record.inscribed:
        found.append(_designation(DesignationKind.WORLD_HERITAGE, str(record.inscribed), record.whc_id or "", record))
    if record.in_danger_since:
        found.append(_designation(DesignationKind.IN_DANGER, str(record.in_danger_since), "", record))
    return found


def _designation(kind: str, since: str, reference: str, record: schema.SiteRecord) -> Designation:
    span = _span(since, "", record.id)
    criteria = ", ".join(record.criteria) if kind == DesignationKind.WORLD_HERITAGE else ""
    return Designation(
        kind=kind,
        reference=reference,
        criteria=criteria,
        since=span["date_from"],
        since_precision=span["date_precision"],
    )


def _said_span(record: schema.Said, where: str) -> dict[str, Any]:
    start, end = record.date_from or record.date, record.date_to
    if start:
        return _span(start, end, where)
    if not end:
        return {"date_from": None, "date_to": None, "date_precision": ""}
    return {"date_from": None, "date_to": _span(end, "", where)["date_to"], "date_precision": DatePrecision.BEFORE}


def _span(start: str, end: str, where: str) -> dict[str, Any]:
    try:
        span = dates.parse(start, end)
    except ValueError as error:
        raise BadData(_("%(where)s: %(why)s Nothing was loaded.") % {"where": where, "why": error}) from error
    return {"date_from": span.start, "date_to": span.end, "date_precision": span.precision}


def _save(row: Any, where: str) -> None:
    def save(row: Any) -> None:
        row.full_clean()
        row.save()

    _checked(where, save, row)


def _checked(where: str, action: Any, *args: Any, **kwargs: Any) -> None:
    try:
        action(*args, **kwargs)
    except (ValidationError, WrongState) as error:
        facts = {"where": where, "why": " ".join(getattr(error, "messages", [str(error)]))}
        raise BadData(_("%(where)s: %(why)s Nothing was loaded.") % facts) from error
