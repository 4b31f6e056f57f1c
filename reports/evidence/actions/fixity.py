"""Checking originals, and writing down what was found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.workflow import NotAllowed, ReasonMissing, WrongState
from reports.evidence import fixity
from reports.evidence.actions.custody import record_all
from reports.evidence.fixity import Checked
from reports.evidence.models import DamagedOriginal, Evidence, FixityRun, Original
from reports.evidence.signals import originals_damaged
from reports.evidence.vocabulary import CustodyStep

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def begin_check(most: int | None = None, *, anew: bool = False) -> FixityRun:
    """A run over the originals that were verified longest ago, or over all.

    One over all that was interrupted is gone on with, unless it is to begin `anew`.
    """
    if most is None and not anew:
        interrupted = FixityRun.objects.filter(most=None, ended_at=None).first()
        if interrupted:
            return interrupted
    return FixityRun.objects.create(most=most)


def go_on_checking(run: FixityRun) -> Iterator[list[Checked]]:
    """Check what is left of a run; yields what was found each time that some of it is written down."""
    while some := fixity.to_check(run.started_at, _left(run)):
        checked = [fixity.check(original) for original in some]
        _record(run, checked)
        yield checked
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])


def check_one(original: Original) -> FixityRun:
    """Now, such as after its file was restored."""
    run = FixityRun.objects.create(most=1)
    _record(run, [fixity.check(original)])
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])
    return run


@transaction.atomic
def accept_loss(damage: DamagedOriginal, *, by: PermissionsMixin | AnonymousUser, reason: str) -> None:
    """Say that the file will not come back; it is told of no longer. Raises NotAllowed, WrongState, ReasonMissing."""
    damage = DamagedOriginal.objects.select_for_update().get(pk=damage.pk)
    if not by.has_perm("evidence.accept_loss"):
        raise NotAllowed(_("Your role does not allow accepting that an original is lost."))
    if damage.restored_at or damage.accepted_at:
        raise WrongState(_("The original is intact again, or its loss was accepted already."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the file cannot be restored."))
    now = timezone.now()
    damage.accepted_at, damage.accepted_by_id, damage.acceptance_reason = now, by.pk, reason.strip()
    damage.save(update_fields=["accepted_at", "accepted_by", "acceptance_reason"])
    of_it = Evidence.objects.filter(original=damage.original_id)
    record_all(of_it, CustodyStep.LOST, by=by.pk, at=now, reason=damage.acceptance_reason)


def _left(run: FixityRun) -> int:
    return fixity.AT_ONCE if run.most is None else max(0, run.most - run.checked)


@transaction.atomic
def _record(run: FixityRun, checked: list[Checked]) -> None:
    now = timezone.now()
    keys = [found.original.pk for found in checked]
    # Two runs at once would find the same damage twice.
    list(Original.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    standing = {row.original_id: row for row in DamagedOriginal.objects.filter(original__in=keys, restored_at=None)}
    for damaged in (False, True):
        of_kind = [found.original.pk for found in checked if bool(found.damage) is damaged]
        Original.objects.filter(pk__in=of_kind).update(verified_at=now, intact=not damaged)
    _record_intact([found for found in checked if not found.damage], standing, now)
    news = _record_damaged([found for found in checked if found.damage], standing, now)
    run.checked += len(checked)
    run.bytes += sum(found.size or 0 for found in checked)
    run.damaged += sum(1 for found in checked if found.damage)
    run.save(update_fields=["checked", "bytes", "damaged"])
    if news:
        originals_damaged.send(DamagedOriginal, damages=news)


def _record_intact(checked: list[Checked], standing: dict[str, DamagedOriginal], now: datetime.datetime) -> None:
    restored = [found.original.pk for found in checked if found.original.pk in standing]
    usual = [found.original.pk for found in checked if found.original.pk not in standing]
    DamagedOriginal.objects.filter(original__in=restored, restored_at=None).update(restored_at=now)
    record_all(Evidence.objects.filter(original__in=usual), CustodyStep.VERIFIED, at=now)
    record_all(Evidence.objects.filter(original__in=restored), CustodyStep.VERIFIED, at=now, restored=True)


def _record_damaged(
    checked: list[Checked], standing: dict[str, DamagedOriginal], now: datetime.datetime
) -> list[DamagedOriginal]:
    """Each damage once, however often it is found; returns those that are new."""
    news = []
    for found in checked:
        known = standing.get(found.original.pk)
        damage = known or DamagedOriginal(original=found.original, found_at=now)
        if known and (known.kind, known.found_sha256) == (found.damage, found.sha256):
            continue
        damage.kind, damage.found_sha256, damage.found_size = str(found.damage), found.sha256, found.size
        damage.save()
        facts: dict[str, Any] = {"found_sha256": found.sha256, "found_size": found.size} if found.sha256 else {}
        of_it = Evidence.objects.filter(original=found.original.pk)
        record_all(of_it, CustodyStep(str(found.damage)), at=now, **facts)
        if known is None:
            news.append(damage)
    return news
