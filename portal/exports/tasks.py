"""What Celery is woken for. A task that gets lost costs a minute: the sweep finds its work."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from portal.exports import actions
from reports.waking import wake


@shared_task(time_limit=2 * 3600)
def make(export_id: str) -> None:
    if actions.take(UUID(export_id)):
        actions.make(UUID(export_id))


@shared_task
def sweep() -> None:
    """Go on with what no worker is at, and do away with what is over."""
    for pk in actions.to_go_on_with():
        wake(make, pk)
    actions.expire()
