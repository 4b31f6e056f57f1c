"""The signed word in an e-mail that lets its reader unsubscribe without signing in."""

from __future__ import annotations

import datetime

from django.core import signing

from reports.alerts.models import Delivery

SALT = "reports.alerts.unsubscribe"
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
