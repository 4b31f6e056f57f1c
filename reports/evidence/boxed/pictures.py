"""Opening pictures: a few formats by name, one thread, nothing that a picture brings along."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import AvifImagePlugin, Image

from reports.evidence.boxed import costs
from reports.evidence.boxed.refusing import Refused

# Pillow knows dozens of formats; these are the ones that are taken in.
FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
}
"""Pillow's name of a format -> media type."""
MEDIA_TYPES = {**FORMATS, "MPO": FORMATS["JPEG"]}
"""The same for what was opened: Pillow calls a JPEG with further views in it an MPO."""

LIBRARY_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    KeyError,
    RuntimeError,
    struct.error,
    zlib.error,
)

# A thread has a stack of its own, which counts as memory.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
# Pixels are counted where the limit is known; Pillow's own limit warns only.
Image.MAX_IMAGE_PIXELS = None


@contextmanager
def opened(path: str) -> Iterator[Image.Image]:
    """The picture, not decoded yet. Raises Refused: the content is none of the formats, or damaged."""
    image, size = None, (0, 0)
    try:
        with Image.open(path, formats=list(FORMATS)) as image:
            size = image.size
            yield image
    except LIBRARY_ERRORS as error:
        why, kind = _why(error), costs.kind_beyond_memory(path, image, size)
        if why == "damaged" and kind is not None:
            raise Refused("too_costly", kind=kind) from error
        raise Refused(why) from error


@contextmanager
def errors_are_refusals() -> Iterator[None]:
    """What the libraries raise at a picture that is not what it should be becomes Refused."""
    try:
        yield
    except LIBRARY_ERRORS as error:
        raise Refused(_why(error)) from error


def _why(error: Exception) -> str:
    """What stands behind an error, by the words of Pillow and libheif; a limit of theirs is not a damage."""
    words = str(error).lower()
    if "too large" in words:  # text or a profile that unpacks into more than it should
        return "too_much_metadata"
    return "too_costly" if "memory" in words or "limit" in words else "damaged"
