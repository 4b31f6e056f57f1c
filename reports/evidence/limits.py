"""How much is taken in: of one file, of one person at a time, of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, Sum

from reports.evidence import quarantine
from reports.evidence.models import Original, Upload
from reports.evidence.vocabulary import Refusal, UploadState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

MIB, GIB = 1 << 20, 1 << 30
SPARE = 512 * MIB
"""Bytes of the disk that stay free, for the database and the rest."""
KEPT_SECONDS = 30
FRAMES = 10
"""Pages of a TIFF or views in one file; the first is shown."""


def per_file() -> int:
    """Bytes."""
    return settings.EVIDENCE_MAX_FILE_MB * MIB


def of_looking() -> dict[str, int]:
    """What a file may have, for the box."""
    pixels = settings.EVIDENCE_MAX_MEGAPIXELS * 1_000_000
    return {"pixels": pixels, "frames": FRAMES, "pages": settings.EVIDENCE_MAX_PAGES}


def refusal(size: int) -> tuple[Refusal, dict[str, Any]] | None:
    """Why a file of so many bytes is not taken in now."""
    if not size:
        return Refusal.EMPTY, {}
    if size > per_file():
        return Refusal.TOO_LARGE, {"found": size, "limit": per_file()}
    if size > _room():
        return Refusal.FULL, {}
    return None


def is_too_many_at_once(by: PermissionsMixin | AnonymousUser) -> bool:
    """Whether this person has begun as many uploads as one may have open."""
    open_ones = Upload.objects.filter(by=by.pk, state=UploadState.RECEIVING)
    return open_ones.count() >= settings.EVIDENCE_MAX_OPEN_UPLOADS


def _room() -> int:
    """Bytes that there is room for: on the disk, and within what the installation may hold."""
    on_disk = quarantine.free_bytes() - SPARE - _to_come()
    if not settings.EVIDENCE_QUOTA_GB:
        return on_disk
    return min(on_disk, settings.EVIDENCE_QUOTA_GB * GIB - _held() - _to_come())


def _held() -> int:
    """Bytes of all originals, counted anew twice a minute."""
    counted = cache.get("evidence-held")
    if counted is None:
        counted = Original.objects.aggregate(n=Sum("size"))["n"] or 0
        cache.set("evidence-held", counted, KEPT_SECONDS)
    return counted


def _to_come() -> int:
    """Bytes that were announced and are not here yet."""
    open_ones = Upload.objects.filter(state=UploadState.RECEIVING)
    return open_ones.aggregate(n=Sum(F("size") - F("received")))["n"] or 0
