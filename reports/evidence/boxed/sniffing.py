"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from reports.evidence.boxed.refusing import Refused

HEAD = 1024
"""Bytes that are looked at; programs that guess look no further."""

JPEG, PNG, TIFF, WEBP = "image/jpeg", "image/png", "image/tiff", "image/webp"
HEIC, AVIF, PDF = "image/heic", "image/avif", "application/pdf"

_STARTS = [
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"%PDF-", PDF),
]
# ISO/IEC 23008-12 and AV1 Image File Format: the brands of still pictures and of sequences.
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"avif", b"avis"), AVIF),
}
_ACTIVE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<[!?a-z]|#!|MZ|\x7fELF)", re.IGNORECASE)
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def media_type(head: bytes) -> str:
    """The type that the first bytes tell. Raises Refused: it can run code, or is none that is taken in."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    by_brand = _by_brand(head) if head[4:8] == b"ftyp" else None
    if by_brand:
        return by_brand
    if _ACTIVE.match(head):
        raise Refused("active", kind="code")
    raise Refused("unknown_type", kind="archive" if head.startswith(_ARCHIVE) else "other")


def _by_brand(head: bytes) -> str | None:
    """By the major brand; one that says only "some picture" leaves it to the compatible ones."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    known = [_BRANDS[brand] for brand in brands if brand in _BRANDS]
    if AVIF in known and HEIC in known and head[8:12] in (b"mif1", b"msf1"):
        return AVIF
    return known[0] if known else None
