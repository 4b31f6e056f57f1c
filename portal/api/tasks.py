"""What the clock does for the interfaces."""

from __future__ import annotations

from celery import shared_task

from portal.api import repeats


@shared_task
def forget_kept_answers() -> None:
    repeats.forget_old()
