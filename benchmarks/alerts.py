"""What it costs to tell people: from a publication to the mail server, writing the outbox, sending it.

    DATABASE_URL=postgres://… CELERY_BROKER_URL=redis://… SECRET_KEY=x python benchmarks/alerts.py
        [--readers N] [--messages N] [--publications N]

Uses an own database on that server. Messages go to an SMTP sink in a process of its own; as many processes with
smtplib as there are workers feed the same sink with messages of the same size, by turns with them in the same run.
"""

from __future__ import annotations

import argparse
import email.message
import multiprocessing
import os
import resource
import smtplib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.pool import Pool
from multiprocessing.queues import Queue
from typing import Any

from database import ROOT, own_database

ROUNDS = 5
ONE_READER = "one@example.org"
SENDING_ROUNDS = 3
SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--publications", type=int, default=40)
    arguments = parser.parse_args()
    port = free_port()
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    spawn = multiprocessing.get_context("spawn")
    taken: Queue[float] = spawn.Queue()
    sink = spawn.Process(target=take_everything, args=[port, taken], daemon=True)
    sink.start()
    with own_database():
        measure_one_reader(arguments.publications, taken)
        subscribe(arguments.readers)
        measure_fan_out(arguments.readers)
        measure_sending(arguments.messages, port)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def take_everything(port: int, taken: Queue[float]) -> None:
    """An SMTP server that takes every message, keeps none, and notes when it took those to the one reader."""
    import asyncio

    from aiosmtpd.smtp import SMTP

    class Sink:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
            if ONE_READER in envelope.rcpt_tos:  # type: ignore[attr-defined]
                taken.put(time.time())
            return "250 OK"

    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Sink()), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(serve())


def subscribe(readers: int) -> None:
    """Confirmed outsiders: most at once, some with digests, in several time zones."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO alerts_subscription (id, address, scope, country, language, min_severity, kinds, channel,
                cadence, time_zone, critical_at_once, created_at, confirmed_at, renewed_at)
            SELECT gen_random_uuid(), 'r' || n || '@example.org', 'all', '', (ARRAY['en', 'ar', 'fr'])[1 + n %% 3],
                1, 31, 'email', CASE WHEN n %% 10 = 0 THEN 'daily' ELSE 'immediate' END,
                (ARRAY['UTC', 'Asia/Damascus', 'Europe/Paris'])[1 + n %% 3], n %% 10 > 0, now(), now(), now()
            FROM generate_series(1, %s) n
            """,
            [readers],
        )
        cursor.execute("ANALYZE")


def alert() -> object:
    """An alert about something that happened, as `actions.raise_alert` writes it."""
    from django.utils import timezone

    from reports.alerts import facts
    from reports.alerts.models import Alert
    from reports.conditions.models import ConditionReport
    from reports.conditions.status import UNKNOWN
    from reports.sources.models import Source
    from sites.models import Monument, Site

    site, _new = Site.objects.get_or_create(slug="a-site", defaults={"country": "SY"})
    monument = Monument.objects.create(slug=f"m-{Monument.objects.count()}", site=site, type="temple")
    source, _new = Source.objects.get_or_create(name="A source")
    day = "2015-08-30"
    report = ConditionReport.objects.create(
        monument=monument,
        kind="damage",
        damage_grade="destroyed",
        certainty="high",
        source=source,
        date_from=day,
        date_to=day,
        date_precision="day",
        narrative="The cella was blown up." * 5,
        state="published",
        published_at=timezone.now(),
    )
    report.refresh_from_db()
    said = facts.gather(report, UNKNOWN, UNKNOWN)
    about = {"site": site, "monument": monument, "report": report}
    return Alert.objects.create(key=str(report.pk), rule="new_loss", severity=4, facts=said, **about)


def measure_one_reader(publications: int, taken: Queue[float]) -> None:
    """A worker process with the broker; from the commit of an alert to the moment when the mail server has it."""
    from django.db import transaction

    from reports.alerts import actions, tasks
    from reports.alerts.models import Delivery, Subscription

    subscription, _due = actions.ask(address=ONE_READER, language="en")
    actions.confirm(subscription)
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency", "2", "--loglevel", "ERROR"]
    worker = subprocess.Popen(command, cwd=ROOT)
    try:
        seconds = []
        for number in range(publications + 1):
            with transaction.atomic():
                tasks.wake(tasks.fan_out, alert().pk)  # type: ignore[attr-defined]
                began = time.time()
            took = taken.get(timeout=SECONDS) - began
            if number:  # before the first one the worker had to start
                seconds.append(took)
    finally:
        worker.terminate()
        worker.wait(30)
    slow = statistics.quantiles(seconds, n=20)[-1]
    print(
        f"from publication to the mail server, one reader: median {statistics.median(seconds):.3f} s, p95 {slow:.3f} s"
    )
    Subscription.objects.all().delete()
    Delivery.objects.all().delete()


def measure_fan_out(readers: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from reports.alerts import actions

    seconds = []
    for _round in range(ROUNDS):
        one = alert()
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            actions.fan_out(one.pk)  # type: ignore[attr-defined]
            seconds.append(time.perf_counter() - began)
    print(f"fan-out to {readers:,} readers: median {statistics.median(seconds):.2f} s, {len(queries)} statements")


def measure_sending(messages: int, port: int) -> None:
    """Workers against as many processes with smtplib, by turns: both share the machine and the sink."""
    size = len(sample())
    for senders in (1, 2, 4):
        with multiprocessing.get_context("spawn").Pool(senders) as pool:
            pool.map(ready, range(senders))  # starting a process is not sending
            direct, ours, peaks, work = [], [], [], []
            for _round in range(SENDING_ROUNDS):
                took, least = timed(pool, feed_directly, [(messages // senders, port, size)] * senders)
                direct.append(messages / took)
                keep_due(messages)
                took, most = timed(pool, send, [messages] * senders)
                ours.append(messages / took)
                work.append((least / messages * 1_000, most / messages * 1_000))
                assert_all_sent()
                peaks.append(max(pool.map(memory, range(senders))) / 1024)
        ratios = [rate / peer for rate, peer in zip(ours, direct, strict=True)]
        print(
            f"{senders} sender(s), {size:,} bytes: smtplib {statistics.median(direct):,.0f} messages a second, workers"
            f" {statistics.median(ours):,.0f}; {statistics.median(ratios):.2f} of it"
            f" ({min(ratios):.2f} to {max(ratios):.2f})"
        )
        least, most = (statistics.median(times) for times in zip(*work, strict=True))
        print(
            f"  processor time for each message {least:.2f} and {most:.2f} ms; memory {peaks[0]:.0f} MiB,"
            f" at the end {peaks[-1]:.0f} MiB",
            flush=True,
        )


def timed(pool: Pool, work: Callable[[Any], float], arguments: list[Any]) -> tuple[float, float]:
    """Seconds on the clock, and of the processors; the latter tell more where others share the machine."""
    began = time.perf_counter()
    spent = sum(pool.map(work, arguments, chunksize=1))
    return time.perf_counter() - began, spent


def assert_all_sent() -> None:
    from reports.alerts.models import Delivery

    assert not Delivery.objects.filter(settled_at=None, alert__isnull=False).exists()


def keep_due(messages: int) -> None:
    """So many messages of one alert are due, and no others."""
    from django.utils import timezone

    from reports.alerts.models import Attempt, Delivery

    Attempt.objects.all().delete()
    Delivery.objects.filter(alert=None).delete()
    Delivery.objects.update(settled_at=timezone.now(), outcome="sent")
    chosen = Delivery.objects.values_list("pk", flat=True)[:messages]
    Delivery.objects.filter(pk__in=list(chosen)).update(settled_at=None, outcome="", tries=0, due_at=timezone.now())


def sample() -> bytes:
    from reports.alerts.models import Delivery
    from reports.alerts.transports.email import compose

    delivery = Delivery.objects.exclude(alert=None).select_related("alert").first()
    assert delivery is not None
    return compose(delivery, [delivery.alert]).message().as_bytes()  # type: ignore[list-item]


def feed_directly(task: tuple[int, int, int]) -> float:
    """Returns the seconds of the processor that it took."""
    messages, port, size = task
    began = time.process_time()
    body = email.message.EmailMessage()
    body["From"], body["To"], body["Subject"] = "tadmor@example.org", "reader@example.org", "An alert"
    body.set_content("x" * 70 + ("\n" + "x" * 70) * (size // 71))
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _number in range(messages):
            server.send_message(body)
    return time.process_time() - began


def ready(_number: int) -> None:
    import django

    django.setup()
    time.sleep(1)


def send(messages: int) -> float:
    """What a worker does in a sweep; returns the seconds of the processor that it took."""
    from reports.alerts import delivery

    began = time.process_time()
    delivery.deliver_due("email", messages)
    return time.process_time() - began


def memory(_number: int) -> int:
    """The most that this process has had, in KiB."""
    time.sleep(0.1)  # so that each process is asked
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
