"""IIIF Image API 3.0, level 2: what an address asks for, and the picture that answers it. Pure.

https://iiif.io/api/image/3.0/. Nothing is made larger than it is, so an answer is never larger than
the picture it is cut from.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageOps

TILE = 512
"""Side of the tiles that viewers are told to ask for, in pixels."""
QUALITIES = ("default", "color", "gray")
_FORMATS: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 85},
    "png": {"format": "PNG", "compress_level": 3},
    "webp": {"format": "WEBP", "quality": 82, "method": 2},
}
MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}

# Ten digits are more than any picture has, and a number that long is no work to anybody.
_WHOLE = r"[0-9]{1,10}"
_DECIMAL = rf"{_WHOLE}(?:\.[0-9]{{1,10}})?"
_REGION = re.compile(rf"({_WHOLE}),({_WHOLE}),({_WHOLE}),({_WHOLE})\Z")
_REGION_IN_PERCENT = re.compile(rf"pct:({_DECIMAL}),({_DECIMAL}),({_DECIMAL}),({_DECIMAL})\Z")
_ONE_SIDE = re.compile(rf"({_WHOLE})?,({_WHOLE})?\Z")
_BOTH_SIDES = re.compile(rf"(!?)({_WHOLE}),({_WHOLE})\Z")
_SIZE_IN_PERCENT = re.compile(rf"pct:({_DECIMAL})\Z")
_ROTATION = re.compile(rf"(!?)({_DECIMAL})\Z")


class Unanswerable(ValueError):
    """What was asked for is not a picture that can be made; the message says of what."""

    status = 400


class Unsupported(Unanswerable):
    """It is well said, but this server does not do it."""

    status = 501


class Region(NamedTuple):
    """In pixels, from the upper left corner."""

    x: int
    y: int
    width: int
    height: int


class Request(NamedTuple):
    """A picture asked for, worked out in pixels: first the region, then its size, then mirrored, then turned."""

    region: Region
    width: int
    height: int
    mirrored: bool
    turned: int
    """Clockwise, in degrees: 0, 90, 180 or 270."""
    quality: str
    format: str


def read(region: str, size: str, rotation: str, quality: str, kind: str, *, of: tuple[int, int]) -> Request:
    """What the parts of an address ask of a picture so wide and high. Raises Unanswerable."""
    if quality not in QUALITIES:
        raise Unanswerable(f"quality: one of {', '.join(QUALITIES)}")
    if kind not in _FORMATS:
        raise Unanswerable(f"format: one of {', '.join(_FORMATS)}")
    asked = _region(region, *of)
    return Request(asked, *_size(size, asked.width, asked.height), *_rotation(rotation), quality, kind)


def canonical(request: Request, *, of: tuple[int, int]) -> str:
    """The one address, behind the identifier, of all that ask for this picture."""
    region, size = request.region, (request.width, request.height)
    return "/".join(
        [
            "full" if region == (0, 0, *of) else ",".join(map(str, region)),
            "max" if size == (region.width, region.height) else ",".join(map(str, size)),
            f"{'!' if request.mirrored else ''}{request.turned}",
            f"{'default' if request.quality == 'color' else request.quality}.{request.format}",
        ]
    )


def make(image: Image.Image, request: Request, *, of: tuple[int, int] | None = None) -> bytes:
    """The picture that was asked for, as a file. `of`: what the request is of, where `image` is a smaller one."""
    x, y, width, height = request.region
    size = (request.width, request.height)
    if size == (width, height):
        found = image.crop((x, y, x + width, y + height))
    else:
        found = image.resize(size, Image.Resampling.LANCZOS, box=_box(request.region, image, of), reducing_gap=2)
    if request.mirrored:
        found = ImageOps.mirror(found)
    if request.turned:
        found = found.transpose(_TURNS[request.turned])
    if request.quality == "gray":
        found = found.convert("L")
    content = BytesIO()
    found.save(content, **_FORMATS[request.format])
    return content.getvalue()


def _box(region: Region, image: Image.Image, of: tuple[int, int] | None) -> tuple[float, float, float, float]:
    """The region in pixels of the image."""
    width, height = of or image.size
    wide, high = image.width / width, image.height / height
    right, below = (region.x + region.width) * wide, (region.y + region.height) * high
    return region.x * wide, region.y * high, min(right, image.width), min(below, image.height)


def information(address: str, *, of: tuple[int, int], sizes: list[tuple[int, int]]) -> dict[str, Any]:
    """What `info.json` says of the picture at this address; `sizes` are those that are there already."""
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": of[0],
        "height": of[1],
        "sizes": [{"width": width, "height": height} for width, height in sorted(set(sizes))],
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": _scale_factors(max(of))}],
        "extraFormats": [kind for kind in _FORMATS if kind not in {"jpg", "png"}],
        "extraQualities": [quality for quality in QUALITIES if quality != "default"],
        "extraFeatures": ["mirroring", "canonicalLinkHeader", "profileLinkHeader"],
    }


def _scale_factors(longest: int) -> list[int]:
    """1, 2, 4, … until the whole picture is one tile."""
    factors = [1]
    while TILE * factors[-1] < longest:
        factors.append(factors[-1] * 2)
    return factors


def _region(text: str, width: int, height: int) -> Region:
    if text == "full":
        return Region(0, 0, width, height)
    if text == "square":
        side = min(width, height)
        return Region((width - side) // 2, (height - side) // 2, side, side)
    if found := _REGION.match(text):
        x, y, wide, high = map(int, found.groups())
    elif found := _REGION_IN_PERCENT.match(text):
        parts = map(float, found.groups())
        x, y, wide, high = (round(part * side / 100) for part, side in zip(parts, (width, height) * 2, strict=True))
    else:
        raise Unanswerable("region: full, square, x,y,w,h or pct:x,y,w,h")
    # What lies outside is left off.
    wide, high = min(wide, width - x), min(high, height - y)
    if wide <= 0 or high <= 0:
        raise Unanswerable("region: nothing of the picture lies in it")
    return Region(x, y, wide, high)


def _size(text: str, width: int, height: int) -> tuple[int, int]:
    enlarged = text.startswith("^")
    wanted = _wanted_size(text.removeprefix("^"), width, height)
    if min(wanted) < 1:
        raise Unanswerable("size: at least one pixel")
    if wanted[0] > width or wanted[1] > height:
        refusal = "size: not larger than the region"
        raise Unsupported(refusal) if enlarged else Unanswerable(refusal)
    return wanted


def _wanted_size(text: str, width: int, height: int) -> tuple[int, int]:
    if text == "max":
        return width, height
    if found := _SIZE_IN_PERCENT.match(text):
        share = float(found[1]) / 100
        return round(width * share), round(height * share)
    if found := _BOTH_SIDES.match(text):
        wide, high = int(found[2]), int(found[3])
        return _confined(min(wide / width, high / height, 1), width, height) if found[1] else (wide, high)
    found = _ONE_SIDE.match(text)
    if found and found[1]:
        return int(found[1]), _confined(int(found[1]) / width, width, height)[1]
    if found and found[2]:
        return _confined(int(found[2]) / height, width, height)[0], int(found[2])
    raise Unanswerable("size: max, w, or ,h or w,h or !w,h or pct:n")


def _confined(share: float, width: int, height: int) -> tuple[int, int]:
    """In the same shape; a long thin picture stays one pixel thin."""
    return (max(1, round(width * share)), max(1, round(height * share))) if share else (0, 0)


def _rotation(text: str) -> tuple[bool, int]:
    found = _ROTATION.match(text)
    degrees = float(found[2]) if found else None
    if not found or degrees not in {0, 90, 180, 270, 360}:
        raise Unanswerable("rotation: 0, 90, 180 or 270, with ! before it to mirror")
    return bool(found[1]), int(degrees) % 360
