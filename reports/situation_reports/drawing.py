"""Maps and charts as SVG: the same drawing for page and PDF.

Colours stand as attributes for the PDF; on pages, classes of the same names take the page's own colours. Texts
within are numbers alone; all words are in the caption and the alternative.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from shapely import box

from reports.vocabulary import DamageGrade
from sites import basemap

COLOURS = {
    DamageGrade.NONE: "#2f7f78",
    DamageGrade.SLIGHT: "#c49a1a",
    DamageGrade.MODERATE: "#dc7f24",
    DamageGrade.SEVERE: "#c64a26",
    DamageGrade.VERY_SEVERE: "#99203a",
    DamageGrade.DESTROYED: "#44112e",
    DamageGrade.UNKNOWN: "#8b8276",
}
"""Those of portal/frontend/styles/tokens.css by day."""
SEA, LAND, BORDER, PAPER, LINE, INK, WHITE = "#dfe6e4", "#f3ead9", "#a89a86", "#fffdf8", "#c9b99f", "#2a2119", "#fff"
NARROWEST = 16
"""A bar in which a number has room."""
WIDTH, HEIGHT = 800, 460
LOCATOR_HEIGHT = 300
DEGREES_WIDE = 24.0
LEAST_SPAN_M = 400
METRES_PER_DEGREE = 111_320
RADIUS = 11
STEPS = (1, 2, 5)


class Point(NamedTuple):
    """A numbered place; `spread_m`: the half side of the square within which it lies, 0 where it is exact."""

    number: str
    longitude: float
    latitude: float
    grade: str
    spread_m: float = 0


class Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude here."""
        return math.cos(math.radians((self.south + self.north) / 2))


def locator(longitude: float, latitude: float) -> str:
    """Where in the world: a point among the countries around it. Empty where there is no base map."""
    high = DEGREES_WIDE * LOCATOR_HEIGHT / WIDTH
    frame = Box(longitude - DEGREES_WIDE / 2, latitude - high / 2, longitude + DEGREES_WIDE / 2, latitude + high / 2)
    ground = _ground(frame, LOCATOR_HEIGHT, squeeze=False)
    if not ground:
        return ""
    x, y = WIDTH / 2, LOCATOR_HEIGHT / 2
    dot = f'<circle cx="{x}" cy="{y}" r="9" class="dot" fill="#84451b" stroke="#fff" stroke-width="3"/>'
    return _svg(ground + dot, LOCATOR_HEIGHT)


def plan(points: Sequence[Point], *, with_ground: bool = False) -> str:
    """The points by their numbers, coloured by grade, with a scale; `with_ground`: on the base map."""
    frame = _frame(points)
    ground = _ground(frame, HEIGHT, squeeze=True) if with_ground else ""
    parts = [ground or f'<rect width="{WIDTH}" height="{HEIGHT}" class="plan-paper" fill="{PAPER}"/>']
    places = [_pixel(frame, point.longitude, point.latitude) for point in points]
    parts += [_square(frame, point, at) for point, at in zip(points, places, strict=True) if point.spread_m]
    parts += _marks(points, places)
    parts.append(_scale(frame))
    return _svg("".join(parts), HEIGHT)


def bars(rows: Sequence[tuple[str, int, int]], *, right_to_left: bool) -> str:
    """Two stacked bars, before and after, of the numbers of monuments by grade (code, before, after)."""
    high, gap = 44, 22
    total = max(sum(row[1] for row in rows), sum(row[2] for row in rows), 1)
    parts = []
    for line, numbers in enumerate([[row[1] for row in rows], [row[2] for row in rows]]):
        x, y = 0.0, line * (high + gap)
        for (grade, *_both), number in zip(rows, numbers, strict=True):
            wide = number / total * WIDTH
            left = WIDTH - x - wide if right_to_left else x
            parts.append(_bar(grade, number, (left, y, wide, high)))
            x += wide
    return _svg("".join(parts), 2 * high + gap)


def _bar(grade: str, number: int, place: tuple[float, float, float, float]) -> str:
    x, y, wide, high = place
    if not number:
        return ""
    colour = COLOURS[DamageGrade(grade)]
    bar = (
        f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{high}" class="fill-{grade}" fill="{colour}"'
        f' stroke="{PAPER}" stroke-width="1.5"/>'
    )
    return bar + _text(str(number), (x + wide / 2, y + high / 2 + 6), WHITE, size=17) if wide >= NARROWEST else bar


def _frame(points: Sequence[Point]) -> Box:
    """Around all points, with a margin, in the shape of the picture."""
    lons, lats = [point.longitude for point in points], [point.latitude for point in points]
    reach = max([point.spread_m for point in points], default=0)
    middle_lon, middle_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    squeeze = max(math.cos(math.radians(middle_lat)), 0.05)
    wide = ((max(lons) - min(lons)) * squeeze * METRES_PER_DEGREE + 2 * reach) * 1.18
    high = ((max(lats) - min(lats)) * METRES_PER_DEGREE + 2 * reach) * 1.25
    high = max(high, wide * HEIGHT / WIDTH, LEAST_SPAN_M)
    half_lat = high / METRES_PER_DEGREE / 2
    half_lon = high * WIDTH / HEIGHT / METRES_PER_DEGREE / squeeze / 2
    return Box(middle_lon - half_lon, middle_lat - half_lat, middle_lon + half_lon, middle_lat + half_lat)


def _pixel(frame: Box, longitude: float, latitude: float, height: float = HEIGHT) -> tuple[float, float]:
    return (
        (longitude - frame.west) / (frame.east - frame.west) * WIDTH,
        (frame.north - latitude) / (frame.north - frame.south) * height,
    )


def _ground(frame: Box, height: int, *, squeeze: bool) -> str:
    found = basemap.within(box(frame.west, frame.south, frame.east, frame.north))
    if found is None:
        return ""
    sea = f'<rect width="{WIDTH}" height="{height}" class="sea" fill="{SEA}"/>'
    lands = "".join(
        f'<path d="{_path(polygon.exterior.coords, frame, height)}Z" class="land" fill="{LAND}"/>'
        for polygon in found.lands
    )
    borders = "".join(_line(_path(line.coords, frame, height), "border", BORDER) for line in found.borders)
    return sea + lands + borders


def _path(coordinates: Iterable, frame: Box, height: float) -> str:
    steps = [_pixel(frame, point[0], point[1], height) for point in coordinates]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in steps)


def _square(frame: Box, point: Point, at: tuple[float, float]) -> str:
    """The cell in which a generalised place lies."""
    half = point.spread_m / METRES_PER_DEGREE / (frame.north - frame.south) * HEIGHT
    return (
        f'<rect x="{at[0] - half:.1f}" y="{at[1] - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}"'
        f' class="cell" fill="none" stroke="{LINE}" stroke-width="1.5" stroke-dasharray="6 5"/>'
    )


def _marks(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[str]:
    """Numbered circles that do not cover each other; a line leads from one that had to move to its place."""
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    for x, y in places:
        mark = _free(x, y, taken)
        taken.append(mark)
        if math.dist(mark, (x, y)) > 1:
            parts.append(_line(f"M{x:.1f} {y:.1f}L{mark[0]:.1f} {mark[1]:.1f}", "lead", INK))
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" class="lead-end" fill="{INK}"/>')
    for point, (x, y) in zip(points, taken, strict=True):
        colour = COLOURS[DamageGrade(point.grade)]
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" class="fill-{point.grade}" fill="{colour}"'
            f' stroke="{PAPER}" stroke-width="1.5"/>' + _text(point.number, (x, y + 4.5), WHITE, size=12.5)
        )
    return parts


def _free(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place around a point, in rings, where a mark covers no other and stays in the picture."""
    apart = 2 * RADIUS + 1
    for ring in range(14):
        for turn in range(12 if ring else 1):
            angle = turn * math.tau / 12 + ring * 0.26
            mark = (x + ring * RADIUS * math.cos(angle), y + ring * RADIUS * math.sin(angle))
            inside = RADIUS < mark[0] < WIDTH - RADIUS and RADIUS < mark[1] < HEIGHT - RADIUS
            if inside and all(math.dist(mark, other) >= apart for other in taken):
                return mark
    return (x, y)


def _scale(frame: Box) -> str:
    """A round length of about a fifth of the width, with its metres or kilometres, and north."""
    metres_wide = (frame.east - frame.west) * frame.squeeze * METRES_PER_DEGREE
    length = _round_length(metres_wide / 5)
    pixels = length / metres_wide * WIDTH
    y = HEIGHT - 18
    label = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"  # noqa: PLR2004
    x = 20
    east = WIDTH - 28
    return "".join(
        [
            _line(f"M{x} {y - 6}V{y}H{x + pixels:.1f}V{y - 6}", "scale", INK),
            _text(label, (x + pixels / 2, y - 8), INK, size=13),
            _line(f"M{east} 44V16M{east - 6} 26L{east} 15L{east + 6} 26", "scale", INK),
            _text("N", (east, 60), INK, size=13),
        ]
    )


def _round_length(metres: float) -> float:
    power = 10 ** math.floor(math.log10(max(metres, 1)))
    return max(step * power for step in STEPS if step * power <= max(metres, 1))


def _line(path: str, name: str, colour: str) -> str:
    return f'<path d="{path}" class="{name}" fill="none" stroke="{colour}" stroke-width="1.2"/>'


def _text(text: str, at: tuple[float, float], colour: str, *, size: float) -> str:
    name = "on-mark" if colour == WHITE else "label"
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="middle" direction="ltr" class="{name}" fill="{colour}"'
        f' font-family="Noto Sans" font-size="{size}" font-weight="600">{escape(text)}</text>'
    )


def _svg(inside: str, height: float) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" class="drawing">{inside}</svg>'
