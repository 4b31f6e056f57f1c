"""Writing down what happened to a piece of evidence."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from reports.evidence.models import CustodyEntry, Evidence
from reports.evidence.vocabulary import CustodyStep


def record(
    evidence: Evidence,
    step: CustodyStep,
    *,
    by: UUID | None = None,
    at: datetime.datetime | None = None,
    **facts: Any,
) -> CustodyEntry:
    """Write down a step of custody; call it in the transaction that takes the step.

    `by` is the id of a person, None where no person did it; `facts` go into JSON as they are.
    """
    return CustodyEntry.objects.create(evidence=evidence, step=step, by_id=by, at=at or timezone.now(), facts=facts)


def record_all(
    evidence: Iterable[Evidence],
    step: CustodyStep,
    *,
    by: UUID | None = None,
    at: datetime.datetime | None = None,
    **facts: Any,
) -> list[CustodyEntry]:
    """The same step of many pieces of evidence, in one statement."""
    at = at or timezone.now()
    rows = [CustodyEntry(evidence=one, step=step, by_id=by, at=at, facts=facts) for one in evidence]
    return CustodyEntry.objects.bulk_create(rows, batch_size=500)
