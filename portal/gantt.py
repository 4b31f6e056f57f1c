"""Where on a drawing the bars of a time line stand. Pure; the numbers are units of its viewBox."""

from __future__ import annotations

import datetime
from typing import NamedTuple
from uuid import UUID

from reports.restoration.queries.timeline import Line, Span

WIDTH, HEAD, ROW = 960, 36, 58
"""Of the drawing, of the line of years above it, of one plan."""
BAR, GAP, TOP = 12, 3, 24
"""A plan has its title, the planned bar below it, and the real one below that."""
LEAST = 4
"""A bar of one day can still be seen."""
MOST_YEARS = 12
"""More are not written one by one."""


class Bar(NamedTuple):
    x: int
    y: int
    width: int


class Mark(NamedTuple):
    x: int
    y: int
    reached: bool
    title: str


class Row(NamedTuple):
    line: Line
    number: int
    y: int
    planned: Bar | None
    real: Bar | None
    marks: list[Mark]


class Arrow(NamedTuple):
    """From the end of what is waited for to the beginning of what waits."""

    path: str


class Year(NamedTuple):
    year: int
    x: int


class Drawing(NamedTuple):
    width: int
    height: int
    rows: list[Row]
    arrows: list[Arrow]
    years: list[Year]
    today: int | None


class Scale:
    """Days to units, from the first of January of the first year to the last of December of the last."""

    def __init__(self, first: int, last: int, *, mirrored: bool) -> None:
        self.begin = datetime.date(first, 1, 1)
        self.days = (datetime.date(last, 12, 31) - self.begin).days + 1
        self.mirrored = mirrored

    def x(self, day: datetime.date) -> int:
        along = round((day - self.begin).days * WIDTH / self.days)
        return WIDTH - along if self.mirrored else along

    def bar(self, span: Span, y: int) -> Bar:
        one, other = self.x(span.begin), self.x(span.end + datetime.timedelta(days=1))
        return Bar(min(one, other), y, max(abs(other - one), LEAST))


def draw(lines: list[Line], today: datetime.date, *, mirrored: bool) -> Drawing | None:
    """Mirrored for those who read from right to left. None where there is nothing to draw."""
    if not lines:
        return None
    years = [day.year for line in lines for day in _days(line)]
    first, last = min(years), max(years)
    scale = Scale(first, last, mirrored=mirrored)
    rows = [_row(line, number, scale) for number, line in enumerate(lines)]
    step = -(-(last - first + 1) // MOST_YEARS)
    return Drawing(
        width=WIDTH,
        height=HEAD + ROW * len(rows),
        rows=rows,
        arrows=_arrows(rows, mirrored=mirrored),
        years=[Year(year, scale.x(datetime.date(year, 1, 1))) for year in range(first, last + 1, step)],
        today=scale.x(today) if first <= today.year <= last else None,
    )


def _days(line: Line) -> list[datetime.date]:
    spans = [day for span in (line.planned, line.real) if span for day in (span.begin, span.end)]
    return [*spans, *(milestone.due_on for milestone in line.milestones)]


def _row(line: Line, number: int, scale: Scale) -> Row:
    y = HEAD + ROW * number
    return Row(
        line=line,
        number=number,
        y=y,
        planned=scale.bar(line.planned, y + TOP) if line.planned else None,
        real=scale.bar(line.real, y + TOP + BAR + GAP) if line.real else None,
        marks=[
            Mark(scale.x(milestone.due_on), y + TOP + BAR // 2, bool(milestone.reached_on), milestone.title)
            for milestone in line.milestones
        ],
    )


def _arrows(rows: list[Row], *, mirrored: bool) -> list[Arrow]:
    by_plan: dict[UUID, Row] = {row.line.plan.pk: row for row in rows}
    found = []
    for row in rows:
        for key in row.line.waits_for:
            needed, bar = by_plan.get(key), row.real or row.planned
            before = needed and (needed.real or needed.planned)
            if before and bar:
                out = before.x if mirrored else before.x + before.width
                into = bar.x + bar.width if mirrored else bar.x
                found.append(Arrow(f"M{out} {before.y + BAR // 2}V{bar.y + BAR // 2}H{into}"))
    return found
