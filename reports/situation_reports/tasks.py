"""What Celery is woken for. A task that gets lost costs a minute: the sweep finds its work."""

from __future__ import annotations

import datetime
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reports.situation_reports import actions
from reports.waking import wake

TIME_LIMIT = 600
"""Seconds; a report that takes longer is tried again, and fails at last."""


@shared_task(soft_time_limit=TIME_LIMIT, time_limit=TIME_LIMIT + 30)
def make(report_id: str) -> None:
    actions.make(UUID(report_id))


@shared_task
def sweep() -> None:
    """Do what no task has done: the rows in the database are the truth."""
    for pk in actions.left_behind():
        wake(make, pk)


@shared_task
def let_files_go() -> None:
    days = settings.SITUATION_REPORT_FILE_DAYS
    if days:
        actions.let_files_go(before=timezone.now() - datetime.timedelta(days=days))
