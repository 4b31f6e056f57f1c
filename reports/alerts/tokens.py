"""The signed word in an e-mail that lets its reader unsubscribe without signing in."""

from __future__ import annotations

import datetime
from typing import Any

from django.core import signing

from reports.alerts.models import Delivery, Subscription

SALT = "reports.alerts.unsubscribe"
CONFIRM_SALT = "reports.alerts.confirm"
CONFIRM_WITHIN = datetime.timedelta(days=7)
RENEW_SALT = "reports.alerts.renew"
RENEW_WITHIN = datetime.timedelta(days=31)
OWN_SALT = "reports.alerts.own"
OWN_WITHIN = datetime.timedelta(days=180)
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


def make_for(subscription: Subscription, kinds: int | None = None) -> str:
    """For the question whether it was them, and whether they want these kinds."""
    return signing.dumps([str(subscription.pk), kinds or subscription.kinds], salt=CONFIRM_SALT)


def make_to_renew(subscription: Subscription) -> str:
    """For the question whether they still want to be told."""
    return signing.dumps(str(subscription.pk), salt=RENEW_SALT)


def make_own(subscription: Subscription) -> str:
    """For the page on which an outsider sees and changes what was asked for from this address."""
    return signing.dumps(str(subscription.pk), salt=OWN_SALT)


def read_own(token: str) -> str | None:
    """The address whose page it opens; None if it is forged, older than half a year, or nothing is of it any more.

    It is that of a confirmed subscription, also of one that has ended: who has the link has the mailbox.
    """
    try:
        pk = signing.loads(token, salt=OWN_SALT, max_age=OWN_WITHIN)
    except signing.BadSignature:
        return None
    outside = Subscription.objects.filter(pk=pk, user=None, confirmed_at__isnull=False)
    return outside.values_list("address", flat=True).first()


def read_for(token: str) -> tuple[Subscription, int] | None:
    """The subscription that the token would confirm, and its kinds; None if it is forged, or older than a week."""
    said = _said(token, CONFIRM_SALT, CONFIRM_WITHIN)
    # Those of the week before the kinds stood in them are the key alone.
    pk, kinds = said if isinstance(said, list) else (said, None)
    subscription = _standing(pk)
    return (subscription, kinds or subscription.kinds) if subscription else None


def read_to_renew(token: str) -> Subscription | None:
    """The subscription that the token would keep; None if it is forged, or older than a month."""
    return _standing(_said(token, RENEW_SALT, RENEW_WITHIN))


def _said(token: str, salt: str, within: datetime.timedelta) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=within)
    except signing.BadSignature:
        return None


def _standing(pk: str | None) -> Subscription | None:
    return Subscription.objects.filter(pk=pk, ended_at=None).first() if pk else None
