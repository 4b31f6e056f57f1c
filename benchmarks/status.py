"""What a status costs with 200,000 monuments and 1,000,000 reports on PostgreSQL.

    DATABASE_URL=postgres://… SECRET_KEY=x python benchmarks/status.py [--monuments N] [--reports N] [--rounds N]

Uses an own database `tadmor_benchmark` on that server, made anew and dropped at the end. Prints medians,
95th percentiles, numbers of queries, and each as a ratio to the raw SQL that does the same in the same run.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from database import own_database

FIRST_DAY = "2011-03-15"
DAYS = 5_000
A_DAY = datetime.date(2016, 6, 1)


class Measured(NamedTuple):
    seconds: list[float]
    queries: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else self.seconds[0]


def main() -> None:
    arguments = read_arguments()
    with own_database():
        run(arguments.monuments, arguments.reports, arguments.rounds)


def run(monuments: int, reports: int, rounds: int) -> None:
    few = reports // 100
    fill(monuments // 100, few)
    rebuild()
    published_among_few = publish(rounds)
    fill(monuments, reports)
    full, least, one_by_one = rebuild(), raw_rebuild(), rebuild_one_by_one(min(rounds * 5, monuments))
    published, raw = publish(rounds), raw_publish(rounds)
    current, raw_current = listed(rounds), raw_listed(rounds)
    past, raw_past = listed(rounds, A_DAY), raw_listed(rounds, A_DAY)

    print(f"\n{'':42}{'median':>10}{'p95':>10}{'queries':>9}{'/ raw SQL':>11}")
    row(f"publish one report among {reports:,}", published, raw)
    row("100 statuses, current", current, raw_current)
    row(f"100 statuses, as of {A_DAY}", past, raw_past)
    row(f"full rebuild of {monuments:,} monuments *", full, least)
    print("* beside the least that it must do: one statement that finds the latest sure report of every day")
    in_sets = full.median / monuments
    print(
        f"rebuild, per monument: {in_sets * 1000:.2f} ms in sets, {one_by_one.median * 1000:.2f} ms one by one"
        f" in Python ({one_by_one.median / in_sets:.0f} times)"
    )
    print(f"\npublish among {reports:,} / among {few:,}: {published.median / published_among_few.median:.2f}")
    print(f"as of / current: {past.median / current.median:.2f} (aim: at most 3)")


def row(what: str, ours: Measured, raw: Measured) -> None:
    times = f"{ours.median * 1000:>8.1f}ms{ours.p95 * 1000:>8.1f}ms"
    print(f"{what:42}{times}{ours.queries:>9}{ours.median / raw.median:>11.2f}")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--monuments", type=int, default=200_000)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    return parser.parse_args()


def fill(monuments: int, reports: int) -> None:
    """Reports of all kinds, grades, certainties and days, spread evenly; the same in every run."""
    from django.db import connection

    from reports.vocabulary import Certainty, DamageGrade

    print(f"Filling up to: {monuments:,} monuments, {reports:,} reports …", flush=True)
    from reports.conditions.models import ConditionReport
    from sites.models import Monument

    monuments -= Monument.objects.count()
    reports -= ConditionReport.objects.count()
    grades, certainties = list(DamageGrade.values), list(Certainty.values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.2015)")
        cursor.execute(
            "INSERT INTO sites_site (id, slug, country, note, links, sensitivity, cells_per_degree, created_at,"
            " updated_at) SELECT gen_random_uuid(), 's-' || n || '-' || gen_random_uuid(), 'SY', '', '{}', 'public',"
            " 100, now(), now()"
            " FROM generate_series(1, %s) n",
            [max(1, monuments // 100)],
        )
        cursor.execute(
            "INSERT INTO sites_monument (id, slug, site_id, type, period, dating, movable, current_place, scope_note,"
            " longitude, latitude, sensitivity, cells_per_degree, created_at, updated_at)"
            " SELECT gen_random_uuid(), 'm-' || n || '-' || gen_random_uuid(), s.id, 'temple', '', '', false,"
            " '', '', 35 + random() * 7, 32 + random() * 5, 'public', 100, now(), now()"
            " FROM generate_series(1, %s) n"
            " JOIN (SELECT id, row_number() OVER () k FROM sites_site) s ON s.k = 1 + n %% %s",
            [monuments, max(1, monuments // 100)],
        )
        cursor.execute(
            "INSERT INTO sources_source (id, name, kind)"
            " SELECT gen_random_uuid(), 'Source ' || n, 'partner' FROM generate_series(1, 50) n ON CONFLICT DO NOTHING"
        )
        cursor.execute(
            """
            INSERT INTO conditions_conditionreport (id, monument_id, part, kind, date_from, date_to, date_precision,
                date_uncertain, date_contested, attribution_contested, damage_grade, extent, condition, fabric_status,
                suspected, narrative, language, state, verification_method, retraction_reason, created_at,
                published_at, certainty, source_id, source_url, source_citation, source_archive_url, source_scheme,
                source_value, method, access, recommended_action, recommended_group, recommended_urgency,
                confidential, embargo_reason, tell_after_embargo, version)
            SELECT gen_random_uuid(), m.id, '', (ARRAY['damage', 'assessment', 'intervention'])[1 + n %% 3], d.day,
                d.day, 'day', false, false, false, (%s::text[])[1 + floor(random() * %s)::int], '', '', '', false,
                'What was seen.', 'en', 'published', 'satellite', '', now(),
                '2020-01-01'::timestamptz + n * interval '1 second', (%s::text[])[1 + floor(random() * %s)::int],
                s.id, '', '', '', '', '', '', '', '', '', '', false, '', false, 1
            FROM generate_series(1, %s) n
            JOIN (SELECT id, row_number() OVER () k FROM sites_monument) m
                ON m.k = 1 + n %% (SELECT count(*) FROM sites_monument)
            JOIN (SELECT id, row_number() OVER () k FROM sources_source) s ON s.k = 1 + (n / 7) %% 50
            CROSS JOIN LATERAL (SELECT %s::date + (random() * %s)::int + 0 * n AS day) d
            """,
            [grades, len(grades), certainties, len(certainties), reports, FIRST_DAY, DAYS],
        )
        cursor.execute("ANALYZE")


def rebuild() -> Measured:
    """All statuses from all reports, from nothing."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from reports.conditions.models import MonumentStatus
    from reports.conditions.rebuilding import rebuild_all

    MonumentStatus.objects.all().delete()
    began, looked_at = time.perf_counter(), 0
    with CaptureQueriesContext(connection) as queries:
        for done in rebuild_all():
            looked_at += done.looked_at
            print(f"\r  rebuilt {looked_at:,} monuments", end="", flush=True)
    print()
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE conditions_monumentstatus")
    return Measured([took], len(queries))


def raw_rebuild() -> Measured:
    """The least that a rebuild must do, in one statement: the latest sure report of each monument and day, stored."""
    from django.db import connection

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMP TABLE latest AS
            SELECT DISTINCT ON (d.monument_id, d.date_to) d.monument_id, d.date_to AS day, r.id, r.damage_grade
            FROM conditions_conditionreport d
            JOIN conditions_conditionreport r ON r.monument_id = d.monument_id AND r.date_to <= d.date_to
            WHERE r.state = 'published' AND d.state = 'published' AND r.damage_grade <> 'unknown'
                AND r.certainty IN ('definite', 'high', 'medium')
            ORDER BY d.monument_id, d.date_to, r.date_to DESC, r.certainty, r.published_at DESC
            """
        )
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE latest")
    return Measured([took], 1)


def rebuild_one_by_one(number: int) -> Measured:
    """What a publication does for its monument, for so many monuments that all differ."""
    from reports.conditions import actions
    from reports.conditions.models import MonumentStatus
    from sites.models import Monument

    keys = list(Monument.objects.order_by("-pk").values_list("pk", flat=True)[:number])
    MonumentStatus.objects.filter(monument__in=keys).delete()
    return Measured([timed(actions.rebuild, key) for key in keys], 0)


def publish(rounds: int) -> Measured:
    """`actions.publish`, commit included, with the status and the alert that follow from it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from reports.conditions import actions

    verified, verifier = prepare(rounds + 1)
    with CaptureQueriesContext(connection) as queries:
        actions.publish(verified.pop(), by=verifier)
    return Measured([timed(actions.publish, report, by=verifier) for report in verified], len(queries))


def prepare(number: int) -> tuple[list, Any]:
    """So many verified reports, each of another monument, and a verifier who may publish them."""
    from django.contrib.auth.models import Group

    from portal.accounts import roles
    from portal.accounts.models import User
    from reports.conditions import actions
    from reports.conditions.models import ConditionReport
    from reports.sources.models import Source
    from sites.models import Monument

    people = []
    for role in (roles.EDITOR, roles.VERIFIER):
        person, _new = User.objects.get_or_create(email=f"{role.lower()}@example.org", defaults={"name": role})
        person.groups.add(Group.objects.get(name=role))
        people.append(User.objects.get(pk=person.pk))
    editor, verifier = people
    source = Source.objects.first()
    verified = []
    for monument in Monument.objects.order_by("id")[:number]:
        report = ConditionReport(
            monument=monument,
            kind="damage",
            date_from=A_DAY,
            date_to=A_DAY,
            date_precision="day",
            damage_grade="severe",
            certainty="high",
            source=source,
            narrative="The roof has fallen in.",
        )
        actions.save_draft(report, by=editor)
        actions.submit(report, by=editor)
        verified.append(actions.verify(report, by=verifier, method="satellite"))
    return verified, verifier


def raw_publish(rounds: int) -> Measured:
    """The statements that a publication cannot do without, by hand, in one transaction each."""
    from django.db import connection, transaction

    verified, verifier = prepare(rounds)

    def by_hand(report: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            keys = {"r": report.pk, "m": report.monument_id, "u": verifier.pk}
            for statement in RAW_PUBLISH:
                cursor.execute(statement, keys)

    return Measured([timed(by_hand, report) for report in verified], len(RAW_PUBLISH))


RAW_PUBLISH = [
    "SELECT id FROM sites_monument WHERE id = %(m)s FOR UPDATE",
    "UPDATE conditions_conditionreport SET state = 'published', published_at = now() WHERE id = %(r)s",
    "INSERT INTO conditions_reportstep (id, report_id, step, from_state, to_state, by_id, at, reason, method)"
    " VALUES (gen_random_uuid(), %(r)s, 'publish', 'verified', 'published', %(u)s, now(), '', '')",
    "SELECT id, date_to, damage_grade, certainty, source_id FROM conditions_conditionreport"
    " WHERE monument_id = %(m)s AND state = 'published'",
    "DELETE FROM conditions_monumentstatus WHERE monument_id = %(m)s",
    "INSERT INTO conditions_monumentstatus (id, monument_id, valid_from, damage_grade, condition, fabric_status,"
    " certainty, observed_precision, contested, suspected, report_id)"
    " SELECT gen_random_uuid(), monument_id, max(date_to), 'severe', 'unknown', 'original', 'high', 'day', false,"
    " false, %(r)s FROM conditions_conditionreport WHERE monument_id = %(m)s GROUP BY monument_id, date_to LIMIT 1",
    "INSERT INTO alerts_alert (id, key, rule, severity, monument_id, report_id, facts, raised_at)"
    " VALUES (gen_random_uuid(), gen_random_uuid(), 'new_loss', 40, %(m)s, %(r)s, '{}', now())",
]


def listed(rounds: int, day: datetime.date | None = None) -> Measured:
    """The statuses of 100 monuments that follow each other, as the lists of the portal read them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from reports.conditions import queries
    from reports.conditions.querysets import Moment

    pages = monument_pages(rounds + 1)
    with CaptureQueriesContext(connection) as asked:
        queries.statuses(pages.pop(), Moment(day))
    return Measured([timed(queries.statuses, page, Moment(day)) for page in pages], len(asked))


def raw_listed(rounds: int, day: datetime.date | None = None) -> Measured:
    from django.db import connection

    when = "valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)" if day else "valid_to IS NULL"

    def read(page: list) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT * FROM conditions_monumentstatus WHERE monument_id = ANY(%s) AND {when}",
                [page, *([day, day] if day else [])],
            )
            cursor.fetchall()

    return Measured([timed(read, page) for page in monument_pages(rounds)], 1)


def monument_pages(number: int) -> list[list]:
    from sites.models import Monument

    keys = list(Monument.objects.order_by("slug").values_list("pk", flat=True)[: 100 * 50])
    pages = [keys[start : start + 100] for start in range(0, len(keys), 100)]
    return [pages[n % len(pages)] for n in range(number)]


def timed(act: Callable, *args: object, **kwargs: object) -> float:
    began = time.perf_counter()
    act(*args, **kwargs)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
