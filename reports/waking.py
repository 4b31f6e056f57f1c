"""Waking workers. A task that gets lost costs seconds: a sweep finds its work in the database."""

from __future__ import annotations

import logging

from celery.app.task import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake(task: Task, argument: object) -> None:
    """Send a key to the workers once its row is committed; a dead broker is no reason to fail."""
    transaction.on_commit(lambda: _send(task, str(argument)), robust=True)


def _send(task: Task, argument: str) -> None:
    try:
        task.delay(argument)
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer (%s); the sweep will find %s", error, argument)
