"""What Celery is woken for. A task that gets lost costs a minute: the sweep finds its work."""

from __future__ import annotations

import datetime
import logging
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from reports.situation_reports import actions

logger = logging.getLogger(__name__)

TIME_LIMIT = 600
"""Seconds; a report that takes longer is tried again, and fails at last."""


@shared_task(soft_time_limit=TIME_LIMIT, time_limit=TIME_LIMIT + 30)
def make(report_id: str) -> None:
    actions.make(UUID(report_id))


@shared_task
def sweep() -> None:
    """Do what no task has done: the rows in the database are the truth."""
    for pk in actions.left_behind():
        wake(pk)


@shared_task
def let_files_go() -> None:
    days = settings.SITUATION_REPORT_FILE_DAYS
    if days:
        actions.let_files_go(before=timezone.now() - datetime.timedelta(days=days))


def wake(pk: UUID) -> None:
    """Send a key to the workers once its row is committed; a dead broker is no reason to fail."""
    transaction.on_commit(lambda: _send(pk), robust=True)


def _send(pk: UUID) -> None:
    try:
        make.delay(str(pk))
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer (%s); the sweep will find %s", error, pk)
