"""Making an original evidence of something."""

from __future__ import annotations

from reports.conditions.workflow import ONCE_PUBLISHED
from reports.evidence import flags
from reports.evidence.actions.custody import record
from reports.evidence.actions.rendering import wake_renderer
from reports.evidence.models import Evidence, Original, Upload
from reports.evidence.vocabulary import CustodyStep, EvidenceKind, MediaType


def attach(upload: Upload, original: Original) -> Evidence:
    """The evidence that an upload becomes, with its first two entries of custody and its flags."""
    evidence = Evidence(
        original=original,
        kind=EvidenceKind.DOCUMENT if original.media_type == MediaType.PDF else EvidenceKind.PHOTOGRAPH,
        monument=upload.monument,
        report=upload.report,
        plan=upload.plan,
        name=upload.name,
        door=upload.door,
        uploaded_by=upload.by,
        organisation_id=getattr(upload.by, "organisation_id", None),
        uploaded_at=upload.started_at,
    )
    evidence.full_clean()
    evidence.save()
    sent = {"name": upload.name, "door": upload.door, "size": upload.size, "sender_sha256": upload.client_sha256}
    record(evidence, CustodyStep.RECEIVED, by=upload.by_id, at=upload.started_at, **sent)
    record(evidence, CustodyStep.STORED, sha256=original.pk, media_type=original.media_type)
    if upload.report and upload.report.state in ONCE_PUBLISHED:
        evidence.published_at = upload.report.published_at
        evidence.save(update_fields=["published_at"])
        record(evidence, CustodyStep.PUBLISHED, report=str(upload.report_id))
    flags.raise_for(evidence)
    wake_renderer(evidence)
    return evidence
