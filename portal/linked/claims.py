"""What is said of a monument or a site: observations, what happened, and how sure each is.

Certainty and contradictions are attribute assignments (E13), as Linked Art has it: who assigned what, by
which property, so that nothing that is doubtful is told as if it were certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.linked.terms import chosen, span, term, without_nothing
from reports.conditions.models import ConditionReport, Disturbance
from reports.conditions.status import Status
from reports.situation.models import SituationEvent
from reports.situation.vocabulary import EventKind
from reports.vocabulary import (
    AssessmentMethod,
    CauseCategory,
    CauseType,
    Certainty,
    Condition,
    DamageGrade,
    Extent,
)

DEEDS = frozenset(EventKind) - {
    EventKind.NATURAL_DISASTER,
    EventKind.CASUALTY,
    EventKind.HAZARD,
    EventKind.DAMAGE_NEARBY,
    EventKind.OTHER,
}
"""What people do (E7); the others are events (E5) of which nobody need be the author."""


def assessment(report: ConditionReport) -> dict[str, Any]:
    """Somebody looked (E14, an activity): who by their source, never by their name; when, how, and what they saw."""
    seen = [
        *chosen("damage_grade", DamageGrade, report.damage_grade),
        *chosen("condition", Condition, report.condition),
        *chosen("extent", Extent, report.extent),
    ]
    return without_nothing(
        {
            "id": _address(report),
            "type": "ConditionAssessment",
            "identified": [{"type": "ConditionState", "classified_as": seen}] if seen else [],
            "technique": chosen("method", AssessmentMethod, report.method),
            "timespan": span(report.date_from, report.date_to),
            "carried_out_by": [_source(report)],
            "attributed_by": [
                _sure(report.certainty),
                *([_doubted("date", "timespan")] if report.date_contested else []),
            ],
        }
    )


def causes(reports: Iterable[ConditionReport], status: Status) -> dict[str, list[dict[str, Any]]]:
    """What acted on the monument (E5), by the property that ties them to it.

    What brought a total loss is a destruction (E6), where the loss is what is known now and nobody contradicts.
    """
    lost = status.damage_grade == DamageGrade.DESTROYED and not status.contested
    told: dict[str, list[dict[str, Any]]] = {"present_at": [], "destroyed_by": []}
    for report in reports:
        destroys = lost and report.damage_grade == DamageGrade.DESTROYED and not report.part
        for one in report.disturbances.all():
            name, kind = ("destroyed_by", "Destruction") if destroys else ("present_at", "Event")
            told[name].append(_cause(report, one, kind, name))
    return told


def _cause(report: ConditionReport, one: Disturbance, kind: str, by: str) -> dict[str, Any]:
    """Without days of its own it happened before it was seen."""
    doubts = [_doubted("attribution", "carried_out_by")] if report.attribution_contested else []
    return without_nothing(
        {
            "id": f"{_address(report)}#cause-{one.pk}",
            "type": kind,
            "_label": str(one),
            "classified_as": [
                *chosen("cause", CauseType, one.cause),
                *chosen("cause_category", CauseCategory, one.category),
            ],
            "timespan": span(one.occurred_from, one.occurred_to or report.date_to),
            "attributed_by": [_sure(one.certainty, by=_source(report), of=by), *doubts],
        }
    )


def contradiction(status: Status, standing: dict[UUID, ConditionReport]) -> list[dict[str, Any]]:
    """Of a contested state both claims, each with its own grade and source."""
    keys = [status.report_id, status.rival_id] if status.contested else []
    return [_claim(standing[key]) for key in keys if key in standing]


def _claim(report: ConditionReport) -> dict[str, Any]:
    return {
        "type": "AttributeAssignment",
        "classified_as": [_contested("state")],
        "assigned": chosen("damage_grade", DamageGrade, report.damage_grade),
        "assigned_property": "classified_as",
        "carried_out_by": [_source(report)],
        "influenced_by": [{"id": _address(report), "type": "ConditionAssessment"}],
    }


def certainty(status: Status) -> list[dict[str, Any]]:
    """How sure a derived state is; nothing where no report counts."""
    return [] if status.report_id is None else [_sure(status.certainty)]


def events(found: QuerySet[SituationEvent]) -> Iterator[dict[str, Any]]:
    """What happened around a place. `found`: with their sources."""
    for event in found:
        yield without_nothing(
            {
                "id": f"{settings.BASE_URL}/api/v1/situation-events/{event.pk}/",
                "type": "Activity" if event.kind in DEEDS else "Event",
                "_label": event.text,
                "classified_as": chosen("event_kind", EventKind, event.kind),
                "timespan": span(event.date_from, event.date_to),
                "attributed_by": [_sure(event.certainty, by=_source(event), of="present_at")],
            }
        )


def _sure(code: str, *, by: dict[str, str] | None = None, of: str = "") -> dict[str, Any]:
    """How sure a statement is, or its property `of`; by its source, or by the portal that verified it."""
    told: dict[str, Any] = {
        "type": "AttributeAssignment",
        "assigned": chosen("certainty", Certainty, code),
        "carried_out_by": [by or {"id": settings.BASE_URL, "type": "Group", "_label": _("Tadmor")}],
    }
    return {**told, "assigned_property": of} if of else told


def _doubted(what: str, of: str) -> dict[str, Any]:
    """Sources contradict each other about it."""
    return {"type": "AttributeAssignment", "classified_as": [_contested(what)], "assigned_property": of}


def _contested(what: str) -> dict[str, str]:
    return term("contested", what, _("Contested"))


def _source(statement: Any) -> dict[str, str]:
    return {"type": "Group", "_label": statement.source.name}


def _address(report: ConditionReport) -> str:
    return f"{settings.BASE_URL}/api/v1/condition-reports/{report.pk}/"
