"""What Celery is woken for. A task that gets lost costs seconds: the sweep finds its work."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from celery.app.task import Task
from django.contrib.auth import get_user_model
from django.db import transaction
from kombu.exceptions import OperationalError

from reports.alerts import actions, delivery
from reports.alerts.models import Alert, Subscription
from reports.alerts.transports import email
from reports.alerts.transports.base import TransportError

logger = logging.getLogger(__name__)

BATCH = 200


@shared_task
def fan_out(alert_id: str) -> None:
    for delivery_id in actions.fan_out(UUID(alert_id)):
        wake(deliver, delivery_id)


@shared_task
def deliver(delivery_id: str) -> None:
    delivery.deliver(UUID(delivery_id))


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=8)
def ask_to_confirm(subscription_id: str) -> None:
    """Ask an outsider whether it was them; who does not hear from us can ask again."""
    subscription = Subscription.objects.filter(pk=subscription_id, confirmed_at=None, ended_at=None).first()
    if subscription:
        email.ask_to_confirm(subscription)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=3)
def send_test(user_id: str) -> None:
    email.send_test(get_user_model().objects.get(pk=user_id))


@shared_task
def sweep() -> None:
    """Do what no task has done: the outbox in the database is the truth."""
    waiting = Alert.objects.filter(fanned_out_at=None).order_by("raised_at").values_list("pk", flat=True)
    for alert_id in list(waiting[:BATCH]):
        try:
            actions.fan_out(alert_id)
        except Exception:
            logger.exception("Alert %s could not be fanned out", alert_id)
    delivery.deliver_due(limit=BATCH)


def wake(task: Task, pk: object) -> None:
    """Send a row's id to the workers once the row is committed; a dead broker is no reason to fail."""
    transaction.on_commit(lambda: _send(task, str(pk)), robust=True)


def _send(task: Task, pk: str) -> None:
    try:
        task.delay(pk)
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer (%s); the sweep will find %s", error, pk)
