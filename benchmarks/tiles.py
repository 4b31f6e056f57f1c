"""Tiles of 100,000 monuments, encoding included and without a cache, beside PostGIS making the same ones.

    DATABASE_URL=postgres://… SECRET_KEY=x python benchmarks/tiles.py [--monuments N] [--rounds N]

Needs PostGIS on that server (Debian: postgresql-15-postgis-3), for this comparison only. Both make clusters of 8 x 8
cells with the number of each grade at zoom 2, 6 and 10, and every monument by itself at zoom 14, in turns, from the
same points and grades. PostGIS has a table of its own with an index of places, and makes the tile by ST_AsMVT.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from database import own_database
from registry import fill

ZOOMS = (2, 6, 10, 14)
TABLE = """
CREATE EXTENSION postgis;
CREATE TABLE peer AS
SELECT m.slug, COALESCE(s.damage_grade, 'unknown') AS grade, COALESCE(s.contested, false) AS contested,
    ST_Transform(ST_SetSRID(ST_MakePoint(m.public_longitude, m.public_latitude), 4326), 3857) AS geom
FROM sites_monument m LEFT JOIN conditions_monumentstatus s ON s.monument_id = m.id AND s.valid_to IS NULL;
CREATE INDEX ON peer USING gist (geom);
ANALYZE peer;
"""
CLUSTERS = """
WITH bounds AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box),
cells AS (
    SELECT floor((ST_X(geom) - ST_XMin(box)) * 8 / (ST_XMax(box) - ST_XMin(box))) AS i,
        floor((ST_Y(geom) - ST_YMin(box)) * 8 / (ST_YMax(box) - ST_YMin(box))) AS j,
        count(*) AS number, count(*) FILTER (WHERE contested) AS contested, {grades},
        avg(ST_X(geom)) AS x, avg(ST_Y(geom)) AS y
    FROM peer, bounds WHERE geom && box GROUP BY 1, 2
)
SELECT ST_AsMVT(told, 'clusters') FROM (
    SELECT ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(x, y), 3857), box, 4096, 0, false) AS geom,
        number, contested, {names}
    FROM cells, bounds
) told
"""
POINTS = """
WITH bounds AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box)
SELECT ST_AsMVT(told, 'monuments') FROM (
    SELECT ST_AsMVTGeom(geom, box, 4096, 0, false) AS geom, slug, grade, contested
    FROM peer, bounds WHERE geom && box
) told
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--monuments", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=50)
    arguments = parser.parse_args()
    with own_database():
        from django.db import connection

        fill(arguments.monuments)
        with connection.cursor() as cursor:
            cursor.execute(TABLE)
        print(f"{arguments.monuments:,} monuments, {arguments.rounds} rounds")
        print("zoom | ms | PostGIS ms | times ours | monuments | bytes | bytes of PostGIS")
        for z in ZOOMS:
            compare(z, arguments.rounds)


def compare(z: int, rounds: int) -> None:
    """The tile of that zoom with a monument in the middle of all."""
    from sites import cells
    from sites.models import Monument

    places: Any = Monument.objects.filter(longitude__gt=38.5, latitude__gt=34.5).order_by("longitude")
    longitude, latitude = places.values_list("longitude", "latitude")[0]
    shift = cells.DEPTH - z
    x, y = cells.x_of(longitude) >> shift, cells.y_of(latitude) >> shift
    makers: list[Callable[[], bytes]] = [lambda: ours(z, x, y), lambda: theirs(z, x, y)]
    taken: list[list[float]] = [[], []]
    sizes = [len(make()) for make in makers]
    for _round in range(rounds):
        for make, some in zip(makers, taken, strict=True):
            begun = time.perf_counter()
            make()
            some.append(time.perf_counter() - begun)
    mine, other = map(statistics.median, taken)
    number = inside(z, x, y)
    print(
        f"{z} | {mine * 1000:.2f} | {other * 1000:.2f} | {other / mine:.2f} | {number:,} | {sizes[0]} | {sizes[1]}",
        flush=True,
    )


def ours(z: int, x: int, y: int) -> bytes:
    """From the question to the bytes, as for the public."""
    from django.contrib.auth.models import AnonymousUser

    from portal.tiles.views import encoded
    from reports.conditions.questions import Question
    from sites.cells import Tile

    return encoded(Question({}, AnonymousUser()), Tile(z, x, y))


def theirs(z: int, x: int, y: int) -> bytes:
    from django.db import connection

    from reports.conditions.maps import POINTS_FROM
    from reports.vocabulary import DamageGrade

    grades = ", ".join(f"count(*) FILTER (WHERE grade = '{grade}') AS {grade}" for grade in DamageGrade.values)
    sql = POINTS if z >= POINTS_FROM else CLUSTERS.format(grades=grades, names=", ".join(DamageGrade.values))
    with connection.cursor() as cursor:
        cursor.execute(sql, {"z": z, "x": x, "y": y})
        return bytes(cursor.fetchone()[0])


def inside(z: int, x: int, y: int) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM peer WHERE geom && ST_TileEnvelope(%s, %s, %s)", [z, x, y])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
