"""What a verifier should look at twice: where a photograph says that it was taken, when, and whether it was used."""

from __future__ import annotations

import datetime
from math import ceil
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from shapely.geometry import Point, shape

from reports.evidence import likeness
from reports.evidence.distances import metres
from reports.evidence.models import Capture, Evidence, Flag
from reports.evidence.uses import days_of
from reports.evidence.vocabulary import FlagKind

ZONES = datetime.timedelta(hours=14)
"""A clock without a zone may be ahead of UTC by so much."""
CLOCK = datetime.timedelta(minutes=5)
"""So much may a clock be wrong and nobody is told."""
MOST_USES = 10


class Finding(NamedTuple):
    kind: FlagKind
    metres: int | None = None
    days: int | None = None
    other: UUID | None = None


def raise_for(evidence: Evidence) -> list[Flag]:
    """Set the flags of a piece of evidence to what is found now; call it in a transaction."""
    found = findings(evidence)
    flags = [Flag(evidence=evidence, **_fields(finding)) for finding in found]
    Flag.objects.filter(evidence=evidence).delete()
    return Flag.objects.bulk_create(flags)


def findings(evidence: Evidence) -> list[Finding]:
    """All that is to be looked at twice now."""
    capture = Capture.objects.filter(original=evidence.original_id).first()
    told = [_far_from_place(evidence, capture), _after_upload(evidence, capture), _far_from_date(evidence, capture)]
    return [*(finding for finding in told if finding), *_used_before(evidence)]


def uses_of(evidence: Evidence) -> list[tuple[UUID, int]]:
    """Earlier evidence, of other things, that shows the same picture or one that looks alike: id and distance."""
    distances = _alike(evidence)
    same_thing = Q(monument=evidence.monument_id, report=evidence.report_id, plan=evidence.plan_id)
    # Ids are in order of time.
    rows = Evidence.objects.filter(original__in=distances, pk__lt=evidence.pk).exclude(same_thing)
    uses = [(pk, distances[original]) for pk, original in rows.values_list("pk", "original_id")]
    return sorted(uses, key=lambda use: (use[1], use[0]))[:MOST_USES]


def _alike(evidence: Evidence) -> dict[str, int]:
    """Originals that look like this one, itself among them, and how far they are from it in bits."""
    looks = getattr(evidence.original, "looks", None)
    near = {one.original: one.distance for one in likeness.near(looks.unsigned)} if looks else {}
    return {**near, evidence.original_id: 0}


def _far_from_place(evidence: Evidence, capture: Capture | None) -> Finding | None:
    monument = evidence.monument
    if capture is None or capture.longitude is None or capture.latitude is None:
        return None
    if monument.longitude is None or monument.latitude is None:
        return None
    if monument.boundary and shape(monument.boundary).contains(Point(capture.longitude, capture.latitude)):
        return None
    away = metres(capture.longitude, capture.latitude, monument.longitude, monument.latitude)
    near = settings.EVIDENCE_FAR_METRES + (monument.accuracy_m or 0)
    return Finding(FlagKind.FAR_FROM_PLACE, metres=round(away)) if away > near else None


def _after_upload(evidence: Evidence, capture: Capture | None) -> Finding | None:
    if capture is None or capture.taken_at is None:
        return None
    late = capture.taken_at - evidence.uploaded_at - (ZONES if capture.taken_at_local else CLOCK)
    return Finding(FlagKind.AFTER_UPLOAD, days=ceil(late / datetime.timedelta(days=1))) if late.days >= 0 else None


def _far_from_date(evidence: Evidence, capture: Capture | None) -> Finding | None:
    if capture is None or capture.taken_at is None:
        return None
    days = _days_outside(capture.taken_at.date(), *days_of(evidence))
    return Finding(FlagKind.FAR_FROM_DATE, days=days) if days > settings.EVIDENCE_FAR_DAYS else None


def _days_outside(day: datetime.date, begin: datetime.date | None, end: datetime.date | None) -> int:
    if begin and day < begin:
        return (begin - day).days
    return (day - end).days if end and day > end else 0


def _used_before(evidence: Evidence) -> list[Finding]:
    return [Finding(FlagKind.USED_BEFORE, other=pk) for pk, _distance in uses_of(evidence)]


def _fields(finding: Finding) -> dict[str, object]:
    return {"kind": finding.kind, "metres": finding.metres, "days": finding.days, "other_id": finding.other}
