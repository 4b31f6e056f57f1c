"""Writes about the situation that have a rule."""

from __future__ import annotations

from django.db import transaction

from reports.situation.models import SituationEvent
from reports.situation.signals import event_recorded


@transaction.atomic
def save_event(event: SituationEvent) -> SituationEvent:
    """Enter an event, or correct one; of a new one those hear who asked to. Raises ValidationError."""
    is_new = not SituationEvent.objects.filter(pk=event.pk).exists()
    event.full_clean()
    event.save()
    if is_new:
        event_recorded.send(SituationEvent, event=event)
    return event
