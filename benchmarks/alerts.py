"""What it costs to tell people: from a publication to the mail server, writing the outbox, sending it.

    DATABASE_URL=postgres://… CELERY_BROKER_URL=redis://… SECRET_KEY=x python benchmarks/alerts.py
        [--readers N] [--messages N] [--publications N]

Uses an own database on that server. Messages go to an SMTP sink in a process of its own; smtplib feeds the
same sink with messages of the same size in the same run.
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
from multiprocessing.queues import Queue

from database import ROOT, own_database

ROUNDS = 5
ONE_READER = "one@example.org"
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
    from reports.alerts.models import Delivery

    size = len(sample())
    direct = messages / feed_directly(messages, port, size)
    print(f"smtplib alone: {direct:,.0f} messages a second of {size:,} bytes")
    for workers in (1, 2, 4):
        keep_due(messages)
        began = time.perf_counter()
        context = multiprocessing.get_context("spawn")
        with context.Pool(workers) as pool:
            # Starting a process is not sending: the clock runs from when all are there.
            pool.map(ready, range(workers))
            began = time.perf_counter()
            peaks = pool.map(send, [messages] * workers)
            took = time.perf_counter() - began
        assert not Delivery.objects.filter(settled_at=None, alert__isnull=False).exists()
        rate = messages / took
        print(
            f"{workers} worker(s): {rate:,.0f} messages a second, {rate / workers / direct:.2f} of smtplib each,"
            f" at most {max(peaks) / 1024:.0f} MiB"
        )


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


def feed_directly(messages: int, port: int, size: int) -> float:
    body = email.message.EmailMessage()
    body["From"], body["To"], body["Subject"] = "tadmor@example.org", "reader@example.org", "An alert"
    body.set_content("x" * 70 + ("\n" + "x" * 70) * (size // 71))
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _number in range(messages):
            server.send_message(body)
    return time.perf_counter() - began


def ready(_number: int) -> None:
    import django

    django.setup()
    time.sleep(1)


def send(messages: int) -> int:
    """What a worker does in a sweep; returns the most memory that it has had, in KiB."""
    from reports.alerts import delivery

    delivery.deliver_due("email", messages)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
