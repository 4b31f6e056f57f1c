"""What a plan was on a day, as it was known at a time: the folding of its steps. Pure: no database, no clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reports.restoration.vocabulary import Phase, PlanStatus
from sites.dates import Span, describe

if TYPE_CHECKING:
    from reports.restoration.models import PlanStep


class State(NamedTuple):
    """A plan on one day."""

    status: str
    phase: str
    progress: int | None
    planned_from: datetime.date | None
    planned_to: datetime.date | None
    status_on: datetime.date
    """Since when it has this status."""
    changed_on: datetime.date
    """The last step of any kind."""
    step: PlanStep
    """The step that brought the status."""

    @property
    def status_label(self) -> str:
        return str(PlanStatus(self.status).label)

    @property
    def phase_label(self) -> str:
        return str(Phase(self.phase).label)


class Works(NamedTuple):
    """When works began and ended, as far as the steps tell."""

    began: PlanStep | None
    ended: PlanStep | None


def standing(steps: Iterable[PlanStep], known_at: datetime.datetime | None = None) -> list[PlanStep]:
    """The steps that count at that time (now, by default), in order: without what was corrected."""
    known = [step for step in steps if known_at is None or step.recorded_at <= known_at]
    corrected = {step.corrects_id for step in known}
    counting = [step for step in known if step.pk not in corrected and not step.void]
    return sorted(counting, key=lambda step: (step.counts_from, step.recorded_at, step.pk))


def state_on(steps: Sequence[PlanStep], day: datetime.date | None = None) -> State | None:
    """What the plan was on that day (the last one, by default); None before its first step.

    `steps` stand, and are in order.
    """
    state: State | None = None
    for step in steps:
        if day is not None and step.counts_from > day:
            break
        state = _after(state, step)
    return state


def _after(state: State | None, step: PlanStep) -> State:
    goes_on = state is not None and state.status == step.to_status
    return State(
        status=step.to_status,
        phase=step.to_phase,
        progress=_progress(state, step),
        planned_from=step.planned_from or (state.planned_from if state else None),
        planned_to=step.planned_to or (state.planned_to if state else None),
        status_on=state.status_on if goes_on and state else step.counts_from,
        changed_on=step.counts_from,
        step=state.step if goes_on and state else step,
    )


def _progress(state: State | None, step: PlanStep) -> int | None:
    if step.progress is not None:
        return step.progress
    if step.to_status == PlanStatus.COMPLETED:
        return 100
    return state.progress if state else None


def works(steps: Sequence[PlanStep]) -> Works:
    """Their beginning is the first step into works; their end, that of completion where the plan is completed."""
    began = next((step for step in steps if step.to_status == PlanStatus.IN_PROGRESS), None)
    last = steps[-1] if steps else None
    return Works(began, last if last and last.to_status == PlanStatus.COMPLETED else None)


def when(step: PlanStep | None) -> str:
    """The date of a step in the reader's language; empty where there is none."""
    if step is None or step.date_to is None:
        return ""
    return describe(Span(step.date_from, step.date_to, step.date_precision))
