"""What Celery does with evidence. A task that gets lost costs a minute: the sweep finds its work."""

from __future__ import annotations

import datetime
import logging
import time
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reports.evidence import actions, quarantine
from reports.evidence.models import FixityRun, Original, Upload
from reports.evidence.vocabulary import Refusal, UploadState
from reports.waking import wake

logger = logging.getLogger(__name__)

SECONDS_OF_A_SWEEP = 10
SECONDS_AT_ONCE = 120
"""After so long a check makes room for other work, and comes again."""
BATCH = 100
UNTOUCHED = datetime.timedelta(minutes=2)
"""What was handed to a worker so long ago, and still waits, is looked at again."""


@shared_task
def check(upload_id: str) -> None:
    """Look at a file that has arrived."""
    actions.check(UUID(upload_id))


@shared_task
def sweep() -> None:
    """Do what no task has done, and forget what nobody goes on with."""
    _check_what_waits()
    _give_up_what_stopped()
    _discard_what_is_nobodys()


def _check_what_waits() -> None:
    since = timezone.now() - UNTOUCHED
    waiting = Upload.objects.filter(state=UploadState.CHECKING, touched_at__lte=since).order_by("touched_at")
    for pk in list(waiting.values_list("pk", flat=True)[:BATCH]):
        # One that cannot be done goes to the end, so that it holds up no other.
        Upload.objects.filter(pk=pk).update(touched_at=timezone.now())
        try:
            actions.check(pk)
        except Exception:
            logger.exception("Upload %s could not be checked", pk)


def _give_up_what_stopped() -> None:
    since = timezone.now() - datetime.timedelta(hours=settings.EVIDENCE_STALE_HOURS)
    stopped = Upload.objects.filter(state=UploadState.RECEIVING, touched_at__lte=since)
    for pk in list(stopped.values_list("pk", flat=True)[:BATCH]):
        actions.refuse(pk, Refusal.INCOMPLETE, {})


def _discard_what_is_nobodys() -> None:
    """Files whose upload is done or gone: somebody was killed between the row and the file."""
    lying = list(quarantine.left_behind(timezone.now() - UNTOUCHED))
    open_states = [UploadState.RECEIVING, UploadState.CHECKING]
    wanted = set(Upload.objects.filter(pk__in=lying, state__in=open_states).values_list("pk", flat=True))
    for pk in lying:
        if pk not in wanted:
            quarantine.discard(pk)


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


@shared_task
def render(evidence_id: str) -> None:
    """Make the pictures of one piece of evidence."""
    actions.render(UUID(evidence_id))


@shared_task
def render_missed() -> None:
    """What no task has rendered, as far as it goes in a few seconds; then other work has its turn."""
    last = time.monotonic() + SECONDS_OF_A_SWEEP
    for pk in list(actions.due_for_rendering().values_list("pk", flat=True)[:BATCH]):
        if time.monotonic() > last:
            return
        actions.render(pk)
