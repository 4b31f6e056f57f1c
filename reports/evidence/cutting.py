"""Cutting what IIIF asks for out of the pictures that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from reports.evidence import iiif
from reports.evidence.models import Rendition
from reports.evidence.renditions import storage


def cut(renditions: Sequence[Rendition], asked: iiif.Request) -> bytes:
    """The picture that is asked for, of the smallest rendition that is enough for it; the smallest comes first.

    `asked` is in pixels of the last. Raises FileNotFoundError.
    """
    largest = renditions[-1]
    used = next((one for one in renditions if _is_enough(one, asked, largest)), largest)
    with storage().open(used.file, "rb") as file, Image.open(file) as image:
        return iiif.make(image, asked, of=(largest.width, largest.height))


def _is_enough(rendition: Rendition, asked: iiif.Request, largest: Rendition) -> bool:
    wide = asked.region.width * rendition.width / largest.width
    high = asked.region.height * rendition.height / largest.height
    # A side is rounded when a rendition is made.
    return wide > asked.width - 1 and high > asked.height - 1
