"""Taking an action with many rows of a list of the admin, as an editor does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.test import Client

from portal.bulk import actions, tasks
from portal.bulk.models import Job


def choose(client: Client, address: str, action: str, rows: Iterable[Any]) -> Job | None:
    """Tick rows and choose what is to be done; None if that is not offered."""
    before = set(Job.objects.values_list("pk", flat=True))
    client.post(address, {"action": action, "_selected_action": [str(row.pk) for row in rows]})
    return Job.objects.exclude(pk__in=before).first()


def have_done(client: Client, address: str, action: str, rows: Iterable[Any], **answers: Any) -> Job:
    """Confirm it, too, and let the workers work."""
    job = choose(client, address, action, rows)
    assert job is not None
    client.post(job.get_absolute_url(), {"confirm": "yes", **answers})
    work_off()
    job.refresh_from_db()
    return job


def work_off() -> None:
    while waiting := actions.to_go_on_with():
        tasks.go_on(str(waiting[0]))
