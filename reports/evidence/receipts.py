"""What became of files that somebody sent, for them to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reports.evidence import refusals, uses
from reports.evidence.models import Evidence, Upload
from reports.evidence.uses import Use
from reports.evidence.vocabulary import Refusal
from sites.models import Monument

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


class UsedBefore(NamedTuple):
    use: Use
    says: str


class Receipt(NamedTuple):
    upload: Upload
    monument: Monument
    refusal: refusals.Words | None
    used_before: list[UsedBefore]
    is_shown: bool
    """Whether there is a page of it to go to: not of what was refused, or withdrawn since."""

    @property
    def is_as_sent(self) -> bool:
        """Whether the hash that its sender counted is the one of what is stored."""
        return bool(self.upload.sha256) and self.upload.client_sha256 == self.upload.sha256

    @property
    def shows_hashes(self) -> bool:
        """Whether they tell its sender something: of what is kept, or of what changed on its way."""
        return not self.upload.refusal or self.upload.refusal == Refusal.HASH_DIFFERS

    @property
    def percent(self) -> int:
        return round(100 * self.upload.received / self.upload.size) if self.upload.size else 0


def receipts(uploads: Sequence[Upload], user: PermissionsMixin | AnonymousUser) -> list[Receipt]:
    """One for each upload, in the same order; a few queries for all of them."""
    sent = [upload.evidence_id for upload in uploads if upload.evidence_id]
    evidence = Evidence.objects.visible_to(user).filter(pk__in=sent).select_related("report")
    shown = {one.pk for one in evidence}
    before = uses.used_before(evidence, user)
    monuments = Monument.objects.labelled().in_bulk([upload.monument_id for upload in uploads])
    return [
        Receipt(
            upload,
            monuments[upload.monument_id],
            refusals.words(upload.refusal, upload.refusal_facts) if upload.refusal else None,
            [
                UsedBefore(use, use.words())
                for use in (before.get(upload.evidence_id, []) if upload.evidence_id else [])
            ],
            upload.evidence_id in shown,
        )
        for upload in uploads
    ]
