"""The look that decides whether a file is taken in, and what it is."""

from __future__ import annotations

from typing import Any

from PIL import ExifTags, Image, ImageOps

from reports.evidence.boxed import likeness, sniffing, structure
from reports.evidence.boxed.capturing import capture_of
from reports.evidence.boxed.pictures import MEDIA_TYPES, errors_are_refusals, opened
from reports.evidence.boxed.refusing import Refused

STILL = {"PNG", "WEBP", "AVIF"}
"""Formats in which several pictures are an animation; elsewhere they are pages or further views."""
PREVIEW = 2048
"""Longest side in pixels to which a JPEG may be scaled while it is decoded."""
RAW_TAGS = {50706}
"""DNGVersion."""
SUBFILE_TYPE, SUB_IFDS = 254, 330
LYING = {5, 6, 7, 8}
"""Orientations in which width and height change places."""


def look(path: str, *, pixels: int, frames: int, pages: int) -> dict[str, Any]:
    """What the file is: `media_type`; of pictures, upright `width` and `height`, `capture` and `looks` (16 digits).

    At most `pixels` in a picture, `frames` pictures in a file, `pages` in a document. Raises Refused.
    """
    with open(path, "rb") as file:
        kind = sniffing.media_type(file.read(sniffing.HEAD))
    structure.check(path, kind)
    if kind == sniffing.PDF:
        # Only here: loading its library takes longer than looking at a photograph.
        from reports.evidence.boxed import documents

        documents.check(path, pages=pages)
        return {"media_type": kind}
    with errors_are_refusals():
        return _look_at_picture(path, kind, pixels, frames)


def _look_at_picture(path: str, kind: str, pixels: int, frames: int) -> dict[str, Any]:
    with opened(path) as image:
        if MEDIA_TYPES[image.format or ""] != kind:
            raise Refused("damaged", kind="corrupt")
        _check_size(image.size, pixels)
        _check_not_raw(image)
        _check_frames(image, frames)
        capture = capture_of(image)
        width, height = _upright(image)
        return {
            "media_type": kind,
            "width": width,
            "height": height,
            "capture": capture,
            "looks": _looks(image),
        }


def _check_size(size: tuple[int, int], pixels: int) -> None:
    found = size[0] * size[1]
    if found > pixels:
        raise Refused("too_many_pixels", found=found, limit=pixels)
    if not found:
        raise Refused("damaged", kind="corrupt")


def _check_not_raw(image: Image.Image) -> None:
    """The raw file of a camera is a TIFF whose first picture is a small preview."""
    tags: Any = getattr(image, "tag_v2", None)
    if tags and (RAW_TAGS & set(tags) or (tags.get(SUBFILE_TYPE, 0) & 1 and SUB_IFDS in tags)):
        raise Refused("unknown_type", kind="raw")


def _check_frames(image: Image.Image, frames: int) -> None:
    limit = 1 if image.format in STILL else frames
    found = 1 if image.format == "TIFF" else getattr(image, "n_frames", 1)
    if image.format == "TIFF":
        found = _count_pages(image, limit)
    if found > limit:
        raise Refused("too_many_frames", found=found, limit=limit)


def _count_pages(image: Image.Image, limit: int) -> int:
    """Pages of a TIFF, no further than one beyond the limit: its tables may go on for ever."""
    for page in range(1, limit + 1):
        try:
            image.seek(page)
        except EOFError:
            image.seek(0)
            return page
    return limit + 1


def _upright(image: Image.Image) -> tuple[int, int]:
    """Width and height; a TIFF is turned when it is opened, its own tag notwithstanding."""
    width, height = image.size
    lies = image.format != "TIFF" and image.getexif().get(ExifTags.Base.Orientation) in LYING
    return (height, width) if lies else (width, height)


def _looks(image: Image.Image) -> str | None:
    """Decodes all of it: a JPEG at the scale that is needed, which still goes through every byte."""
    image.draft("RGB", (PREVIEW, PREVIEW))
    image.load()
    small = image.convert("RGB") if image.mode in {"P", "PA"} else image
    small.thumbnail((PREVIEW, PREVIEW))
    bits = likeness.bits_of(ImageOps.exif_transpose(small))
    return None if bits is None else f"{bits:016x}"
