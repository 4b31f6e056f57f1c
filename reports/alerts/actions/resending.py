"""Dead letters: what could not be sent, put right and sent again."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.alerts.models import EMAIL, Delivery


def present_address(delivery: Delivery) -> str:
    """Where it would go today: people may have changed the address of their account since."""
    people = {reason.user.email.lower() for reason in delivery.reasons.all() if reason.user}
    return people.pop() if delivery.channel == EMAIL and len(people) == 1 else delivery.address


def takes_another_address(delivery: Delivery) -> bool:
    """Of an outsider an address may be put right by hand; that of an account is changed in the account."""
    outside = [reason.user_id is None for reason in delivery.reasons.all()]
    return delivery.channel == EMAIL and bool(outside) and all(outside)


def resend(delivery: Delivery, *, address: str = "", now: datetime.datetime | None = None) -> None:
    """Put a settled delivery back into the outbox, under the same Message-ID, where its reader is to be found now.

    `address`: the right one of an outsider. Raises ValidationError.
    """
    address = address.strip().lower() or present_address(delivery)
    if address != delivery.address:
        _readdress(delivery, address)
    # A digest stays closed: another one for its reader may be open.
    tries = 0 if delivery.alert_id else 1
    settled = Delivery.objects.filter(pk=delivery.pk, settled_at__isnull=False)
    fresh = {"settled_at": None, "outcome": "", "last_error": "", "first_tried_at": None, "tries": tries}
    if not settled.update(due_at=now or timezone.now(), **fresh):
        raise ValidationError(_("It is in the outbox already."))


def _readdress(delivery: Delivery, address: str) -> None:
    if address != present_address(delivery) and not takes_another_address(delivery):
        raise ValidationError(_("The address of an account is changed in the account."))
    validate_email(address)
    try:
        with transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(address=address)
            delivery.items.update(address=address)
    except IntegrityError as error:
        raise ValidationError(_("%(address)s has this message already.") % {"address": address}) from error
