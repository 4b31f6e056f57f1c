"""What a photograph says of itself: when and where it was taken, by which camera, which way up.

EXIF 2.32. Every value comes from outside: what cannot be is left out, never believed.
"""

from __future__ import annotations

import datetime
import math
import re
from typing import Any

from PIL import ExifTags, Image

LONGEST_NAME = 200
QUARTER = datetime.timedelta(minutes=15)
FARTHEST_ZONE = datetime.timedelta(hours=14)
_DATES = [
    (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
    (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
    (ExifTags.Base.DateTime, ExifTags.Base.OffsetTime),
]
_OFFSET = re.compile(r"\A([+-])(\d\d):(\d\d)\Z")
UPRIGHT, LAST_ORIENTATION = 1, 8


def capture_of(image: Image.Image) -> dict[str, Any]:
    """`taken_at` (ISO 8601, UTC), `taken_at_local`, `longitude`, `latitude` (degrees), `camera`, `orientation`."""
    exif = image.getexif()
    details = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    taken_at, is_local = _taken_at(details, gps)
    longitude, latitude = _place(gps)
    return {
        "taken_at": taken_at.isoformat() if taken_at else None,
        "taken_at_local": is_local,
        "longitude": longitude,
        "latitude": latitude,
        "camera": _camera(exif),
        # HEIC is turned when it is opened; what the camera had written is kept beside.
        "orientation": _orientation(image.info.get("original_orientation") or exif.get(ExifTags.Base.Orientation)),
    }


def _taken_at(details: dict[int, Any], gps: dict[int, Any]) -> tuple[datetime.datetime | None, bool]:
    """The time in UTC, and whether its zone is unknown, so that the camera's clock was read as UTC."""
    for date_tag, offset_tag in _DATES:
        local = _time(details.get(date_tag))
        if local is None:
            continue
        offset = _offset(details.get(offset_tag)) or _offset_by_satellite(local, gps)
        if offset is None:
            return local, True
        return _shifted(local, offset)
    return None, False


def _shifted(local: datetime.datetime, offset: datetime.timedelta) -> tuple[datetime.datetime | None, bool]:
    try:
        return local - offset, False
    except OverflowError:
        return None, False


def _time(text: Any) -> datetime.datetime | None:
    """`2015:08:30 12:13:14`; cameras without a clock write zeros or blanks."""
    try:
        return datetime.datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=datetime.UTC)
    except ValueError:
        return None


def _offset(text: Any) -> datetime.timedelta | None:
    match = _OFFSET.match(str(text).strip("\0 "))
    if not match:
        return None
    sign, hours, minutes = match.groups()
    offset = datetime.timedelta(hours=int(hours), minutes=int(minutes))
    return (-offset if sign == "-" else offset) if offset <= FARTHEST_ZONE else None


def _offset_by_satellite(local: datetime.datetime, gps: dict[int, Any]) -> datetime.timedelta | None:
    """The zone of the camera's clock, where satellites told the time in UTC a short while before."""
    utc = _time_by_satellite(gps)
    if utc is None:
        return None
    offset = QUARTER * round((local - utc) / QUARTER)
    return offset if abs(offset) <= FARTHEST_ZONE and abs(local - utc - offset) <= QUARTER / 3 else None


def _time_by_satellite(gps: dict[int, Any]) -> datetime.datetime | None:
    clock = _numbers(gps.get(ExifTags.GPS.GPSTimeStamp))
    if clock is None:
        return None
    text = "{:02.0f}:{:02.0f}:{:02.0f}".format(*map(math.floor, clock))
    return _time(f"{gps.get(ExifTags.GPS.GPSDateStamp)} {text}")


def _place(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "EW", 180)
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "NS", 90)
    # Where there was no fix, many cameras write zeros.
    if longitude is None or latitude is None or (longitude == 0 and latitude == 0):
        return None, None
    return longitude, latitude


def _degrees(parts: Any, side: Any, sides: str, most: int) -> float | None:
    numbers = _numbers(parts)
    side = str(side).strip("\0 ").upper()
    if numbers is None or side not in tuple(sides):
        return None
    degrees, minutes, seconds = numbers
    value = degrees + minutes / 60 + seconds / 3600
    return round(-value if side == sides[1] else value, 6) if value <= most else None


def _numbers(parts: Any) -> tuple[float, float, float] | None:
    """Three finite numbers of 0 or more; a fraction by zero is none."""
    try:
        first, second, third = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    numbers = (first, second, third)
    return numbers if all(math.isfinite(number) and number >= 0 for number in numbers) else None


def _camera(exif: Any) -> str:
    maker, model = (_word(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    name = model if model.lower().startswith(maker.lower()) else f"{maker} {model}"
    return name.strip()[:LONGEST_NAME]


def _word(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_NAME]).split())


def _orientation(value: Any) -> int | None:
    return value if isinstance(value, int) and UPRIGHT <= value <= LAST_ORIENTATION else None
