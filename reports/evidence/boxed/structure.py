"""Where a file ends by its own account: what lies behind belongs to another file, which is refused.

A file that is two things at once shows one to who checks it and another to who opens it. Cameras do
put something behind a picture: further views (MPF), Samsung's trailer, the film of a moving
photograph; these are known by their own marks.
"""

from __future__ import annotations

import mmap
import re
import zipfile
from collections.abc import Callable

from reports.evidence.boxed import sniffing
from reports.evidence.boxed.refusing import Refused

MOST_SEGMENTS = 4096
MOST_METADATA = 16 << 20
"""Bytes of a JPEG's application segments and comments: previews of some cameras take up several millions."""
PADDING = 64 << 10
"""Zeros that may lie behind a picture: some cameras fill up a sector."""

SOI, EOI, SOS, APP_2, COMMENT = 0xD8, 0xD9, 0xDA, 0xE2, 0xFE
APPLICATION = range(0xE0, 0xF0)
WITHOUT_LENGTH = {0x01, SOI, *range(0xD0, 0xD8)}
FILL = 0xFF
"""Markers of JPEG: ISO/IEC 10918-1, table B.1."""
BOX_HEADER = 8
"""Bytes of size and name before the content of a box."""

_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_ARCHIVE = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c")
_CODE = re.compile(rb"<\?php|<script[\s>]|<html[\s>]", re.IGNORECASE)


def check(path: str, kind: str) -> None:
    """Raises Refused where the file is more than it says, or ends too early."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if kind != sniffing.PDF and b"%PDF-" in data[: sniffing.HEAD]:
            raise Refused("two_in_one", kind="pdf")
        # The text of a document may well speak of code.
        if kind != sniffing.PDF and _CODE.search(data):
            raise Refused("two_in_one", kind="code")
        if _ARCHIVE.search(data) or zipfile.is_zipfile(path):
            raise Refused("two_in_one", kind="archive")
        if walk := _WALKS.get(kind):
            _refuse_what_follows(data, walk(data))


def _refuse_what_follows(data: mmap.mmap, end: int) -> None:
    if end > len(data):
        raise Refused("damaged", kind="truncated")
    rest = len(data) - end
    if rest and (rest > PADDING or data[end:].strip(b"\0\r\n")):
        raise Refused("two_in_one", kind="other", found=rest)


def _end_of_jpeg(data: mmap.mmap) -> int:
    end, has_views = _walk_jpeg(data, 0)
    while has_views and (view := _next_view(data, end)):
        end, _has_views = _walk_jpeg(data, view)
    if data[end + 4 : end + 8] == b"ftyp":
        return _end_of_boxes(data, end)
    return len(data) if data[-4:] == b"SEFT" else end


def _next_view(data: mmap.mmap, end: int) -> int:
    """Where the next view starts, behind a few zeros perhaps; 0: there is none."""
    zeros = data[end : end + PADDING]
    start = end + len(zeros) - len(zeros.lstrip(b"\0"))
    return start if data[start : start + 2] == bytes([FILL, SOI]) else 0


def _walk_jpeg(data: mmap.mmap, start: int) -> tuple[int, bool]:
    """Where the JPEG that starts there ends, and whether it has an index of further views (MPF)."""
    at, metadata, has_views = start + 2, 0, False
    for _segment in range(MOST_SEGMENTS):
        at, marker = _next_marker(data, at)
        if marker == EOI:
            return at, has_views
        if marker in WITHOUT_LENGTH:
            continue
        length = _length(data, at)
        if marker in APPLICATION or marker == COMMENT:
            metadata += length
            has_views = has_views or (marker == APP_2 and data[at + 2 : at + 6] == b"MPF\0")
        if metadata > MOST_METADATA:
            break
        at = _after_scan(data, at + length) if marker == SOS else at + length
    raise Refused("too_much_metadata")


def _length(data: mmap.mmap, at: int) -> int:
    """Of the segment whose marker ends there; it counts its own two bytes."""
    length = int.from_bytes(data[at : at + 2], "big")
    if at + max(length, 2) > len(data):
        raise Refused("damaged", kind="truncated")
    return max(length, 2)


def _next_marker(data: mmap.mmap, at: int) -> tuple[int, int]:
    """The position behind the next marker, and its code; filling bytes are skipped."""
    if at < len(data) and data[at] != FILL:
        raise Refused("damaged", kind="corrupt")
    while at < len(data) and data[at] == FILL:
        at += 1
    if at >= len(data):
        raise Refused("damaged", kind="truncated")
    return at + 1, data[at]


def _after_scan(data: mmap.mmap, at: int) -> int:
    """Compressed data ends at the first marker that is neither a stuffed FF nor a restart."""
    found = _AFTER_SCAN.search(data, at)
    if not found:
        raise Refused("damaged", kind="truncated")
    return found.start()


def _end_of_png(data: mmap.mmap) -> int:
    at = 8
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return at
    raise Refused("damaged", kind="truncated")


def _end_of_riff(data: mmap.mmap) -> int:
    size = 8 + int.from_bytes(data[4:8], "little")
    return size + size % 2 if size < len(data) else size


def _end_of_boxes(data: mmap.mmap, at: int = 0) -> int:
    """ISO/IEC 14496-12: boxes one behind the other; what has no name of letters and digits is none."""
    while at + BOX_HEADER <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if not name.isalnum():
            return at
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            return len(data)
        if size < BOX_HEADER:
            return at
        at += size
    return at


def _end_of_pdf(data: mmap.mmap) -> int:
    """Behind the last mark of its end, and the line's end."""
    mark = data.rfind(b"%%EOF")
    if mark < 0:
        raise Refused("damaged", kind="truncated")
    end = mark + len(b"%%EOF")
    return end + len(data[end:]) - len(data[end:].lstrip())


_WALKS: dict[str, Callable[[mmap.mmap], int]] = {
    sniffing.JPEG: _end_of_jpeg,
    sniffing.PNG: _end_of_png,
    sniffing.WEBP: _end_of_riff,
    sniffing.HEIC: _end_of_boxes,
    sniffing.AVIF: _end_of_boxes,
    sniffing.PDF: _end_of_pdf,
}
"""How the end of each type is found; a TIFF has none: its parts lie where its tables say."""
