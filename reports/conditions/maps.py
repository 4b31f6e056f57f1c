"""What stands in a tile of a map: clusters with the spread of their grades, or each monument by itself.

Places are those that the reader may know. A question about all monuments today is answered by the pyramid
of counts, with what staff see elsewhere than the public does put right; any other by the index of cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import Avg, Count, F, FilteredRelation, Max, Min, Q, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from reports.conditions import pyramid, queries
from reports.conditions.models import CellCount
from reports.conditions.querysets import Moment
from reports.conditions.questions import Question
from reports.vocabulary import GRADE_RANK, DamageGrade
from sites import cells, disclosures, visibility
from sites.cells import DEPTH, ColumnOf, RowOf, Tile
from sites.models import Disclosure, Monument
from sites.queries import MonumentQuerySet
from sites.responsibility import area_of
from sites.vocabulary import Sensitivity

FINER = 3
"""A cluster is a cell this many levels below its tile: there are 8 columns and 8 rows of them in each."""
POINTS_FROM = 14
"""From this zoom on every monument is by itself."""
FEW, FEW_FROM = 64, 10
"""From zoom FEW_FROM on also in a tile that has no more than FEW."""

GRADE = Coalesce("held__damage_grade", Value(DamageGrade.UNKNOWN.value))
CONTESTED = Coalesce("held__contested", Value(False))


class Cluster(NamedTuple):
    """Some monuments close to one another; `x`, `y` of the finest grid, where they stand on average."""

    cell: int
    x: float
    y: float
    grades: dict[str, int]
    contested: int

    @property
    def number(self) -> int:
        return sum(self.grades.values())


class Point(NamedTuple):
    """One monument; `x`, `y` of the finest grid."""

    x: int
    y: int
    slug: str
    grade: str
    contested: bool


class Contents(NamedTuple):
    clusters: list[Cluster]
    points: list[Point]


class Total(NamedTuple):
    """Of a question: how many monuments there are, how many of them on the map, and the box around those."""

    number: int
    shown: int
    box: tuple[float, float, float, float] | None
    """West, south, east, north in degrees; None: nothing is on the map."""


class Group(NamedTuple):
    """Monuments of one cell, grade and dispute; `x` and `y` are sums over them."""

    cell: int
    grade: str
    contested: bool
    number: int
    x: int
    y: int


def contents(question: Question, tile: Tile) -> Contents:
    """What the tile shows; each monument on the map is in exactly one tile of a zoom, once."""
    if tile.z >= POINTS_FROM:
        return Contents([], _points(question, [tile]))
    found = list(_clusters(_groups(question, tile)))
    if tile.z >= FEW_FROM and sum(cluster.number for cluster in found) <= FEW:
        return Contents([], _points(question, [tile]) if found else [])
    clusters, alone = [], []
    for cluster in found:
        if cluster.number > 1:
            clusters.append(cluster)
        else:
            alone.append(Tile(tile.z + FINER, *cells.column_and_row(cluster.cell)))
    return Contents(clusters, _points(question, alone) if alone else [])


def total(question: Question) -> Total:
    lon, lat = (visibility.seen(question.reader, axis) for axis in ("longitude", "latitude"))
    box = {"west": Min(lon), "south": Min(lat), "east": Max(lon), "north": Max(lat)}
    found = question.monuments().order_by().aggregate(number=Count("pk"), shown=Count(lon), **box)
    number, shown = found.pop("number"), found.pop("shown")
    return Total(number, shown, (*map(found.__getitem__, box),) if shown else None)


def _clusters(groups: Iterable[Group]) -> Iterator[Cluster]:
    by_cell: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        by_cell[group.cell].append(group)
    for cell, some in by_cell.items():
        grades: dict[str, int] = defaultdict(int)
        for group in some:
            grades[group.grade] += group.number
        if number := sum(grades.values()):
            x, y = sum(group.x for group in some) / number, sum(group.y for group in some) / number
            contested = sum(group.number for group in some if group.contested)
            yield Cluster(cell, x, y, {grade: n for grade, n in grades.items() if n}, contested)


def _groups(question: Question, tile: Tile) -> Iterator[Group]:
    level = tile.z + FINER
    if question.asks_for_all and question.moment == queries.NOW and level <= pyramid.LEVELS[-1]:
        yield from _counted(tile, level)
        yield from _put_right(question.reader, tile, level)
    else:
        yield from _grouped(question, tile, level)
        yield from _believed(question, tile, level)


def _counted(tile: Tile, level: int) -> Iterator[Group]:
    """From the pyramid, as the public sees it."""
    kept = next(one for one in pyramid.LEVELS if one >= level)
    rows = CellCount.objects.filter(level=kept, cell__range=tile.cells(kept))
    cell = F("cell").bitrightshift(2 * (kept - level)) if kept > level else F("cell")
    sums = rows.values_list(cell, "damage_grade", "contested").annotate(Sum("number"), Sum("x"), Sum("y"))
    for at, grade, contested, *rest in sums:
        yield Group(at, grade, contested, *map(int, rest))


def _put_right(reader: PermissionsMixin | AnonymousUser, tile: Tile, level: int) -> Iterator[Group]:
    """Sensitive monuments that the reader sees elsewhere than the public does: away from there, and here."""
    if not reader.has_perm("sites.view_exact_place"):
        return
    own = Monument.objects.exclude(sensitivity=Sensitivity.PUBLIC).filter(area_of(reader).condition("site"))
    for of, sign in (("public_", -1), ("", 1)):
        there = with_status(own.filter(tile.condition(f"{of}cell")), queries.NOW)
        sums = {"n": Count("pk"), "x": Sum(ColumnOf(f"{of}longitude")), "y": Sum(RowOf(f"{of}latitude"))}
        rows = there.values_list(_at(level, F(f"{of}cell")), GRADE, CONTESTED).annotate(**sums)
        for at, grade, contested, *rest in rows:
            yield Group(at, grade, contested, *(sign * int(number) for number in rest))


def _grouped(question: Question, tile: Tile, level: int) -> Iterator[Group]:
    """From the monuments themselves."""
    lon, lat, cell = (visibility.seen(question.reader, column) for column in ("longitude", "latitude", "cell"))
    rows = with_status(_inside(question, [tile]), question.moment).values_list(_at(level, cell), GRADE, CONTESTED)
    for at, grade, contested, number, east, north in rows.annotate(n=Count("pk"), x=Avg(lon), y=Avg(lat)):
        yield Group(at, grade, contested, number, number * cells.x_of(east), number * cells.y_of(north))


def _believed(question: Question, tile: Tile, level: int) -> Iterator[Group]:
    """Those of which something else was believed at the moment than what is known now, one by one."""
    held = queries.beliefs(here := _inside(question, [tile]), question.moment)
    cell = visibility.seen(question.reader, "cell")
    for pk, at in here.filter(pk__in=held).values_list("pk", cell):
        status, (x, y) = held[pk], cells.column_and_row(at)
        yield Group(at >> 2 * (DEPTH - level), status.damage_grade, status.contested, 1, x, y)


def _points(question: Question, tiles: list[Tile]) -> list[Point]:
    """The monuments of some tiles, the worst last, so that it is drawn above the others."""
    here = _inside(question, tiles)
    held = queries.beliefs(here, question.moment)
    cell = visibility.seen(question.reader, "cell")
    rows = with_status(here, question.moment, with_anew=True)
    found = []
    for pk, slug, at, public, *known in rows.values_list("pk", "slug", cell, "public_cell", GRADE, CONTESTED):
        if at != public:
            disclosures.note(Disclosure.What.EXACT_PLACE, pk)
        grade, contested = (held[pk].damage_grade, held[pk].contested) if pk in held else known
        found.append(Point(*cells.column_and_row(at), slug, grade, contested))
    return sorted(found, key=lambda point: (GRADE_RANK.get(point.grade, -1), point.slug))


def _inside(question: Question, tiles: list[Tile]) -> MonumentQuerySet:
    exact, public = Q(), Q()
    for tile in tiles:
        exact, public = exact | tile.condition("cell"), public | tile.condition("public_cell")
    found = question.monuments().order_by()
    return found.filter(visibility.as_seen(question.reader, exact=exact, public=public))


def with_status(monuments: Any, moment: Moment, *, with_anew: bool = False) -> MonumentQuerySet:
    """With `held`, what is known now of the moment; those told of anew since only `with_anew`."""
    now = Q(statuses__valid_to=None)
    then = Q(statuses__valid_from__lte=moment.day) & (now | Q(statuses__valid_to__gt=moment.day))
    if moment.known_at is not None and not with_anew:
        monuments = monuments.exclude(queries.told_anew(moment.known_at))
    return monuments.annotate(held=FilteredRelation("statuses", condition=now if moment == queries.NOW else then))


def _at(level: int, cell: Combinable) -> Combinable:
    """Cells of the coarser grid of a level."""
    return cell.bitrightshift(2 * (DEPTH - level))
