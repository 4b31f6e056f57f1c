"""Opening pictures: a few formats by name, one thread, nothing that a picture brings along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import AvifImagePlugin, Image, UnidentifiedImageError

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

# A thread has a stack of its own, which counts as memory.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
# Pixels are counted where the limit is known; Pillow's own limit warns only.
Image.MAX_IMAGE_PIXELS = None


@contextmanager
def opened(path: str) -> Iterator[Image.Image]:
    """The picture, not decoded yet. Raises Refused: the content is none of the formats, or damaged."""
    try:
        image = Image.open(path, formats=list(FORMATS))
    except UnidentifiedImageError as error:
        raise Refused("unknown_type") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused("damaged") from error
    with image:
        yield image
