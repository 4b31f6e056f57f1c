"""From the quarantine to the originals: a file is looked at, and kept or refused.

Every stage can be done again: killed between any two, it leaves the file in the quarantine and its
upload waiting, and the sweep takes it up. What is kept is kept before any row says so.
"""

from __future__ import annotations

import datetime
import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reports.conditions.workflow import NotAllowed
from reports.evidence import box, likeness, limits, quarantine, storage
from reports.evidence.actions.attaching import attach
from reports.evidence.actions.uploads import refuse
from reports.evidence.boxed.refusing import Refused
from reports.evidence.models import Capture, Evidence, Original, Upload
from reports.evidence.targets import Target, refusal_to_add
from reports.evidence.vocabulary import Door, Refusal, UploadState

logger = logging.getLogger(__name__)


def check(upload_id: UUID) -> Evidence | None:
    """Look at a file that is all here; None if it was refused, or if it is not to be looked at now."""
    try:
        with quarantine.held(upload_id):
            upload = _waiting(upload_id)
            return _check(upload) if upload else None
    except quarantine.Busy:
        return None


def _waiting(upload_id: UUID) -> Upload | None:
    waiting = Upload.objects.select_related("monument__site", "report__monument", "plan", "by")
    upload = waiting.filter(pk=upload_id, state=UploadState.CHECKING).first()
    if upload is None:
        quarantine.discard(upload_id)
    return upload


def _check(upload: Upload) -> Evidence | None:
    path = quarantine.path_of(upload.pk)
    with path.open("rb") as file:
        sha256 = storage.hash_of(file)
    try:
        _compare(upload, sha256)
        found = box.run("looking.look", path=str(path), **limits.of_looking())
        storage.keep_original(path, sha256)
        evidence = _take_in(upload, sha256, found)
    except Refused as refused:
        refuse(upload.pk, Refusal(refused.why), refused.facts, sha256=sha256)
    except box.Overdrawn:
        refuse(upload.pk, Refusal.TOO_COSTLY, {}, sha256=sha256)
    except box.Broken:
        logger.exception("The file of upload %s breaks what opens it", upload.pk)
        refuse(upload.pk, Refusal.DAMAGED, {}, sha256=sha256)
    else:
        quarantine.discard(upload.pk)
        return evidence
    return None


def _compare(upload: Upload, sha256: str) -> None:
    """Raises Refused: it is not what was sent, or it is there already."""
    if quarantine.size_of(upload.pk) != upload.size:
        raise Refused(Refusal.INCOMPLETE)
    if upload.client_sha256 and upload.client_sha256 != sha256:
        raise Refused(Refusal.HASH_DIFFERS)
    _refuse_twice(upload, sha256)


def _refuse_twice(upload: Upload, sha256: str) -> None:
    there = Evidence.objects.filter(Target.of(upload).condition(), original=sha256, withdrawn_at=None)
    if there.exists():
        raise Refused(Refusal.THERE_ALREADY)


@transaction.atomic
def _take_in(upload: Upload, sha256: str, found: dict[str, Any]) -> Evidence:
    """All that follows from the look, or nothing. Raises Refused."""
    # One after the other: of two uploads of one file to one thing, the second is refused.
    Upload.objects.select_for_update().get(pk=upload.pk)
    original = _original(upload, sha256, found)
    Original.objects.select_for_update().get(pk=original.pk)
    _refuse_twice(upload, sha256)
    _refuse_closed(upload)
    evidence = attach(upload, original)
    taken_in = {"state": UploadState.STORED, "sha256": sha256, "evidence": evidence, "touched_at": timezone.now()}
    Upload.objects.filter(pk=upload.pk).update(**taken_in)
    return evidence


def _refuse_closed(upload: Upload) -> None:
    """Between the beginning and now the report may have been reviewed, or a right been taken away."""
    if upload.door == Door.LOADED or upload.by is None:
        return
    closed = refusal_to_add(Target.of(upload), upload.by)
    if closed:
        raise Refused(Refusal.CLOSED, kind="" if isinstance(closed, NotAllowed) else "submitted")


def _original(upload: Upload, sha256: str, found: dict[str, Any]) -> Original:
    facts = {name: found.get(name) for name in ("media_type", "width", "height")}
    original, is_new = Original.objects.get_or_create(sha256=sha256, defaults={"size": upload.size, **facts})
    if is_new:
        record_look(original, found)
    return original


def record_look(original: Original, found: dict[str, Any]) -> None:
    """Keep what an original says of itself and what it looks like."""
    if capture := found.get("capture"):
        Capture.objects.create(original=original, **capture | {"taken_at": _moment(capture["taken_at"])})
    if looks := found.get("looks"):
        likeness.remember(original, int(looks, 16))


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
