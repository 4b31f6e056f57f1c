"""Deriving the statuses of all monuments at once, inside the database.

The same rule as `status.derive`, as sets: what Python does for one monument at a publication would take
a row-by-row reading of every report here. A property test holds the two equal. Works through monuments
in order of their key, so many at a time, each batch in its own transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from reports.conditions.status import CITED_TO_SETTLE, CONTEST_DAYS, CONTEST_RANKS
from reports.conditions.workflow import State
from reports.vocabulary import (
    CERTAINTY_RANK,
    GRADE_RANK,
    STATUS_KINDS,
    Certainty,
    Condition,
    DamageGrade,
    FabricStatus,
)
from sites.models import Monument

BATCH = 5_000


class Done(NamedTuple):
    """One batch: how many monuments it had, and which of them had another history than their reports give."""

    looked_at: int
    differing: list[UUID]


def rebuild_all(*, write: bool = True, batch: int = BATCH) -> Iterator[Done]:
    """Derive every monument's periods anew, a batch at a time; `write` replaces those that differ."""
    first = Monument.objects.order_by("pk").values_list("pk", flat=True)
    low = None
    while keys := list((first.filter(pk__gt=low) if low else first)[:batch]):
        yield Done(len(keys), _batch(keys[0], keys[-1], write=write))
        low = keys[-1]


@transaction.atomic
def _batch(low: UUID, high: UUID, *, write: bool) -> list[UUID]:
    ends = {name: Monument._meta.pk.get_db_prep_value(end, connection) for name, end in (("low", low), ("high", high))}
    with connection.cursor() as cursor:
        if write and connection.vendor == "postgresql":
            # Publications of these monuments wait, as they would for one another.
            cursor.execute(_LOCK, ends)
        for name, sql in _STEPS:
            _make(cursor, name, sql, ends)
        cursor.execute("SELECT m FROM tadmor_differing ORDER BY m")
        differing = [row[0] if isinstance(row[0], UUID) else UUID(row[0]) for row in cursor.fetchall()]
        if write and differing:
            cursor.execute(_DELETE)
            cursor.execute(_INSERT.format(**_words()))
        for name, _sql in reversed(_STEPS):
            cursor.execute(f"DROP TABLE {name}")
    return differing


def _make(cursor: CursorWrapper, name: str, sql: str, ends: dict) -> None:
    words = _words()
    parameters = ends if "%(low)s" in sql else None
    cursor.execute(f"CREATE TEMP TABLE {name} AS {sql.format(**words)}", parameters)
    if connection.vendor == "postgresql":
        cursor.execute(f"ANALYZE {name}")


def _words() -> dict[str, object]:
    """What the two databases spell differently, and the code lists."""
    on_postgresql = connection.vendor == "postgresql"
    return {
        "rank": _case("r.damage_grade", GRADE_RANK),
        "sureness": f"COALESCE({_case('r.certainty', CERTAINTY_RANK)}, 0)",
        "kinds": _list(STATUS_KINDS),
        "published": State.PUBLISHED.value,
        "medium": CERTAINTY_RANK[Certainty.MEDIUM],
        "cited_to_settle": CITED_TO_SETTLE,
        "contest_days": CONTEST_DAYS,
        "contest_ranks": CONTEST_RANKS,
        "unknown": DamageGrade.UNKNOWN.value,
        "unknown_condition": Condition.UNKNOWN.value,
        "destroyed": DamageGrade.DESTROYED.value,
        "destroyed_condition": Condition.DESTROYED.value,
        "original": FabricStatus.ORIGINAL.value,
        "not_applicable": Certainty.NOT_APPLICABLE.value,
        "days_apart": "(l.day - p.day)" if on_postgresql else "(julianday(l.day) - julianday(p.day))",
        "differs": "IS DISTINCT FROM" if on_postgresql else "IS NOT",
        "new_id": "gen_random_uuid()" if on_postgresql else "lower(hex(randomblob(16)))",
        "no": "false" if on_postgresql else "0",
    }


def _case(column: str, ranks: dict[str, int]) -> str:
    whens = " ".join(f"WHEN '{code}' THEN {rank}" for code, rank in ranks.items())
    return f"(CASE {column} {whens} END)"


def _list(codes: tuple) -> str:
    return ", ".join(f"'{code}'" for code in codes)


_LOCK = "SELECT id FROM sites_monument WHERE id BETWEEN %(low)s AND %(high)s ORDER BY id FOR UPDATE"

# One row per standing report that may set a status. `until`: the day on which a finding takes its place.
_SEEN = """
SELECT r.id, r.monument_id AS m, r.date_to AS day, {rank} AS rank, {sureness} AS sureness, r.published_at AS told,
    COALESCE(o.source_id, r.source_id) AS source, r.damage_grade, r.condition, r.fabric_status, r.certainty,
    CASE WHEN r.suspected OR COALESCE({rank}, 0) > 0 THEN 1 ELSE 0 END AS claims,
    r.date_from, r.date_precision
FROM conditions_conditionreport r LEFT JOIN conditions_conditionreport o ON o.id = r.repeats_id
WHERE r.state = '{published}' AND NOT r.confidential AND r.kind IN ({kinds})
    AND r.monument_id BETWEEN %(low)s AND %(high)s
"""
_SETTLED = """
SELECT c.to_conditionreport_id AS id, MIN(s.day) AS until
FROM tadmor_seen s JOIN conditions_conditionreport_cites c ON c.from_conditionreport_id = s.id
WHERE s.sureness >= {medium} AND s.rank IS NOT NULL AND {cited_to_settle} <= (
    SELECT COUNT(*) FROM conditions_conditionreport_cites n WHERE n.from_conditionreport_id = s.id)
GROUP BY c.to_conditionreport_id
"""
# Every day on which something was observed, beside all that was known on it.
_KNOWN = """
SELECT d.m, d.day AS d, s.id, s.day, s.rank, s.sureness, s.told, s.source, s.condition, s.fabric_status, s.claims,
    CASE WHEN s.sureness >= {medium} THEN 1 ELSE 0 END AS sure,
    CASE WHEN s.sureness >= {medium} AND s.rank IS NOT NULL THEN 1 ELSE 0 END AS counts
FROM (SELECT DISTINCT m, day FROM tadmor_seen) d
JOIN tadmor_seen s ON s.m = d.m AND s.day <= d.day
LEFT JOIN tadmor_settled g ON g.id = s.id
WHERE g.until IS NULL OR g.until > d.day
"""
_LATEST = """
SELECT m, d, id, day, rank, source FROM (
    SELECT k.*, ROW_NUMBER() OVER (PARTITION BY m, d ORDER BY day DESC, sureness DESC, told DESC, id DESC) AS place
    FROM tadmor_known k WHERE counts = 1) ordered
WHERE place = 1
"""
_RIVAL = """
SELECT m, d, id, rank FROM (
    SELECT p.m, p.d, p.id, p.rank, ROW_NUMBER() OVER (PARTITION BY p.m, p.d
        ORDER BY ABS(p.rank - l.rank) DESC, p.rank DESC, p.day DESC, p.sureness DESC, p.told DESC, p.id DESC) AS place
    FROM tadmor_known p JOIN tadmor_latest l ON l.m = p.m AND l.d = p.d
    WHERE p.counts = 1 AND p.source <> l.source AND {days_apart} <= {contest_days}
        AND ABS(p.rank - l.rank) >= {contest_ranks}) ordered
WHERE place = 1
"""
# Per day: the report that is used, the one against it, and whether damage is suspected.
_GRADED = """
SELECT k.m, k.d, l.day AS assessed_on,
    CASE WHEN v.rank > l.rank THEN v.id ELSE l.id END AS used,
    CASE WHEN v.rank > l.rank THEN l.id ELSE v.id END AS rival,
    CASE WHEN v.rank > l.rank THEN v.rank ELSE l.rank END AS rank,
    MAX(CASE WHEN k.sure = 0 AND k.claims = 1 AND (l.day IS NULL OR k.day > l.day) THEN 1 ELSE 0 END) AS suspected
FROM (SELECT DISTINCT m, day AS d FROM tadmor_seen) days
JOIN tadmor_known k ON k.m = days.m AND k.d = days.d
LEFT JOIN tadmor_latest l ON l.m = k.m AND l.d = k.d
LEFT JOIN tadmor_rival v ON v.m = k.m AND v.d = k.d
GROUP BY k.m, k.d, l.day, v.rank, l.rank, v.id, l.id
"""
_RISEN = """
SELECT g.*, MAX(CASE WHEN g.rank > before THEN g.d END) OVER (PARTITION BY m ORDER BY d) AS risen_on FROM (
    SELECT graded.*, COALESCE(LAG(rank) OVER (PARTITION BY m ORDER BY d), 0) AS before FROM tadmor_graded graded) g
"""
_CONDITION = """
SELECT m, d, condition FROM (
    SELECT k.m, k.d, k.condition, ROW_NUMBER() OVER (
        PARTITION BY k.m, k.d ORDER BY k.day DESC, k.sureness DESC, k.told DESC, k.id DESC) AS place
    FROM tadmor_known k JOIN tadmor_risen r ON r.m = k.m AND r.d = k.d
    WHERE k.sure = 1 AND k.condition NOT IN ('', '{unknown_condition}') AND (r.risen_on IS NULL OR k.day >= r.risen_on)
) ordered WHERE place = 1
"""
_FABRIC = """
SELECT m, d, fabric_status FROM (
    SELECT m, d, fabric_status, ROW_NUMBER() OVER (
        PARTITION BY m, d ORDER BY day DESC, sureness DESC, told DESC, id DESC) AS place
    FROM tadmor_known WHERE sure = 1 AND fabric_status <> '') ordered
WHERE place = 1
"""
_DAILY = """
SELECT r.m, r.d, r.used, r.rival, r.assessed_on, r.suspected,
    COALESCE(u.damage_grade, '{unknown}') AS damage_grade, COALESCE(u.certainty, '{not_applicable}') AS certainty,
    COALESCE(c.condition, CASE WHEN u.damage_grade = '{destroyed}' THEN '{destroyed_condition}'
        ELSE '{unknown_condition}' END) AS condition,
    COALESCE(f.fabric_status, '{original}') AS fabric_status,
    u.date_from AS observed_from, u.day AS observed_on, COALESCE(u.date_precision, '') AS observed_precision
FROM tadmor_risen r LEFT JOIN tadmor_seen u ON u.id = r.used
LEFT JOIN tadmor_condition c ON c.m = r.m AND c.d = r.d
LEFT JOIN tadmor_fabric f ON f.m = r.m AND f.d = r.d
"""
# The days on which the status changed, each until the next.
_PERIODS = """
SELECT m, d AS valid_from, LEAD(d) OVER (PARTITION BY m ORDER BY d) AS valid_to, used, rival, assessed_on, suspected,
    damage_grade, certainty, condition, fabric_status, observed_from, observed_on, observed_precision
FROM (
    SELECT t.*, LAG(used) OVER w AS used_before, LAG(rival) OVER w AS rival_before,
        LAG(assessed_on) OVER w AS assessed_before, COALESCE(LAG(suspected) OVER w, 0) AS suspected_before,
        COALESCE(LAG(condition) OVER w, '{unknown_condition}') AS condition_before,
        COALESCE(LAG(fabric_status) OVER w, '{original}') AS fabric_before
    FROM tadmor_daily t WINDOW w AS (PARTITION BY m ORDER BY d)) days
WHERE used {differs} used_before OR rival {differs} rival_before OR assessed_on {differs} assessed_before
    OR suspected <> suspected_before OR condition <> condition_before OR fabric_status <> fabric_before
"""
_DERIVED = """
    SELECT m, valid_from, valid_to, damage_grade, condition, fabric_status, certainty, observed_from, observed_on,
        observed_precision, assessed_on, CASE WHEN suspected = 1 THEN 1 ELSE 0 END AS suspected, used, rival
    FROM tadmor_periods
"""
_KEPT = """
    SELECT monument_id, valid_from, valid_to, damage_grade, condition, fabric_status, certainty, observed_from,
        observed_on, observed_precision, assessed_on, CASE WHEN suspected THEN 1 ELSE 0 END AS suspected,
        report_id, rival_id
    FROM conditions_monumentstatus WHERE monument_id BETWEEN %(low)s AND %(high)s
"""
_DIFFERING = f"""
SELECT DISTINCT m FROM (
    SELECT m FROM ({_DERIVED} EXCEPT {_KEPT}) missing
    UNION ALL
    SELECT monument_id AS m FROM ({_KEPT} EXCEPT {_DERIVED}) outdated
) either
"""  # noqa: S608 (of the two texts above)
_STEPS = [
    ("tadmor_seen", _SEEN),
    ("tadmor_settled", _SETTLED),
    ("tadmor_known", _KNOWN),
    ("tadmor_latest", _LATEST),
    ("tadmor_rival", _RIVAL),
    ("tadmor_graded", _GRADED),
    ("tadmor_risen", _RISEN),
    ("tadmor_condition", _CONDITION),
    ("tadmor_fabric", _FABRIC),
    ("tadmor_daily", _DAILY),
    ("tadmor_periods", _PERIODS),
    ("tadmor_differing", _DIFFERING),
]

_DELETE = "DELETE FROM conditions_monumentstatus WHERE monument_id IN (SELECT m FROM tadmor_differing)"
_INSERT = """
INSERT INTO conditions_monumentstatus (id, monument_id, valid_from, valid_to, damage_grade, condition, fabric_status,
    certainty, observed_from, observed_on, observed_precision, assessed_on, contested, suspected, report_id, rival_id)
SELECT {new_id}, m, valid_from, valid_to, damage_grade, condition, fabric_status, certainty, observed_from,
    observed_on, observed_precision, assessed_on, rival IS NOT NULL, suspected = 1, used, rival
FROM tadmor_periods WHERE m IN (SELECT m FROM tadmor_differing)
"""
