"""What Celery is woken for. A task that gets lost costs a minute: the sweep finds its work."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from portal.eamena import actions
from reports.waking import wake


@shared_task
def go_on(sheet_id: str) -> None:
    """Some of the places; what is left waits behind the work of others."""
    if actions.take(UUID(sheet_id)) and actions.go_on(UUID(sheet_id)):
        wake(go_on, sheet_id)


@shared_task
def sweep() -> None:
    """Go on with what no worker is at, and do away with what is over."""
    actions.tidy_up()
    for pk in actions.to_go_on_with():
        wake(go_on, pk)
