"""Pictures to test with: drawn, never of a real place or person; with all the metadata that cameras leave."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageDraw

from tests.conftest import leave_out

CANARY = "CANARY-METADATA"
"""In every field of metadata that a picture is given here."""
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 60), (30, 60, 210), (240, 210, 40)
_FREELY = "No copyright, use freely"  # what the colour profile says of itself


def quarters(size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Image.Image:
    """Red and green above blue and yellow: shows which way is up."""
    image = Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    x, y = size[0] // 2, size[1] // 2
    for colour, corner in ((RED, (0, 0)), (GREEN, (x, 0)), (BLUE, (0, y)), (YELLOW, (x, y))):
        draw.rectangle([corner, (corner[0] + x, corner[1] + y)], fill=colour)
    return image.convert(mode)


def stripes(size: tuple[int, int] = (400, 300), step: int = 3) -> Image.Image:
    """Fine black and white lines: what a blur must not leave."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for x in range(0, size[0], step * 2):
        draw.rectangle([(x, 0), (x + step - 1, size[1])], fill="black")
    return image


def saved(image: Image.Image, path: Path, **options: Any) -> Path:
    image.save(path, **options)
    return path


def profile() -> bytes:
    """A colour profile that says something of its owner."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = CANARY.ljust(len(_FREELY)).encode("utf-16-be")
    changed = plain.replace(_FREELY.encode("utf-16-be"), told)
    assert changed != plain
    return changed


def with_metadata(path: Path) -> Path:
    """Give the picture the metadata of a camera and of a picture desk: who, where, when, and a small picture of it."""
    folder = path.parent
    small, colours = folder / "small.jpg", folder / "colours.icc"
    quarters((80, 60)).save(small, comment=CANARY)
    colours.write_bytes(profile())
    fields = [
        *(f"-EXIF:{name}={CANARY}" for name in ("ImageDescription", "Make", "Model", "Artist", "OwnerName")),
        f"-EXIF:UserComment={CANARY}",
        "-EXIF:DateTimeOriginal=2015:08:30 12:00:00",
        "-GPS:GPSLatitude=34.547",
        "-GPS:GPSLatitudeRef=N",
        "-GPS:GPSLongitude=38.274",
        "-GPS:GPSLongitudeRef=E",
        f"-XMP-dc:Creator={CANARY}",
        f"-IPTC:By-line={CANARY}",
        f"-Comment={CANARY}",
        f"-ThumbnailImage<={small}",
        f"-ICC_Profile<={colours}",
    ]
    _exiftool("-overwrite_original", "-quiet", "-quiet", "-ignoreMinorErrors", *fields, str(path))
    return path


def metadata(path: Path) -> dict[str, str]:
    """All that another program finds in the file, as `Group:Tag`, its pixels and their form aside."""
    [found] = json.loads(_exiftool("-json", "-G0:1", "-a", "-u", "-U", "-e", str(path)))
    return {name: str(value) for name, value in found.items() if name != "SourceFile"}


def groups(names: Iterable[str]) -> set[str]:
    return {name.split(":")[0] for name in names}


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def _exiftool(*arguments: str) -> str:
    program = shutil.which("exiftool") or leave_out("exiftool is missing")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return done.stdout
