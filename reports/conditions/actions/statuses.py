"""Deriving a monument's status anew, and telling who listens."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from reports.conditions import queries, status
from reports.conditions.models import (
    ConditionReport,
    MonumentStatus,
)
from reports.conditions.signals import publication_changed
from reports.conditions.workflow import (
    State,
)
from sites.models import Monument

if TYPE_CHECKING:
    from uuid import UUID


class Change(models.TextChoices):
    """What a publication did, for those who listen."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


@transaction.atomic
def rebuild(monument: UUID) -> list[status.Period]:
    """Derive a monument's periods anew and write them if they differ from what is kept."""
    Monument.objects.select_for_update().get(pk=monument)
    periods = queries.derived([monument])[monument]
    if periods != queries.history(monument):
        _write(monument, periods)
    return periods


def rebuild_and_tell(report: ConditionReport, change: Change, *, tell: bool = True, together: bool = False) -> None:
    """Nobody hears of a confidential report: no status comes from it."""
    if report.confidential:
        return
    before = queries.history(report.monument_id)
    after = rebuild(report.monument_id)
    if tell:
        facts = {"change": change, "before": before, "after": after, "together": together}
        publication_changed.send(ConditionReport, report=report, **facts)


@transaction.atomic
def load_published(report: ConditionReport, *, at: datetime.datetime) -> ConditionReport:
    """Enter a report that was published elsewhere: no steps, no alerts. Call `settle_load` when all are in.

    Raises ValidationError.
    """
    report.state, report.published_at = State.PUBLISHED, at
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def settle_load(monument: UUID, *, tell: bool = False) -> None:
    """Derive a monument's status from what was loaded; if asked to, tell of it, as one of many."""
    before = queries.history(monument)
    after = rebuild(monument)
    last = ConditionReport.objects.standing().filter(monument=monument).order_by("-date_to", "-id").first()
    if tell and last and before != after:
        facts = {"change": Change.PUBLISHED, "before": before, "after": after, "in_bulk": True}
        publication_changed.send(ConditionReport, report=last, **facts)


def _write(monument: UUID, periods: list[status.Period]) -> None:
    MonumentStatus.objects.filter(monument=monument).delete()
    MonumentStatus.objects.bulk_create(
        MonumentStatus(
            monument_id=monument,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            **{name: getattr(period.status, name) for name in status.FIELDS},
        )
        for period in periods
    )
