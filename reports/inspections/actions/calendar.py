"""Opening and closing somebody's calendar."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.utils import timezone

from reports.inspections.calendar import digest
from reports.inspections.models import CalendarLink

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


def open_calendar(*, by: PermissionsMixin) -> str:
    """A new secret for this person's calendar, which nobody can be shown again; the former one opens nothing more."""
    secret = secrets.token_urlsafe(32)
    kept = {"digest": digest(secret), "made_at": timezone.now()}
    CalendarLink.objects.update_or_create(user_id=by.pk, defaults=kept)
    return secret


def close_calendar(*, by: PermissionsMixin) -> None:
    """Make its address worthless at once."""
    CalendarLink.objects.filter(user=by.pk).delete()
