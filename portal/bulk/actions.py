"""Asking for an action on many rows, confirming it, and going through the rows.

A row, the place in the list and what was refused change in one transaction: wherever a worker is
killed, the next one goes on behind the last row that was done, and does none twice.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal import leases
from portal.bulk.models import UNDER_WAY, Job, Refusal, State
from portal.bulk.registry import BULKS, Bulk
from reports.conditions.workflow import Refused

logger = logging.getLogger(__name__)

PIECE = 50
"""Rows that a worker does before others get their turn."""
LEASE = datetime.timedelta(minutes=2)
TRIES = 3
MOST = 10_000
"""Rows of one action: whoever confirms more than that does not know what they confirm."""
KEPT = datetime.timedelta(days=30)
UNCONFIRMED = datetime.timedelta(days=1)


def ask(name: str, keys: Sequence[Any], *, by: Any, language: str) -> Job:
    """Keep what was chosen until it is confirmed; nothing happens yet."""
    chosen = [str(key) for key in keys]
    return Job.objects.create(action=name, keys=chosen, total=len(chosen), asked_by=by, language=language)


def confirm(job: Job, answers: dict[str, Any]) -> bool:
    """Let a worker begin; False if it was confirmed already."""
    asked = Job.objects.filter(pk=job.pk, state=State.ASKED)
    return asked.update(state=State.WAITING, answers=answers, asked_at=timezone.now()) == 1


def stop(job: Job) -> None:
    """Do no more rows; what is done stays done."""
    Job.objects.filter(pk=job.pk, state__in=UNDER_WAY).update(state=State.STOPPED, leased_until=None)


def may(user: Any, bulk: Bulk) -> bool:
    return user.is_active and user.is_staff and user.has_perm(bulk.permission)


def take(pk: UUID) -> bool:
    """Exactly one worker gets True; one that died leaves it to the next."""
    now = timezone.now()
    waiting = Job.objects.filter(_to_go_on_with(now), pk=pk)
    return waiting.update(state=State.RUNNING, leased_until=now + LEASE, tries=F("tries") + 1) == 1


def go_on(pk: UUID) -> bool:
    """Do the next rows of one that was taken. Whether more are left."""
    job = Job.objects.select_related("asked_by").get(pk=pk)
    bulk, by = BULKS[job.action], job.asked_by
    with translation.override(job.language):
        form = bulk.asks(job.answers, by=by)
        if not may(by, bulk):
            return _give_up(job, _("You may not do this any more."))
        if not form.is_valid():
            return _give_up(job, " ".join(str(message) for said in form.errors.values() for message in said))
        keys = job.keys[job.done : job.done + PIECE]
        rows = {str(row.pk): row for row in bulk.rows(by).filter(pk__in=keys)}
        for key in keys:
            if not _do(job, bulk, key, rows.get(key), form.cleaned_data):
                return False
    return _lay_down(job)


@transaction.atomic
def _do(job: Job, bulk: Bulk, key: str, row: Any, facts: dict[str, Any]) -> bool:
    """One row and the place behind it, or neither; False if it is stopped, or another worker is at it."""
    here = Job.objects.filter(pk=job.pk, state=State.RUNNING, done=job.done)
    if not here.update(done=job.done + 1, tries=0, leased_until=timezone.now() + LEASE):
        return False
    if reason := _refused(job, bulk, row, facts):
        Refusal.objects.create(job=job, key=key, reason=reason)
    job.done += 1
    return True


def _refused(job: Job, bulk: Bulk, row: Any, facts: dict[str, Any]) -> str:
    """Take the action with a row; empty if that went well."""
    if row is None:
        return _("It is not there any more, or not for you.")
    try:
        with transaction.atomic():  # what is refused leaves nothing behind
            bulk.take(row, by=job.asked_by, **facts, **(_company(job) if bulk.together else {}))
    except Refused as refusal:
        return str(refusal)
    except ValidationError as error:
        return " ".join(error.messages)
    except (OperationalError, InterfaceError):
        raise  # the database is away, which says nothing of the row
    except Exception:
        logger.exception("%s of %r by list action %s", job.action, row.pk, job.pk)
        return _("It failed, for a reason that is in the log of the workers.")
    return ""


def _company(job: Job) -> dict[str, Any]:
    """All rows, and the first of those that were done: what the others are put together with."""
    return {"chosen": job.keys, "first": first_done(job)}


def first_done(job: Job) -> str | None:
    refused = set(job.refusals.values_list("key", flat=True))
    return next((key for key in job.keys[: job.done] if key not in refused), None)


def _lay_down(job: Job) -> bool:
    """End it, or leave the rest for another turn."""
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, done=job.done)
    ended = job.done >= job.total
    left = mine.update(leased_until=None, state=State.DONE if ended else State.RUNNING)
    return bool(left) and not ended


def _give_up(job: Job, why: str) -> bool:
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(state=State.FAILED, why=why, leased_until=None)
    return False


def to_go_on_with() -> list[UUID]:
    """Those that no worker is at."""
    waiting = Job.objects.filter(_to_go_on_with(timezone.now())).order_by("id")
    return list(waiting.values_list("pk", flat=True))


def tidy_up() -> None:
    """Give up what kills every worker; forget what was never confirmed, and what is long over."""
    now = timezone.now()
    stuck = Job.objects.filter(leases.idle(now), state=State.RUNNING, tries__gte=TRIES)
    for job in stuck.defer("keys"):
        with translation.override(job.language):
            _give_up(job, _("The worker was stopped each time that it came to the next row."))
    over = Q(state=State.ASKED, asked_at__lt=now - UNCONFIRMED) | Q(asked_at__lt=now - KEPT)
    Job.objects.filter(over).exclude(state__in=UNDER_WAY).delete()


def _to_go_on_with(now: datetime.datetime) -> Q:
    return leases.to_go_on_with(now, states=UNDER_WAY, tries=TRIES)
