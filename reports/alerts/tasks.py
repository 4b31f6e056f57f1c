"""What Celery is woken for. A task that gets lost costs seconds: the sweep finds its work."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from math import ceil
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from reports.alerts import actions, delivery
from reports.alerts.models import ALL_KINDS, Alert, Endpoint, Kind, Subscription
from reports.alerts.transports import TRANSPORTS, email
from reports.alerts.transports.base import TransportError
from reports.alerts.transports.webhook import Webhook
from reports.situation_reports import tasks as situation_reports
from reports.waking import wake

logger = logging.getLogger(__name__)

BATCH = 200
MOST_AT_ONCE = 8
"""So many workers are woken for one alert at most; each goes on while there is something due."""


@shared_task
def fan_out(alert_id: str) -> None:
    for channel, due in actions.fan_out(UUID(alert_id)).items():
        for _number in range(min(ceil(due / BATCH), MOST_AT_ONCE)):
            wake(deliver, channel)


@shared_task
def deliver(channel: str) -> None:
    """Send what is due, and come again while a whole batch was; in between others come to their turn."""
    if delivery.deliver_due(channel, BATCH) == BATCH:
        wake(deliver, channel)


@shared_task
def sweep() -> None:
    """Do what no task has done: the outbox in the database is the truth."""
    waiting = Alert.objects.filter(fanned_out_at=None).order_by("raised_at").values_list("pk", flat=True)
    for alert_id in list(waiting[:BATCH]):
        try:
            actions.fan_out(alert_id)
        except Exception:
            logger.exception("Alert %s could not be fanned out", alert_id)
    for channel in TRANSPORTS:
        deliver(channel)


@shared_task
def read_bounces() -> None:
    """Messages that were taken and came back later; what cannot be read now is read the next time."""
    if not settings.BOUNCE_MAILBOX_URL:
        return
    try:
        actions.read_bounces()
    except OSError as error:
        logger.warning("The mailbox of notices cannot be read: %s", error)


@shared_task
def remind() -> None:
    """Critical alerts that nobody has acknowledged."""
    _wake_for(actions.remind())


@shared_task
def tell_what_waits() -> None:
    """Reports that wait for review too long."""
    _wake_for(actions.tell_what_waits())


@shared_task
def tell_what_is_overdue() -> None:
    """Monuments that nobody looked at for too long; plans that are late, or of which nothing is heard."""
    _wake_for(actions.tell_what_is_overdue())
    _wake_for(actions.tell_of_late_plans())


@shared_task
def ask_for_weekly_reports() -> None:
    """On Monday: the situation reports of the week that is over, for those who asked to get them."""
    for report in actions.ask_for_weekly(timezone.localdate()):
        wake(situation_reports.make, report.pk)


@shared_task
def ask_the_silent() -> None:
    """Does anybody still read this? Once a year, unless something is heard. Who never said yes is forgotten."""
    actions.forget_unconfirmed()
    for subscription in actions.ask_the_silent():
        wake(ask_to_renew, subscription.pk)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=8)
def ask_to_confirm(subscription_id: str) -> None:
    """Ask an outsider whether it was them; who does not hear from us can ask again."""
    _ask_to_confirm(subscription_id, ALL_KINDS)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=8)
def ask_about_weekly(subscription_id: str) -> None:
    """Ask an outsider whether it was them who wants the weekly report."""
    _ask_to_confirm(subscription_id, Kind.WEEKLY)


def _ask_to_confirm(subscription_id: str, kinds: int) -> None:
    subscription = Subscription.objects.filter(pk=subscription_id, ended_at=None).first()
    if subscription and not subscription.has_confirmed(kinds):
        email.ask_to_confirm(subscription, kinds)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=8)
def ask_to_renew(subscription_id: str) -> None:
    subscription = Subscription.objects.running().filter(pk=subscription_id).first()
    if subscription:
        email.ask_to_renew(subscription)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=3)
def send_test(user_id: str) -> None:
    user = get_user_model().objects.get(pk=user_id)
    email.send_test(user.email, user.language)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=3)
def send_test_outside(subscription_id: str) -> None:
    subscription = Subscription.objects.get(pk=subscription_id)
    email.send_test(subscription.address, subscription.language)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=8)
def send_own_link(address: str) -> None:
    """A new link to their page, to who asked for something from this address; to anybody else nothing."""
    subscription = Subscription.objects.of_outsider(address).first()
    if subscription:
        email.send_own(subscription)


@shared_task(autoretry_for=(TransportError,), retry_backoff=30, max_retries=3)
def test_endpoint(key: str) -> None:
    endpoint = Endpoint.objects.filter(pk=key).first()
    if endpoint:
        with Webhook() as webhook:
            webhook.call_for_test(endpoint)


def _wake_for(alerts: Iterable[Alert]) -> None:
    for alert in alerts:
        wake(fan_out, alert.pk)
