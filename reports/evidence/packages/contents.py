"""What goes into a package: as much as who asked for it may see now."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from reports.conditions import visibility as report_visibility
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import State
from reports.evidence import visibility
from reports.evidence.models import Capture, CustodyEntry, Evidence, EvidencePackage
from reports.evidence.vocabulary import Damage

SOME = 200

Row = dict[str, Any]


def evidence_of(package: EvidencePackage) -> QuerySet[Evidence]:
    """In the order in which it was taken in; what was withdrawn is among it, without its file."""
    found = Evidence.objects.known_to(package.asked_by).filter(_about(package))
    if not package.confidential:
        found = found.filter(confidential=False).exclude(report__confidential=True)
    found = found.annotate(day=Coalesce("report__date_to", "taken_to", TruncDate("uploaded_at")))
    related = ("original__capture", "monument__site", "organisation", "uploaded_by", "report")
    evidence: QuerySet[Evidence] = _within(package, found, "day").select_related(*related).order_by("id")
    return evidence


def reports_of(package: EvidencePackage) -> QuerySet[ConditionReport]:
    """The reports that were handed in, with their steps and sources."""
    found = ConditionReport.objects.visible_to(package.asked_by).exclude(state=State.DRAFT)
    found = found.filter(pk=package.report_id) if package.report_id else found.filter(_about(package))
    if not package.confidential:
        found = found.filter(confidential=False)
    related = found.select_related("source", "monument", "organisation").prefetch_related("steps__by")
    reports: QuerySet[ConditionReport] = _within(package, related, "date_to").order_by("date_to", "id")
    return reports


def custody_of(evidence: Evidence, package: EvidencePackage) -> Iterator[Row]:
    """Every step that was recorded, the export of this package at last."""
    names = visibility.names_people_to(package.asked_by, evidence)
    for entry in evidence.custody.all():
        yield custody_row(entry, names=names)


def custody_row(entry: CustodyEntry, *, names: bool) -> Row:
    return {
        "evidence": str(entry.evidence_id),
        "step": entry.step,
        "at": entry.at.isoformat(),
        "by": entry.by.name if names and entry.by else "",
        "facts": entry.facts,
    }


def evidence_row(evidence: Evidence, package: EvidencePackage, file: str, why_not: str) -> Row:
    """`file` is where its original lies in the package; empty, and `why_not` says why, where it is left out."""
    withdrawn = evidence.withdrawn_at is not None
    names = visibility.names_people_to(package.asked_by, evidence) and not withdrawn
    row: Row = {
        "id": str(evidence.pk),
        "file": file,
        "left_out": why_not,
        "sha256": evidence.original_id,
        "size": evidence.original.size,
        "media_type": evidence.original.media_type,
        "kind": evidence.kind,
        "monument": evidence.monument.slug,
        "report": str(evidence.report_id) if evidence.report_id else "",
        "uploaded_at": evidence.uploaded_at.isoformat(),
        "uploaded_by": evidence.uploaded_by.name if names and evidence.uploaded_by else "",
        "came_through": evidence.door,
        "original_name": evidence.name if names else "",
        "published_at": _iso(evidence.published_at),
        "withdrawn_at": _iso(evidence.withdrawn_at),
        "withdrawal_reason": evidence.withdrawal_reason,
    }
    shown = {
        "caption": evidence.caption,
        "alternative": evidence.alternative,
        "language": evidence.language,
        "credit": evidence.credit,
        "licence": evidence.licence,
        "taken_from": _iso(evidence.taken_from),
        "taken_to": _iso(evidence.taken_to),
        "confidential": evidence.confidential,
    }
    row |= dict.fromkeys(shown, "") if withdrawn else shown
    return row | _capture(evidence, may_see=bool(file))


def report_row(report: ConditionReport, package: EvidencePackage) -> Row:
    names = report_visibility.names_people_to(package.asked_by, report)
    return {
        "id": str(report.pk),
        "monument": report.monument.slug,
        "kind": report.kind,
        "state": report.state,
        "observed_from": _iso(report.date_from),
        "observed_to": _iso(report.date_to),
        "date_precision": report.date_precision,
        "damage_grade": report.damage_grade,
        "condition": report.condition,
        "certainty": report.certainty,
        "source": str(report.source_id),
        "source_url": report.source_url,
        "narrative": report.narrative,
        "language": report.language,
        "confidential": report.confidential,
        "published_at": _iso(report.published_at),
        "retraction_reason": report.retraction_reason,
        "steps": [
            {
                "step": step.step,
                "at": step.at.isoformat(),
                "by": step.by.name if names and step.by else "",
                "reason": step.reason,
                "method": step.method,
            }
            for step in report.steps.all()
        ],
    }


def source_row(report: ConditionReport) -> Row:
    source = report.source
    return {"id": str(source.pk), "name": source.name, "kind": source.kind}


def why_left_out(damage: Damage | None) -> str:
    return str(damage or "")


def _about(package: EvidencePackage) -> Q:
    if package.report_id:
        return Q(report=package.report_id)
    return Q(monument=package.monument_id) | Q(monument__parent=package.monument_id)


def _within(package: EvidencePackage, rows: Any, day: str) -> Any:
    if package.day_from:
        rows = rows.filter(**{f"{day}__gte": package.day_from})
    return rows.filter(**{f"{day}__lte": package.day_to}) if package.day_to else rows


def _capture(evidence: Evidence, *, may_see: bool) -> Row:
    """What the file says of itself, for who has the file."""
    capture = Capture.objects.filter(pk=evidence.original_id).first() if may_see else None
    return {
        "capture_taken_at": _iso(capture.taken_at) if capture else "",
        "capture_longitude": capture.longitude if capture else "",
        "capture_latitude": capture.latitude if capture else "",
        "capture_camera": capture.camera if capture else "",
    }


def _iso(at: datetime.date | None) -> str:
    return at.isoformat() if at else ""
