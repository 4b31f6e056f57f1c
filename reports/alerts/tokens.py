"""The signed word in an e-mail that lets its reader unsubscribe without signing in."""

from __future__ import annotations

import datetime

from django.core import signing

from reports.alerts.models import Delivery, Subscription

SALT = "reports.alerts.unsubscribe"
CONFIRM_SALT = "reports.alerts.confirm"
CONFIRM_WITHIN = datetime.timedelta(days=7)
VALID = datetime.timedelta(days=365)


def make(delivery: Delivery) -> str:
    return signing.dumps(str(delivery.pk), salt=SALT)


def read(token: str) -> Delivery | None:
    """The delivery that carried the token; None if it is forged or older than a year."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    return Delivery.objects.filter(pk=pk).first()


def make_for(subscription: Subscription) -> str:
    """For the question whether it was them."""
    return signing.dumps(str(subscription.pk), salt=CONFIRM_SALT)


def read_for(token: str) -> Subscription | None:
    """The subscription that the token would confirm; None if it is forged, or older than a week."""
    try:
        pk = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(pk=pk, ended_at=None).first()
