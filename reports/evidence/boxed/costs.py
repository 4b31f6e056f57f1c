"""Whether a picture that could not be decoded needs more memory than there is: decoders call both damaged."""

from __future__ import annotations

import resource
from typing import Any

from PIL import Image

COEFFICIENT = 2
"""Bytes; of a progressive JPEG all coefficients are kept until the last scan."""
WEBP_PIXEL = 12
"""Bytes: two canvases of the decoder, and what it decodes."""
LIBRARIES = 24 << 20
"""Bytes of data that the process has before it opens anything."""
WEBP_HEAD = 30
DIMENSION, FLAG_BITS = 0x3FFF, 14
"""Of a WebP, width and height of a frame have 14 bits each (RFC 9649, 2.5 and 3.4)."""


def kind_beyond_memory(path: str, image: Image.Image | None, size: tuple[int, int]) -> str | None:
    """`size` is that in the file: a picture that is scaled while it is decoded tells another.

    What takes so much: "progressive", or "" for the picture as such. None: it is not for want of memory.
    """
    limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
    if limit == resource.RLIM_INFINITY:
        return None
    there = limit - LIBRARIES
    if image is not None and image.info.get("progressive"):
        return "progressive" if _of_progressive(image, size) > there else None
    width, height = _size_of_webp(path)
    return "" if width * height * WEBP_PIXEL > there else None


def _of_progressive(image: Any, size: tuple[int, int]) -> float:
    """Bytes; colours may be kept at a lower resolution than light."""
    factors = [(across, down) for _id, across, down, _table in image.layer]
    whole = max(across for across, _down in factors) * max(down for _across, down in factors)
    samples = sum(across * down for across, down in factors) / whole
    return float(size[0] * size[1] * samples * COEFFICIENT)


def _size_of_webp(path: str) -> tuple[int, int]:
    """Width and height as the head of the file says; nothing for other files."""
    with open(path, "rb") as file:
        head = file.read(WEBP_HEAD)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < WEBP_HEAD:
        return 0, 0
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & DIMENSION) + 1, (bits >> FLAG_BITS & DIMENSION) + 1
    return int.from_bytes(head[26:28], "little") & DIMENSION, int.from_bytes(head[28:30], "little") & DIMENSION
