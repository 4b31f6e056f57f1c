"""Loading a file from a folder: the same way in as an upload's, in one go."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F

from reports.conditions.workflow import Refused as StepRefused
from reports.evidence import box, limits, quarantine, storage
from reports.evidence.actions.checking import check
from reports.evidence.actions.life import describe
from reports.evidence.actions.uploads import begin, cancel, receive
from reports.evidence.boxed.refusing import Refused
from reports.evidence.loading import Item, still_unsaid
from reports.evidence.models import Evidence, Upload
from reports.evidence.refusals import words
from reports.evidence.vocabulary import Door, Refusal, UploadState

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

WAIT_SECONDS = 300
"""For a worker that looks at the same file just now."""


class Loaded(NamedTuple):
    """What became of a file: evidence, whether it was there before, or why it was not taken in."""

    evidence: Evidence | None = None
    was_there: bool = False
    refusal: str = ""


def load(item: Item, *, by: PermissionsMixin) -> Loaded:
    """Take a file in and describe it; a second time, nothing of it is doubled, and only what was left is done."""
    with item.path.open("rb") as file:
        sha256 = storage.hash_of(file)
    if there := _there(item, sha256):
        return _described(there, item, by, was_there=True)
    upload = _sent(item, sha256, by)
    if upload.evidence:
        return _described(upload.evidence, item, by)
    why = _why(upload.refusal or Refusal.INCOMPLETE, upload.refusal_facts)
    if upload.state == UploadState.REFUSED:
        # Whoever loads it reads it at once; a receipt would come anew with every run.
        cancel(upload, by=by)
    return Loaded(refusal=why)


def _described(evidence: Evidence, item: Item, by: PermissionsMixin, *, was_there: bool = False) -> Loaded:
    said = still_unsaid(evidence, item.description) if was_there else item.description
    if not said or evidence.withdrawn_at:
        return Loaded(evidence, was_there)
    try:
        return Loaded(describe(evidence, by=by, **said), was_there)
    except (StepRefused, ValidationError) as error:
        return Loaded(evidence, was_there, "; ".join(getattr(error, "messages", [str(error)])))


def would_refuse(item: Item) -> Loaded:
    """What `load` would say, without keeping anything."""
    size = item.path.stat().st_size
    if found := limits.refusal(size):
        return Loaded(refusal=_why(*found))
    with item.path.open("rb") as file:
        sha256 = storage.hash_of(file)
    if there := _there(item, sha256):
        return Loaded(there, was_there=True)
    try:
        box.run("looking.look", path=str(item.path), **limits.of_looking())
    except Refused as refused:
        return Loaded(refusal=_why(refused.why, refused.facts))
    except box.Overdrawn:
        return Loaded(refusal=_why(Refusal.TOO_COSTLY, {}))
    except box.Broken:
        return Loaded(refusal=_why(Refusal.DAMAGED, {}))
    return Loaded()


def _there(item: Item, sha256: str) -> Evidence | None:
    """One that was withdrawn, too: running it again is no reason to show it again."""
    same = Evidence.objects.filter(item.target.condition(), original=sha256)
    found: Evidence | None = same.order_by(F("withdrawn_at").desc(nulls_first=True)).first()
    return found


def _sent(item: Item, sha256: str, by: PermissionsMixin) -> Upload:
    """Its upload once it was looked at; one that an earlier run left half-way is gone on with."""
    same = Upload.objects.filter(item.target.condition(), client_sha256=sha256, by=by.pk, door=Door.LOADED)
    upload = same.filter(state__in=[UploadState.RECEIVING, UploadState.CHECKING]).first()
    if upload is None:
        size = item.path.stat().st_size
        facts: dict[str, Any] = {"name": item.path.name, "size": size, "client_sha256": sha256}
        upload = begin(item.target, by=by, door=Door.LOADED, **facts)
    if upload.state == UploadState.RECEIVING:
        with item.path.open("rb") as file:
            here = file.seek(quarantine.size_of(upload.pk))
            receive(upload, file, offset=here)
    return _looked_at(upload)


def _looked_at(upload: Upload) -> Upload:
    """By this process, or by a worker that was quicker."""
    last = time.monotonic() + WAIT_SECONDS
    while True:
        check(upload.pk)
        upload.refresh_from_db()
        if upload.state != UploadState.CHECKING or time.monotonic() > last:
            return upload
        time.sleep(0.2)


def _why(why: str, facts: dict[str, object]) -> str:
    said = words(why, facts)
    return f"{said.reason} {said.advice}"
