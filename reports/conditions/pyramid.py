"""The pyramid of counts under the map: monuments by cell and grade at some levels, kept by triggers.

Low zooms of a large registry would have to read every monument; they read sums instead. A trigger on
monuments and one on statuses write the difference that a change makes, in the same transaction, so that
no write can forget it. SQLite keeps one row for each sum; PostgreSQL adds rows (`fold` adds them up), as
publications of a whole country would otherwise wait for the one row of its cell.

SQLite cannot rename a table that a trigger elsewhere reads: the triggers go before every `migrate` and
come back after it, when the pyramid is made anew.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import DEFAULT_DB_ALIAS

from reports.vocabulary import DamageGrade
from sites.cells import DEPTH

LEVELS = (5, 8, 11, 14)
"""Each tile of a map up to zoom 11 then reads at most 1,024 cells of one of them."""

TABLE = "conditions_cellcount"
KEY = "level, cell, damage_grade, contested"
UNKNOWN = DamageGrade.UNKNOWN.value
_AT_LEVEL = f"m.public_cell >> (2 * ({DEPTH} - l.level))"
_LEVELS = " UNION ALL ".join(f"SELECT {level} AS level" for level in LEVELS)
_PLACE = "m.public_cell, m.public_longitude, m.public_latitude"


def differences(rows: str) -> str:
    """SQL: by key, what the sums change by.

    `rows` gives monuments with `public_cell`, `public_longitude`, `public_latitude`, `damage_grade`,
    `contested` and a `sign`.
    """
    return f"""
        SELECT l.level, {_AT_LEVEL} AS cell, m.damage_grade, m.contested, SUM(m.sign) AS number,
            SUM(m.sign * tadmor_x(m.public_longitude)) AS x, SUM(m.sign * tadmor_y(m.public_latitude)) AS y
        FROM ({rows}) m CROSS JOIN ({_LEVELS}) l
        WHERE m.public_cell IS NOT NULL
        GROUP BY 1, 2, 3, 4
        HAVING SUM(m.sign) <> 0 OR SUM(m.sign * tadmor_x(m.public_longitude)) <> 0
            OR SUM(m.sign * tadmor_y(m.public_latitude)) <> 0
    """  # noqa: S608 (of texts that stand here)


def of_monuments(source: str, sign: int, no: str) -> str:
    """SQL: monuments as they count, with the status that holds today."""
    return f"""
        SELECT {_PLACE}, COALESCE(s.damage_grade, '{UNKNOWN}') AS damage_grade,
            COALESCE(s.contested, {no}) AS contested, {sign} AS sign
        FROM {source} m
        LEFT JOIN conditions_monumentstatus s ON s.monument_id = m.id AND s.valid_to IS NULL
    """  # noqa: S608


def of_statuses(source: str, sign: int, no: str) -> str:
    """SQL: what a status of today changes: one more of its grade, one less that is unknown."""
    found = f"FROM {source} s JOIN sites_monument m ON m.id = s.monument_id WHERE s.valid_to IS NULL"
    return f"""
        SELECT {_PLACE}, s.damage_grade, s.contested, {sign} AS sign {found}
        UNION ALL SELECT {_PLACE}, '{UNKNOWN}', {no}, {-sign} {found}
    """


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay the triggers down, again where they are already."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take SQLite's triggers away."""
    with connection.cursor() as cursor:
        for name in _triggers():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@transaction.atomic
def rebuild(using: str = DEFAULT_DB_ALIAS) -> None:
    """Count everything anew. Writers of monuments and statuses wait meanwhile."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
        cursor.execute(f"INSERT INTO {TABLE} ({KEY}, number, x, y) {_everything(connection)}")


def fold(using: str = DEFAULT_DB_ALIAS) -> None:
    """Add up the rows of each cell. One statement: who reads or writes meanwhile sees the same sums."""
    if connections[using].vendor != "postgresql":
        return
    with connections[using].cursor() as cursor:
        cursor.execute(f"""
            WITH gone AS (
                DELETE FROM {TABLE} c USING (
                    SELECT {KEY} FROM {TABLE} GROUP BY {KEY} HAVING COUNT(*) > 1 OR SUM(number) = 0
                ) d
                WHERE (c.level, c.cell, c.damage_grade, c.contested) = (d.level, d.cell, d.damage_grade, d.contested)
                RETURNING c.*)
            INSERT INTO {TABLE} ({KEY}, number, x, y)
            SELECT {KEY}, SUM(number), SUM(x), SUM(y) FROM gone GROUP BY {KEY} HAVING SUM(number) <> 0
            """)  # noqa: S608


def differing(using: str = DEFAULT_DB_ALIAS) -> int:
    """How many sums are not what the monuments give; 0: all is in order."""
    connection = connections[using]
    kept = f"SELECT {KEY}, SUM(number), SUM(x), SUM(y) FROM {TABLE} GROUP BY {KEY} HAVING SUM(number) <> 0"  # noqa: S608
    everything = _everything(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT COUNT(*) FROM (
                SELECT * FROM ({everything}) a EXCEPT SELECT * FROM ({kept}) b
                UNION ALL SELECT * FROM (SELECT * FROM ({kept}) c EXCEPT SELECT * FROM ({everything}) d) e) f
            """)  # noqa: S608
        return int(cursor.fetchone()[0])


def before_migrate(using: str, **_: Any) -> None:
    """A receiver of `pre_migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        remove(connection)


def after_migrate(using: str, plan: Any = None, **_: Any) -> None:
    """A receiver of `post_migrate`, which also comes after a flush."""
    connection = connections[using]
    if not _is_there(connection):
        return
    install(connection)
    if plan or not _adds_up(connection):
        rebuild(using)


def _everything(connection: BaseDatabaseWrapper) -> str:
    return differences(of_monuments("sites_monument", 1, _no(connection.vendor)))


def _adds_up(connection: BaseDatabaseWrapper) -> bool:
    """Whether as many monuments are counted as there are, which is quick to ask."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(SUM(number), 0) FROM {TABLE} WHERE level = {LEVELS[0]}")  # noqa: S608
        counted = cursor.fetchone()[0]
        cursor.execute("SELECT COUNT(*) FROM sites_monument WHERE public_cell IS NOT NULL")
        return int(counted) == int(cursor.fetchone()[0])


def _is_there(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has been migrated so far, and not back again."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if not {TABLE, "conditions_monumentstatus", "sites_monument"} <= set(tables):
            return False
        return "public_cell" in _columns(connection, cursor)


def _columns(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> set[str]:
    if connection.vendor == "sqlite":  # where Django's introspection leaves generated columns out
        cursor.execute("SELECT name FROM pragma_table_xinfo('sites_monument')")
        return {name for (name,) in cursor.fetchall()}
    return {column.name for column in connection.introspection.get_table_description(cursor, "sites_monument")}


def _no(vendor: str) -> str:
    return "false" if vendor == "postgresql" else "0"


_SOURCES = {"sites_monument": of_monuments, "conditions_monumentstatus": of_statuses}
_EVENTS = {"INSERT": ("new",), "DELETE": ("old",), "UPDATE": ("old", "new")}
_SIGN = {"old": -1, "new": 1}


def _triggers() -> list[str]:
    return [f"{table}_counts_{event.lower()}" for table in _SOURCES for event in _EVENTS]


def _statements(vendor: str) -> list[str]:
    pairs = [(table, event) for table in _SOURCES for event in _EVENTS]
    if vendor == "postgresql":
        return [_on_postgresql(table, event) for table, event in pairs]
    unique = f"CREATE UNIQUE INDEX IF NOT EXISTS cellcount_one ON {TABLE} ({KEY})"
    return [unique, *(_on_sqlite(table, event) for table, event in pairs)]


def _on_postgresql(table: str, event: str) -> str:
    """Once for each statement, whatever number of rows it changes."""
    name, sides = f"{table}_counts_{event.lower()}", _EVENTS[event]
    rows = " UNION ALL ".join(_SOURCES[table](f"{side}_rows", _SIGN[side], "false") for side in sides)
    tables = " ".join(f"{side.upper()} TABLE AS {side}_rows" for side in sides)
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO {TABLE} ({KEY}, number, x, y) {differences(rows)};
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}()
    """


def _on_sqlite(table: str, event: str) -> str:
    """Once for each row; the row stands in a SELECT of its columns, as there are no tables of them."""
    columns = ("id, public_cell, public_longitude, public_latitude", "monument_id, damage_grade, contested, valid_to")
    named = columns[0] if table == "sites_monument" else columns[1]
    parts = []
    for side in _EVENTS[event]:
        row = ", ".join(f"{side.upper()}.{column} AS {column}" for column in named.split(", "))
        rows = _SOURCES[table](f"(SELECT {row})", _SIGN[side], "0")
        parts.append(f"""
            INSERT INTO {TABLE} ({KEY}, number, x, y) SELECT * FROM ({differences(rows)}) WHERE true
            ON CONFLICT ({KEY}) DO UPDATE
            SET number = number + excluded.number, x = x + excluded.x, y = y + excluded.y;
        """)  # noqa: S608
    whole = f"{table}_counts_{event.lower()}"
    return f"CREATE TRIGGER IF NOT EXISTS {whole} AFTER {event} ON {table} FOR EACH ROW BEGIN {''.join(parts)} END"
