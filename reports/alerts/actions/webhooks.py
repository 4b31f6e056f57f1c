"""Webhooks: where a program is told."""

from __future__ import annotations

from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.alerts.models import Endpoint, Suppression
from reports.alerts.models.endpoint import MOST_OF_ONE, new_secret


def add_endpoint(url: str, *, user: PermissionsMixin) -> Endpoint:
    """Raises ValidationError, also for who has many."""
    if Endpoint.objects.filter(user=user.pk).count() >= MOST_OF_ONE:
        raise ValidationError(_("You have %(most)s webhooks; remove one first.") % {"most": MOST_OF_ONE})
    endpoint = Endpoint(url=url, user_id=user.pk)
    endpoint.full_clean()
    endpoint.save()
    return endpoint


def change_secret(endpoint: Endpoint) -> None:
    """A new secret; the former one goes on signing beside it for a day."""
    endpoint.former_secret, endpoint.secret = endpoint.secret, new_secret()
    endpoint.changed_at = timezone.now()
    endpoint.save()


def remove_endpoint(endpoint: Endpoint) -> None:
    """With its subscriptions; what waits for it in the outbox fails."""
    Suppression.objects.filter(address=endpoint.pk).delete()
    endpoint.delete()
