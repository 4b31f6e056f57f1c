"""From an original to the pictures that are shown in its place.

What it makes holds pixels and nothing else: no metadata, no colour profile (the pixels are sRGB), no
thumbnail. The original is decoded once; every size is made of the one before it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageCms

from reports.evidence.boxed.first_page import first_page
from reports.evidence.boxed.pictures import opened
from reports.evidence.boxed.refusing import Refused

AVIF, JPEG = "image/avif", "image/jpeg"
# AVIF at this speed needs about the time of WebP for fewer bytes and less loss, and about half the bytes of
# JPEG, which stays for browsers that do not know it.
_ENCODING: dict[str, dict[str, Any]] = {
    AVIF: {"format": "AVIF", "quality": 63, "speed": 9, "max_threads": 1},
    JPEG: {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
LIST, PAGE, FULL, PLAIN = "list", "page", "full", "plain"
PIXELS = {LIST: 640, PAGE: 1600}
"""Of the longest side, in pixels; that of the full view is told by the caller. Nothing is made larger than it is."""
# The full view is looked at in tiles that are cut out of it, so it is kept in one format, with less loss.
_FORMATS = {LIST: (AVIF, JPEG), PAGE: (AVIF, JPEG)}
_FULL = {"format": "JPEG", "quality": 88}

COARSE = 4
"""A blurred area keeps this many patches of mean colour along its longer side, and nothing else."""
MOST_DECODED = 32_000_000
"""Pixels of a JPEG that are decoded at the full scale, of which each takes four bytes."""
STRIP, REACH = 256, 4
"""Rows that are scaled at once, and how many more on either side count for the last of them (Lanczos: 3)."""
WHITE_OF_16_BITS = 0xFFFF
WHITE = (255, 255, 255, 255)
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112


class Area(NamedTuple):
    """What is blurred: shares of the upright picture, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


class Picture(NamedTuple):
    """One size in one format."""

    size: str
    format: str
    width: int
    height: int
    content: bytes


def make(path: str, folder: str, areas: list[tuple[float, ...]], full: int, document: bool) -> list[dict[str, Any]]:
    """The job: write the pictures into the folder, and answer what they are. Raises Refused."""
    made = []
    for picture in render(Path(path), [Area(*area) for area in areas], full=full, document=document):
        file = f"{picture.size}.{picture.format.removeprefix('image/')}"
        Path(folder, file).write_bytes(picture.content)
        digest = hashlib.sha256(picture.content).hexdigest()
        made.append({**picture._asdict(), "content": None, "file": file, "digest": digest})
    return made


def render(path: Path, areas: Iterable[Area], *, full: int, document: bool = False) -> Iterator[Picture]:
    """The pictures of all sizes and formats, the largest first. `full` is its longest side.

    With areas to blur there is one more, without blur, on which editors mark them. It is never public.
    """
    try:
        image = _in_srgb(first_page(path, full), None) if document else _upright(path, full)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused("damaged") from error
    blurred = list(areas)
    if blurred:
        yield _encode(_shrink(image, PIXELS[PAGE]), PLAIN, JPEG, _ENCODING[JPEG])
    for area in blurred:
        blur(image, area)
    yield _encode(image, FULL, JPEG, _FULL)
    for size in (PAGE, LIST):
        image = _shrink(image, PIXELS[size])
        for kind in _FORMATS[size]:
            yield _encode(image, size, kind, _ENCODING[kind])


def blur(image: Image.Image, area: Area) -> None:
    """Turn the area of the picture into a few patches of mean colour that run into each other.

    What is left of it are at most 16 colours: neither sharpening nor trying out faces brings it back.
    """
    left, right = _whole_pixels(area.x, area.width, image.width)
    top, bottom = _whole_pixels(area.y, area.height, image.height)
    box, width, height = (left, top, right, bottom), right - left, bottom - top
    longest = max(width, height)
    patches = (max(1, COARSE * width // longest), max(1, COARSE * height // longest))
    means = image.crop(box).resize(patches, Image.Resampling.BOX)
    image.paste(means.resize((width, height), Image.Resampling.BICUBIC), box)


def _whole_pixels(start: float, length: float, size: int) -> tuple[int, int]:
    """From the first to behind the last pixel that the share touches: at least one."""
    first = min(math.floor(start * size), size - 1)
    return first, min(max(math.ceil((start + length) * size), first + 1), size)


def _upright(path: Path, longest: int) -> Image.Image:
    """The picture as RGB in sRGB, upright, at most so large, with nothing but its pixels."""
    with opened(str(path)) as image:
        _scale_while_decoding(image, longest)
        image.load()
        profile = image.info.get("icc_profile")
        turn = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
        # The sharper filters cannot be told from this one here, and take twice as long.
        found = _on_white(_shrink(_scalable(image), longest, Image.Resampling.HAMMING))
    found = _in_srgb(found, profile)
    if turn is not None:
        found = found.transpose(turn)
    found.info = {}
    return found


def _scale_while_decoding(image: Image.Image, longest: int) -> None:
    """A JPEG can be decoded at a half, a quarter or an eighth of its size, in a fraction of time and memory."""
    wanted = _within(image.size, longest)
    if image.width * image.height > MOST_DECODED and max(image.size) < 2 * longest:
        wanted = image.width // 2, image.height // 2
    image.draft(None, wanted)


def _scalable(image: Image.Image) -> Image.Image:
    """In a mode that can be scaled."""
    if image.mode in {"P", "PA"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode == "RGB" and image.has_transparency_data:  # one colour stands for nothing
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image


def _on_white(image: Image.Image) -> Image.Image:
    """As L, RGB, CMYK or LAB, of 8 bits, with what was transparent on white."""
    if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        return _of_eight_bits(image)
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, WHITE)
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    return image if image.mode in {"L", "RGB", "CMYK", "LAB"} else image.convert("RGB")


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """Greys of 16 or 32 bits: of 16 by their value, of others from their darkest to their lightest."""
    image = image if image.mode == "F" else image.convert("I")
    darkest, lightest = map(float, image.getextrema())  # type: ignore[arg-type]
    if image.mode == "I" and darkest >= 0 and lightest <= WHITE_OF_16_BITS:
        darkest, lightest = 0, WHITE_OF_16_BITS
    scale = 255 / ((lightest - darkest) or 1)
    return image.convert("F").point(lambda value: value * scale - darkest * scale).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By its colour profile, if it has one that can be read and fits; else by the plain formula."""
    if image.mode == "LAB":
        return ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), _SRGB, outputMode="RGB") or image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if image.mode != "RGB" or "sRGB" not in ImageCms.getProfileDescription(source):
                return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile, or one of another kind of picture
    return image.convert("RGB")


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The size that fits, in the same shape; never larger, never nothing."""
    scale = min(1, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrink(image: Image.Image, longest: int, how: Image.Resampling = Image.Resampling.LANCZOS) -> Image.Image:
    """Strip by strip: scaling a large picture at once would need half as much memory again."""
    wanted = _within(image.size, longest)
    if wanted == image.size:
        return image
    found = Image.new(image.mode, wanted)
    for top in range(0, wanted[1], STRIP):
        found.paste(_strip(image, wanted, top, how), (0, top))
    return found


def _strip(image: Image.Image, wanted: tuple[int, int], top: int, how: Image.Resampling) -> Image.Image:
    """The rows of the scaled picture from `top` on, made of a few rows more than they need, so that no seam shows."""
    width, height = wanted
    scale = image.height / height
    upper, bottom = max(0, top - REACH), min(top + STRIP, height)
    lower = min(bottom + REACH, height)
    first, last = math.floor(upper * scale), min(math.ceil(lower * scale), image.height)
    rows = image.crop((0, first, image.width, last))
    box = (0, upper * scale - first, image.width, min(lower * scale - first, rows.height))
    scaled = rows.resize((width, lower - upper), how, box=box)
    return scaled.crop((0, top - upper, width, bottom - upper))


def _encode(image: Image.Image, size: str, kind: str, how: dict[str, Any]) -> Picture:
    content = BytesIO()
    image.save(content, **how)
    return Picture(size, kind, *image.size, content.getvalue())
