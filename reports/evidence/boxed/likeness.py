"""What a picture looks like, as 64 bits that change little when it is scaled, compressed or brightened.

Perceptual hash by discrete cosine transform (after Zauner, 2010), the same bits as `phash` of the
library ImageHash, which a test compares; that library needs SciPy, more memory than the box has to give.
"""

from __future__ import annotations

import math
from statistics import median

from PIL import Image

SIDE, KEPT = 32, 8
FLAT = 8
"""A picture whose grey values lie within so few looks like any other flat one."""

_COSINES = [[math.cos(math.pi * k * (2 * n + 1) / (2 * SIDE)) for n in range(SIDE)] for k in range(KEPT)]


def bits_of(image: Image.Image) -> int | None:
    """The 64 bits of an upright picture, the first coefficient uppermost; None where it is too flat to tell."""
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    darkest, brightest = grey.getextrema()
    if brightest - darkest < FLAT:  # type: ignore[operator]
        return None
    pixels = grey.tobytes()
    rows = [pixels[SIDE * y : SIDE * (y + 1)] for y in range(SIDE)]
    across = [[_dot(cosines, row) for cosines in _COSINES] for row in rows]
    columns = [[row[k] for row in across] for k in range(KEPT)]
    low = [_dot(cosines, column) for cosines in _COSINES for column in columns]
    middle = median(low)
    return sum(1 << (63 - n) for n, value in enumerate(low) if value > middle)


def _dot(cosines: list[float], values: list[float] | bytes) -> float:
    return sum(map(float.__mul__, cosines, map(float, values)))
