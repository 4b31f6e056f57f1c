"""What Celery is woken for."""

from __future__ import annotations

import time
from uuid import UUID

from celery import shared_task
from django.conf import settings

from reports.evidence import actions
from reports.evidence.models import FixityRun, Original
from reports.waking import wake

SECONDS_AT_ONCE = 120
"""After so long a check makes room for other work, and comes again."""


@shared_task
def verify_slice(run_id: str | None = None) -> None:
    """Hash some originals anew; every night those that were verified longest ago."""
    if run_id is None and not settings.FIXITY_SLICE:
        return
    run = FixityRun.objects.get(pk=run_id) if run_id else actions.begin_check(settings.FIXITY_SLICE)
    began = time.monotonic()
    for _checked in actions.go_on_checking(run):
        if time.monotonic() - began > SECONDS_AT_ONCE:
            wake(verify_slice, run.pk)
            return


@shared_task
def verify_original(sha256: str) -> None:
    """Hash one anew, such as after it was restored."""
    actions.check_one(Original.objects.get(pk=sha256))


@shared_task(time_limit=6 * 3600)
def pack(package_id: str) -> None:
    """Make an evidence package; called twice for one, the second finds it taken."""
    if actions.take_package(UUID(package_id)):
        actions.make_package(UUID(package_id))


@shared_task
def sweep_packages() -> None:
    """Go on with packages whose worker died or was never woken, and do away with old ones."""
    for pk in actions.packages_to_go_on_with():
        wake(pack, pk)
    actions.expire_packages()
