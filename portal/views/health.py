"""Two questions that a supervisor asks: is the process alive, and may it be sent readers?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from portal.celery import app
from reports.alerts import outbox

logger = logging.getLogger(__name__)

BROKER_SECONDS = 3


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all; asks nobody else."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and broker are in order, else 503; why is in the log, not in the answer."""
    checks = {"database": _passes(_database), "migrations": _passes(_migrations), "broker": _passes(_broker)}
    good = all(checks.values())
    answer = {"ready": good, "checks": {name: "ok" if passed else "failed" for name, passed in checks.items()}}
    if checks["migrations"]:
        # Mail that is late is no reason to send readers away, so it is told and no more.
        state = outbox.state()
        answer["outbox"] = "late" if state.late else "ok"
        answer["oldest_due_seconds"] = round(state.oldest_due_seconds)
        answer["failed_last_day"] = {row.channel: row.failed_last_day for row in outbox.by_channel()}
    return JsonResponse(answer, status=200 if good else 503)


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except (DatabaseError, BrokerError, OSError) as error:
        logger.warning("Not ready: %s", error)
        return False
    return True


def _database() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


# A failure raises and is not kept: only "applied" is remembered, as reading all migrations takes a while.
@cache
def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DatabaseError(f"{len(waiting)} migrations are not applied; run manage.py migrate")


def _broker() -> None:
    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
