"""A site or a monument in CIDOC-CRM: what it is, where, what was observed of it (E14), and its states (E3)."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, PermissionsMixin

from reports.conditions import queries
from reports.conditions.models import ConditionReport
from reports.conditions.querysets import Moment
from reports.conditions.status import Period
from reports.vocabulary import DamageGrade
from sites import visibility
from sites.models import Monument, Site
from sites.vocabulary import AAT_IDS, AAT_TOMBS, TOMBS, MonumentType
from sites.vocabulary import Period as Age

AAT = "http://vocab.getty.edu/aat/"
ARCHAEOLOGICAL_SITES = 300000810
UNESCO = "https://whc.unesco.org/en/list/"

Reader = PermissionsMixin | AnonymousUser


def context_address() -> str:
    return f"{settings.BASE_URL}/linked/context.jsonld"


def site(found: Any, reader: Reader) -> dict[str, Any]:
    listed = [one.reference for one in found.designations.all() if one.kind == "world_heritage" and one.reference]
    told = {
        **_thing(found, "Site", reader),
        "classified_as": [_aat(ARCHAEOLOGICAL_SITES, "archaeological sites")],
        "equivalent": [f"{UNESCO}{reference}" for reference in listed if reference.isdecimal()],
        "part": [
            _named(part) for part in Monument.objects.labelled().filter(site=found, parent=None).order_by("slug")
        ],
    }
    return _without_nothing(told)


def monument(found: Any, reader: Reader, moment: Moment) -> dict[str, Any]:
    """As it was known at the moment."""
    whole = Monument.objects.labelled().get(pk=found.parent_id) if found.parent_id else found.site
    parts = Monument.objects.labelled().filter(parent=found).order_by("slug")
    reports = ConditionReport.objects.filter(monument=found).standing(moment.known_at).select_related("source")
    told = {
        **_thing(found, "HumanMadeObject" if found.movable else "HumanMadeFeature", reader),
        "classified_as": _types(found),
        "part_of": [_named(whole)],
        "part": [_named(part) for part in parts],
        "condition": [_state(period) for period in queries.history(found.pk, known_at=moment.known_at)],
        "assessed_by": [_assessment(report) for report in reports.order_by("date_to", "id")],
    }
    return _without_nothing(told)


def _thing(found: Site | Monument, kind: str, reader: Reader) -> dict[str, Any]:
    point = visibility.location(found, reader)
    place = {"type": "Place", "defined_by": "POINT({} {})".format(*point["coordinates"])} if point else None
    names = [{"type": "Name", "content": name.text, "language": name.language} for name in found.names.all()]
    address = f"{settings.BASE_URL}{found.get_absolute_url()}"
    return {
        "@context": context_address(),
        "id": address,
        "type": kind,
        "_label": str(found),
        "identified_by": names,
        "current_location": place,
    }


def _types(found: Monument) -> list[dict[str, str]]:
    kind = MonumentType(found.type)
    own = [_aat(AAT_IDS[kind], str(kind.label)) if kind in AAT_IDS else _term("type", kind, kind.label)]
    if kind in TOMBS:
        own.append(_aat(AAT_TOMBS, "tombs"))
    return [*own, _term("period", found.period, Age(found.period).label)] if found.period else own


def _aat(number: int, label: str) -> dict[str, str]:
    return {"id": f"{AAT}{number}", "type": "Type", "_label": label}


def _term(of: str, code: str, label: Any) -> dict[str, str]:
    """A code of ours."""
    return {"id": f"{context_address()}#{of}/{code}", "type": "Type", "_label": str(label)}


def _grade(code: str) -> list[dict[str, str]]:
    return [_term("damage_grade", code, DamageGrade(code).label)] if code else []


def _state(period: Period) -> dict[str, Any]:
    """Until the day before the next one."""
    last = period.valid_to - datetime.timedelta(days=1) if period.valid_to else None
    return {
        "type": "ConditionState",
        "classified_as": _grade(period.status.damage_grade),
        "timespan": _span(period.valid_from, last),
    }


def _assessment(report: ConditionReport) -> dict[str, Any]:
    """Its source is named, its author never."""
    grade = _grade(report.damage_grade)
    told = {
        "id": f"{settings.BASE_URL}/api/v1/condition-reports/{report.pk}/",
        "type": "ConditionAssessment",
        "identified": [{"type": "ConditionState", "classified_as": grade}] if grade else [],
        "timespan": _span(report.date_from, report.date_to),
        "carried_out_by": [{"type": "Group", "_label": report.source.name}],
    }
    return _without_nothing(told)


def _span(begin: datetime.date | None, end: datetime.date | None) -> dict[str, Any]:
    found = {"type": "TimeSpan", "begin_of_the_begin": _iso(begin), "end_of_the_end": _iso(end)}
    return _without_nothing(found)


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _named(found: Site | Monument) -> dict[str, str]:
    kind = "Site" if isinstance(found, Site) else "HumanMadeObject" if found.movable else "HumanMadeFeature"
    return {"id": f"{settings.BASE_URL}{found.get_absolute_url()}", "type": kind, "_label": str(found)}


def _without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, [])}
