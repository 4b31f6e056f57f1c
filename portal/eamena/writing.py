"""Monuments, their sites and what stands published of them as a sheet for EAMENA's bulk upload."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from portal.eamena import terms
from portal.eamena.columns import CHAPTERS, COLUMNS, PARTS, SHEET
from portal.exports.tables import cell
from portal.layers.base import Layer, Row
from reports.conditions.models import ConditionReport
from reports.vocabulary import (
    ActionGroup,
    AssessmentMethod,
    CauseCategory,
    CauseType,
    Certainty,
    Condition,
    EffectType,
    Extent,
    ReportKind,
    ThreatProbability,
    Urgency,
)
from sites import visibility
from sites.models import Designation, Monument, Name, Site
from sites.queries import EVERYBODY
from sites.vocabulary import DesignationKind, NameKind, Sensitivity

Line = dict[str, Any]
OF_GRADE = {
    "none": Condition.GOOD,
    "slight": Condition.FAIR,
    "moderate": Condition.POOR,
    "severe": Condition.VERY_BAD,
    "very_severe": Condition.VERY_BAD,
    "destroyed": Condition.DESTROYED,
    "unknown": Condition.UNKNOWN,
}
"""For reports that say nothing of the condition itself; severe and very severe become one."""


def write(layer: Layer, batches: Iterator[list[Row]], path: Path) -> None:
    """Each site before the first of its monuments; what has several values goes on in further rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    for heads in (CHAPTERS, PARTS):
        sheet.append([heads.get(number) for number in range(1, len(COLUMNS) + 1)])
    sheet.append(list(COLUMNS))
    written: set[Any] = set()
    for rows in batches:
        for line in _lines(rows, written):
            sheet.append([cell(sheet, line.get(name)) for name in COLUMNS])
    book.save(path)


def _lines(rows: list[Row], written: set[Any]) -> Iterator[Line]:
    monuments = Monument.objects.select_related("site", "parent").filter(pk__in=[row.id for row in rows])
    kept = {str(monument.pk): monument for monument in monuments}
    found = [(row, kept[row.id]) for row in rows]
    sites = {one.site_id: one.site for _row, one in found}
    names, designations = _names(found, sites), _designations(sites)
    reports = _reports([one.pk for _row, one in found])
    for row, monument in found:
        if monument.site_id not in written:
            written.add(monument.site_id)
            yield from _site(monument.site, names[monument.site_id], designations[monument.site_id])
        yield from _monument(row, monument, names[monument.pk], reports.get(monument.pk, []))


def _site(site: Site, names: list[str], designations: list[Line]) -> Iterator[Line]:
    first = {
        "Heritage Place Type": "Archaeological Site",
        "General Description Type": "General Description" if site.note else None,
        "General Description": site.note or None,
        "Country Type": terms.country(str(site.country)),
        **_place(_point(site), site),
    }
    yield from _together(f"sites/{site.slug}", first, names, designations)


def _monument(row: Row, monument: Monument, names: list[str], reports: list[ConditionReport]) -> Iterator[Line]:
    function, interpretation = terms.FUNCTIONS.get(monument.type, terms.NO_FUNCTION)  # type: ignore[call-overload]
    whole = f"monuments/{monument.parent.slug}" if monument.parent else f"sites/{monument.site.slug}"
    first = {
        "Heritage Place Type": "Structural Heritage",
        "Heritage Place Function": function,
        "Site Feature Interpretation Type": interpretation,
        "Country Type": terms.country(str(monument.site.country)),
        "HP Related Resource": whole,
        **_place(row.point, monument),
    }
    lines = [line for report in reports for line in _report(report)]
    yield from _together(f"monuments/{monument.slug}", first, names, lines)


def _together(uid: str, first: Line, names: list[str], lines: list[Line]) -> Iterator[Line]:
    for number, (name, line) in enumerate(zip_longest(names, lines)):
        named = {"Resource Name": name, "Name Type": "Toponym"} if name else {}
        yield {"UNIQUEID": uid, **(first if number == 0 else {}), **named, **(line or {})}


def _place(point: tuple[float, float] | None, place: Site | Monument) -> Line:
    told: Line = {"Geometric Place Expression": "POINT({} {})".format(*point)} if point else {}
    if point:
        told["Geometry Qualifier"] = "Center Point"
    if place.sensitivity != Sensitivity.PUBLIC:
        told["Restricted Access Record Designation"] = "Yes"
    return told


def _point(site: Site) -> tuple[float, float] | None:
    found = visibility.location(site, EVERYBODY)
    return tuple(found["coordinates"]) if found else None


def _report(report: Any) -> list[Line]:
    disturbances, threats = list(report.disturbances.all()), list(report.threats.all())
    effects = _effects(report, disturbances)
    caused = [_disturbance(one) for one in disturbances]
    pairs: Any = zip_longest(caused, effects, [_threat(one) for one in threats], fillvalue={})
    lines: list[Line] = [{**one, **effect, **threat} for one, effect, threat in pairs] or [{}]
    lines[0] |= {
        "Assessment Investigator - Actor": report.source.name,
        "Assessment Activity Type": terms.words(AssessmentMethod).get(report.method),
        "Assessment Activity Date": report.date_to,
        "Information Resource Used": report.source_citation or None,
        "General Description Type": "Comments",
        "General Description": report.narrative,
        "Overall Condition State": _condition(report),
        "Damage Extent Type": terms.words(Extent).get(report.extent),
        "Intervention Activity Type": terms.words(ActionGroup).get(report.recommended_group),
        "Priority Type": terms.words(Urgency).get(report.recommended_urgency),
    }
    return lines


def _condition(report: ConditionReport) -> str | None:
    code = report.condition or OF_GRADE.get(report.damage_grade, "")
    return terms.words(Condition).get(code)


def _disturbance(one: Any) -> Line:
    told: Line = {
        "Disturbance Cause Category Type": terms.words(CauseCategory)[one.category],
        "Disturbance Cause Type": terms.words(CauseType)[one.cause],
        "Disturbance Cause Certainty": terms.words(Certainty)[one.certainty],
    }
    if one.occurred_to and one.occurred_from == one.occurred_to:
        told["Disturbance Date Occurred On"] = one.occurred_to
    elif one.occurred_from:
        told |= {"Disturbance Date From": one.occurred_from, "Disturbance Date To": one.occurred_to}
    elif one.occurred_to:
        told["Disturbance Date Occurred Before"] = one.occurred_to
    return told


def _effects(report: Any, disturbances: list[Any]) -> list[Line]:
    """In the row of their cause; of those without one, in the first."""
    causes = [one.cause for one in disturbances]
    rows: list[list[Any]] = [[] for _ in disturbances or [None]]
    for effect in report.effects.all():
        rows[causes.index(effect.cause) if effect.cause in causes else 0].append(effect)
    kinds, sure = terms.words(EffectType), terms.words(Certainty)
    return [
        {
            "Effect Type": "|".join(kinds[one.effect] for one in row),
            "Effect Certainty": "|".join(sure[one.certainty] for one in row),
        }
        if row
        else {}
        for row in rows
    ]


def _threat(one: Any) -> Line:
    return {
        "Threat Category": terms.words(CauseCategory)[one.category],
        "Threat Type": terms.words(CauseType)[one.cause],
        "Threat Probability": terms.words(ThreatProbability)[one.probability],
    }


def _names(found: list[tuple[Row, Monument]], sites: dict[Any, Site]) -> dict[Any, list[str]]:
    """The preferred ones first; those in Arabic letters last among them."""
    told: dict[Any, list[str]] = {one.pk: [] for _row, one in found} | {pk: [] for pk in sites}
    kept = Name.objects.filter(monument__in=[one.pk for _row, one in found]) | Name.objects.filter(site__in=sites)
    for name in sorted(kept, key=lambda name: (name.kind != NameKind.PREFERRED, not name.text.isascii(), name.text)):
        told[name.monument_id or name.site_id].append(name.text)
    return told


def _designations(sites: dict[Any, Site]) -> dict[Any, list[Line]]:
    told: dict[Any, list[Line]] = {pk: [] for pk in sites}
    known = terms.OWN[DesignationKind]
    for one in Designation.objects.filter(site__in=sites, kind__in=known).order_by("since", "kind", "id"):
        dates = {"Designation From Date": one.since, "Designation To Date": one.until}
        told[one.site_id].append({"Designation": known[one.kind], **dates})
    return told


def _reports(monuments: list[Any]) -> dict[Any, list[ConditionReport]]:
    """What everybody may read of them, the oldest first; situations say nothing that the sheet has a place for."""
    told: dict[Any, list[ConditionReport]] = {}
    standing = ConditionReport.objects.standing().filter(monument__in=monuments).exclude(kind=ReportKind.SITUATION)
    full = standing.select_related("source").prefetch_related("disturbances", "effects", "threats")
    for report in sorted(full, key=lambda one: (one.date_to, one.source.name, one.narrative)):
        told.setdefault(report.monument_id, []).append(report)
    return told
