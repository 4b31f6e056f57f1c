"""Making renditions: who takes what is due, and what comes of it. It can be killed anywhere and done again."""

from __future__ import annotations

import datetime
import logging
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from reports.evidence import box, renditions
from reports.evidence.models import Evidence, Rendition
from reports.evidence.renditions import Areas, Made, NotRendered
from reports.evidence.vocabulary import RenderProblem
from reports.waking import wake

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=5)
"""Longer than the box may take for both of its tries: who has not come back by then is dead."""
TRIES = 4
WAIT = datetime.timedelta(minutes=2)
"""Until the second try; each further one waits twice as long."""
FINAL = {RenderProblem.DAMAGED, RenderProblem.TOO_COSTLY}
"""What another try does not mend."""


def due_for_rendering() -> QuerySet[Evidence]:
    """What a worker may take now; what waited longest comes first."""
    return Evidence.objects.filter(render_due_at__lte=timezone.now(), withdrawn_at=None).order_by("render_due_at")


def make_due(evidence: QuerySet[Evidence]) -> int:
    """Let renditions be made (anew); the present ones are shown until then. Returns of how many."""
    return evidence.filter(withdrawn_at=None).update(render_due_at=timezone.now(), render_tries=0)


def wake_renderer(evidence: Evidence) -> None:
    """Once its row is committed, a worker makes the pictures; what no worker hears of, the sweep finds."""
    from reports.evidence import tasks

    wake(tasks.render, evidence.pk)


def render(evidence_id: UUID) -> RenderProblem | None:
    """Make the renditions of evidence that is due, put them in the place of the former; None: done, or nothing to do.

    Of several callers one does it. Whoever is killed in between leaves it due again after the lease.
    """
    lease = _take(evidence_id)
    if lease is None:
        return None
    evidence = Evidence.objects.get(pk=evidence_id)
    areas = renditions.areas_of(evidence)
    try:
        with renditions.made(evidence, areas) as pictures:
            _put_in_place(evidence_id, areas, pictures)
    except NotRendered as failure:
        return _give_back(evidence, lease, failure.problem)
    except (box.Broken, OSError):
        logger.exception("Evidence %s could not be rendered", evidence_id)
        return _give_back(evidence, lease, RenderProblem.BROKEN)
    return None


def _take(evidence_id: UUID) -> datetime.datetime | None:
    """Lease evidence that is due, until the time that is returned. Exactly one caller gets it."""
    until = timezone.now() + LEASE
    taken = due_for_rendering().filter(pk=evidence_id).order_by()
    return until if taken.update(render_due_at=until, render_tries=F("render_tries") + 1) == 1 else None


@transaction.atomic
def _put_in_place(evidence_id: UUID, areas: Areas, pictures: list[Made]) -> None:
    """The files are whole before anybody hears of them, and the former go when nobody does any more."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    if renditions.areas_of(evidence) != areas:
        return  # areas were marked meanwhile, so it is due again: nothing of these pictures may be shown
    renditions.store(pictures)
    Rendition.objects.filter(evidence=evidence).delete()
    Rendition.objects.bulk_create([picture.rendition for picture in pictures])
    evidence.rendered_at, evidence.render_due_at = timezone.now(), None
    evidence.render_tries, evidence.render_problem = 0, ""
    evidence.save(update_fields=["rendered_at", "render_due_at", "render_tries", "render_problem"])
    discard_former_after_commit(evidence_id)


def discard_former_after_commit(evidence_id: UUID) -> None:
    """Delete the files of which no row tells any more; those left by a killed worker, too."""

    def discard() -> None:
        with transaction.atomic():
            # Whoever stores new files holds this row until their names are there to be read.
            Evidence.objects.select_for_update().get(pk=evidence_id)
            wanted = Rendition.objects.filter(evidence=evidence_id).values_list("file", flat=True)
            renditions.discard_but(evidence_id, wanted)

    transaction.on_commit(discard, robust=True)


def _give_back(evidence: Evidence, lease: datetime.datetime, problem: RenderProblem) -> RenderProblem:
    """To be tried again later, or not; unless it was made due meanwhile."""
    tries = evidence.render_tries
    over = problem in FINAL or tries >= TRIES
    again = None if over else timezone.now() + WAIT * 2 ** (tries - 1)
    held = Evidence.objects.filter(pk=evidence.pk, render_due_at=lease)
    held.update(render_due_at=again, render_problem=problem)
    return problem
