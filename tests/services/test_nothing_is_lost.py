"""Whatever dies on the way, every alert reaches every subscriber; what comes twice is the same message.

A message that was on its way when its worker died waits for its lease to run out. The tests do not wait
for that: they stop all workers, let the time pass in the database, and start them again.
"""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter

import psycopg
import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.conftest import leave_out
from tests.services.conftest import Installation, eventually, kill
from tools.servers import find, free_port

pytestmark = pytest.mark.services

READERS = 40
WORKERS = 2
SETTLED_TOGETHER = 10
PEOPLE = f"""
from django.contrib.auth.models import Group
from portal.accounts.models import User
from reports.alerts import actions
for role in ("Editor", "Verifier"):
    user = User.objects.create_user(f"{{role.lower()}}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
for number in range({READERS}):
    user = User.objects.create_user(f"reader{{number}}@example.org")
    actions.subscribe(user=user, language="en")
"""
PUBLISH = """
import datetime
from portal.accounts.models import User
from reports.conditions import actions
from reports.conditions.models import ConditionReport
from reports.sources.models import Source
from sites.models import Monument
editor, verifier = (User.objects.get(email=f"{name}@example.org") for name in ("editor", "verifier"))
day = datetime.date(2026, 1, 2)
for monument in Monument.objects.filter(slug__startswith="palmyra").order_by("slug")[FROM:TO]:
    report = actions.save_draft(ConditionReport(
        monument=monument, kind="damage", damage_grade="destroyed", date_from=day, date_to=day,
        date_precision="day", certainty="definite", narrative="Gone.", source=Source.objects.first()), by=editor)
    actions.submit(report, by=editor)
    actions.verify(report, by=verifier, method="site_visit")
    actions.publish(report, by=verifier)
"""


class Trial:
    """An installation in production with readers, and what it owes them."""

    def __init__(self, installation: Installation, box) -> None:
        self.installation = installation
        self.box = box
        self.workers: list[subprocess.Popen] = []
        self.kills = 0
        self.cuts = 0
        self.open_tries: set[str] = set()
        self.in_flight: Counter[str] = Counter()
        """How often each message was in the hands of a worker at the moment when that was stopped."""

    def begin(self) -> None:
        self.installation.manage("migrate", "--verbosity=0")
        self.installation.manage("load_founding_data")
        self.installation.shell(PEOPLE)
        self.installation.start("celery", "-A", "portal", "beat", "--loglevel", "WARNING")
        self.start_workers()

    def start_workers(self) -> None:
        self.workers = [self.installation.start_worker() for _ in range(WORKERS)]

    def kill_workers(self) -> None:
        self.kills += len(self.workers)
        for worker in self.workers:
            kill(worker)
        self.note_what_was_in_flight()

    def cut_connections(self) -> None:
        self.cuts += 1
        self.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        self.note_what_was_in_flight()

    def note_what_was_in_flight(self) -> None:
        """The messages of batches that were taken and not written down: tries without an end."""
        rows = self.query(
            "SELECT a.id::text, d.message_id FROM alerts_attempt a JOIN alerts_delivery d ON d.id = a.delivery_id"
            " WHERE a.ended_at IS NULL"
        )
        self.in_flight.update(message_id for pk, message_id in rows if pk not in self.open_tries)
        self.open_tries.update(pk for pk, _message_id in rows)

    def publish(self, first: int, last: int) -> None:
        self.installation.shell(PUBLISH.replace("FROM", str(first)).replace("TO", str(last)))

    def query(self, sql: str) -> list[tuple]:
        with psycopg.connect(self.installation.environment["DATABASE_URL"], autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def time_passes(self) -> None:
        """The workers die, and whatever waits for a lease or for another try is due when new ones start."""
        self.kill_workers()
        self.go_on()

    def go_on(self) -> None:
        self.query("UPDATE alerts_delivery SET due_at = now() WHERE settled_at IS NULL")
        self.start_workers()

    def unsettled(self) -> int:
        return self.query("SELECT count(*) FROM alerts_delivery WHERE settled_at IS NULL")[0][0]

    def all_is_settled(self) -> bool:
        waiting = self.query("SELECT count(*) FROM alerts_alert WHERE fanned_out_at IS NULL")[0][0]
        return waiting == 0 and self.unsettled() == 0

    def check(self, alerts: int) -> int:
        """Every alert to every reader; what came again was in flight when something was stopped, and is the same.

        Returns how many came again.
        """
        owed = self.query("SELECT count(*) FROM alerts_alert WHERE rule = 'new_loss'")[0][0]
        # What the clock finds for staff meanwhile is another matter.
        rows = self.query(
            "SELECT message_id, alert_id::text, address FROM alerts_delivery WHERE cadence = 'immediate'"
        )
        told = {message_id: (alert, address) for message_id, alert, address in rows}
        came = Counter(message["Message-ID"] for message in self.box.messages)
        again = Counter({message_id: number - 1 for message_id, number in came.items() if number > 1})
        repeats = again.total()
        print(  # noqa: T201 - with `pytest -s` the counts are read
            f"\n{owed} alerts, {len(rows)} messages owed, {sum(came.values())} came, {repeats} of them again,"
            f" {self.in_flight.total()} in flight at the death of {self.kills} workers and {self.cuts} cuts"
        )
        assert owed == alerts
        assert came.keys() == told.keys()
        readers = Counter(alert for alert, address in told.values() if address.startswith("reader"))
        assert set(readers.values()) == {READERS}
        assert again <= self.in_flight
        # Each had at most so many in its hands that were sent and not yet written down.
        assert repeats <= SETTLED_TOGETHER * (self.kills + WORKERS * self.cuts)
        # A repeat is what its reader had already: for the same person, under the Message-ID of its birth.
        assert all(told[message["Message-ID"]][1] == message["To"] for message in self.box.messages)
        return repeats


@pytest.fixture
def redis(tmp_path):
    """A broker of its own, which may be stopped and emptied."""
    server = Broker(find("redis-server") or leave_out("no Redis server"), free_port())
    server.start()
    yield server
    server.stop()


class Broker:
    def __init__(self, program: str, port: int) -> None:
        self.program, self.port = program, port
        self.url = f"redis://127.0.0.1:{port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([self.program, *options], stdout=subprocess.DEVNULL)
        eventually(self.answers)

    def answers(self) -> bool:
        try:
            return bool(Redis.from_url(self.url).ping())
        except RedisError:
            return False

    def flush(self) -> None:
        Redis.from_url(self.url).flushall()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def trial(tmp_path, database, postbox, redis):
    environment = {"DATABASE_URL": database, "CELERY_BROKER_URL": redis.url, "EMAIL_URL": postbox[1]}
    installation = Installation(tmp_path, **environment, EMAIL_TIMEOUT="4", ACKNOWLEDGE_MINUTES="600")
    trial = Trial(installation, postbox[0])
    trial.begin()
    yield trial
    installation.stop()


def test_workers_that_are_killed_at_any_moment_lose_nothing(trial):
    trial.publish(0, 6)
    for _ in range(4):
        time.sleep(random.uniform(0.5, 3))
        trial.time_passes()

    eventually(trial.all_is_settled)

    trial.check(6)


def test_a_mail_server_that_hangs_breaks_off_and_refuses_loses_nothing(trial):
    trial.box.hangs = True
    trial.publish(0, 2)
    time.sleep(6)
    trial.box.hangs, trial.box.breaks_off = False, True
    trial.time_passes()
    time.sleep(6)
    trial.box.breaks_off, trial.box.refuses_with = False, "451 later"
    trial.time_passes()
    time.sleep(4)
    assert trial.box.messages == []

    # Killed before the server takes messages again: none is on its way then.
    trial.kill_workers()
    trial.box.refuses_with = ""
    trial.go_on()
    eventually(trial.all_is_settled)

    assert trial.check(2) == 0


def test_a_broker_that_is_emptied_and_restarted_loses_nothing(trial, redis):
    trial.publish(0, 2)
    redis.flush()
    trial.publish(2, 4)
    redis.stop()
    trial.publish(4, 6)
    redis.start()

    eventually(trial.all_is_settled)

    assert trial.check(6) == 0


def test_database_connections_that_are_cut_lose_nothing(trial):
    trial.publish(0, 4)
    for _ in range(5):
        time.sleep(random.uniform(0.3, 1.5))
        trial.cut_connections()
    time.sleep(3)
    trial.time_passes()

    eventually(trial.all_is_settled)

    trial.check(4)
