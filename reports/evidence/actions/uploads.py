"""A file's way in: announced, received, and handed to the check."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.workflow import NotAllowed, Refused, WrongState
from reports.evidence import limits, names, quarantine
from reports.evidence.models import Upload
from reports.evidence.models.original import sha256 as is_sha256
from reports.evidence.targets import Target, refusal_to_add
from reports.evidence.vocabulary import Door, Refusal, UploadState
from reports.waking import wake

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


class Misplaced(Refused):
    """The bytes do not go on where the last ones ended; the message names the place."""

    def __init__(self, received: int) -> None:
        super().__init__(_("%(bytes)s bytes are here; go on from there.") % {"bytes": received})
        self.received = received


class Altered(Refused):
    """The bytes that came are not those that were sent: they are forgotten, and sent again."""

    def __init__(self) -> None:
        super().__init__(_("What came is not what was sent; send this part again."))


class Checksum(NamedTuple):
    """Of one part of a file, as its sender counts it."""

    algorithm: str
    digest: bytes


CHECKSUMS = ("sha256", "sha1")
"""Algorithms; the protocol tus asks for SHA-1."""


def begin(
    target: Target,
    *,
    name: str,
    size: int,
    by: PermissionsMixin | AnonymousUser,
    door: Door,
    client_sha256: str = "",
) -> Upload:
    """Announce a file of `size` bytes. One that is too large is refused here, before it is sent.

    Raises NotAllowed, WrongState (nothing is added there, or too many are open), ValidationError (not a hash).
    """
    if refusal := refusal_to_add(target, by):
        raise refusal
    if limits.is_too_many_at_once(by):
        raise WrongState(_("You have begun too many uploads; finish or cancel some first."))
    if client_sha256:
        is_sha256(client_sha256)
    upload = Upload(
        monument=target.monument,
        report=target.report,
        plan=target.plan,
        name=names.tidied(name),
        size=size,
        by_id=by.pk,
        door=door,
        client_sha256=client_sha256,
    )
    if found := limits.refusal(size):
        upload.state, upload.refusal, upload.refusal_facts = UploadState.REFUSED, *found
    upload.save()
    return upload


def receive(upload: Upload, source: IO[bytes], *, offset: int, checksum: Checksum | None = None) -> int:
    """Take in the bytes from `offset` on; returns how many are here then. What breaks off goes on from there.

    Raises Misplaced, Altered (not what the checksum says), quarantine.Busy, WrongState (it is not being received).
    """
    digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
    with quarantine.held(upload.pk) as file:
        upload.refresh_from_db()
        if upload.state != UploadState.RECEIVING:
            raise WrongState(_("This file has arrived already."))
        here = quarantine.size_of(upload.pk)
        if offset != here:
            raise Misplaced(here)
        came = quarantine.append(file, source, upload.size - here, digest.update if digest else None)
        if checksum and digest and digest.digest() != checksum.digest:
            quarantine.cut(file, here)
            raise Altered
        _note(upload, here + came)
    return here + came


def received(upload: Upload) -> int:
    """How many bytes of it are here. One that is all here, and nobody said so, is handed on."""
    if upload.state != UploadState.RECEIVING:
        return upload.size
    here = quarantine.size_of(upload.pk)
    if here == upload.size:
        _note(upload, here)
    return here


def cancel(upload: Upload, *, by: PermissionsMixin | AnonymousUser) -> None:
    """Forget a file that is on its way in, or a refusal. Raises NotAllowed, WrongState, quarantine.Busy."""
    if upload.by_id != by.pk:
        raise NotAllowed(_("This upload is somebody else’s."))
    with quarantine.held(upload.pk):
        gone, _rows = Upload.objects.filter(
            pk=upload.pk, state__in=[UploadState.RECEIVING, UploadState.REFUSED]
        ).delete()
        if not gone:
            raise WrongState(_("This file has arrived already; evidence is withdrawn, not cancelled."))
        quarantine.discard(upload.pk)


def refuse(upload: UUID, why: Refusal, facts: dict[str, Any], *, sha256: str = "") -> None:
    """Say why a file is not taken in, and forget its bytes; not from within a transaction."""
    open_ones = Upload.objects.filter(pk=upload, state__in=[UploadState.RECEIVING, UploadState.CHECKING])
    changes = {"refusal": why, "refusal_facts": facts, "sha256": sha256, "touched_at": timezone.now()}
    open_ones.update(state=UploadState.REFUSED, **changes)
    quarantine.discard(upload)


@transaction.atomic
def _note(upload: Upload, here: int) -> None:
    """Write down how much is here; when it is all, the workers look at it."""
    from reports.evidence import tasks

    state = UploadState.CHECKING if here == upload.size else UploadState.RECEIVING
    open_ones = Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVING)
    noted = open_ones.update(received=here, touched_at=timezone.now(), state=state)
    if noted and state == UploadState.CHECKING:
        wake(tasks.check, upload.pk)
    upload.received, upload.state = here, state
