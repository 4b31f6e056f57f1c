"""From planning an inspection to its result."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.conditions.workflow import Conflict, ReasonMissing
from reports.conditions.workflow import State as ReportState
from reports.inspections import workflow
from reports.inspections.models import ChecklistItem, Inspection, InspectionStep
from reports.inspections.vocabulary import WITH_REASON, State, Step, Task

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

TOLD = (ReportState.SUBMITTED, ReportState.VERIFIED, ReportState.PUBLISHED)
"""A draft may still be thrown away, and what was retracted is no result."""


@transaction.atomic
def plan(
    inspection: Inspection,
    *,
    by: PermissionsMixin | AnonymousUser,
    tasks: Iterable[str] = tuple(Task),
    own_words: Iterable[str] = (),
) -> Inspection:
    """Have somebody look at a monument by a day, at these things; `assigned_to` may be given already.

    Raises NotAllowed, ValidationError (the day has passed, one is planned already, who cannot look).
    """
    workflow.require(workflow.PLAN, inspection.monument, by)
    _check_day(inspection.due_on)
    inspection.planned_by_id = by.pk
    inspection.organisation_id = getattr(by, "organisation_id", None)
    if inspection.assigned_to:
        _check_person(inspection, inspection.assigned_to)
    inspection.state = State.ASSIGNED if inspection.assigned_to else State.PLANNED
    inspection.full_clean()
    inspection.save(force_insert=True)
    items = [ChecklistItem(inspection=inspection, task=task) for task in dict.fromkeys(tasks)]
    items += [ChecklistItem(inspection=inspection, text=text.strip()) for text in own_words if text.strip()]
    for item in items:
        item.full_clean()
        item.save()
    _note(inspection, Step.PLAN, by, inspection.reason)
    return inspection


@transaction.atomic
def assign(
    inspection: Inspection,
    *,
    to: PermissionsMixin | None,
    by: PermissionsMixin | AnonymousUser,
    seen: int | None = None,
) -> Inspection:
    """Say who is to look, or (None) that nobody is any more.

    Raises NotAllowed, WrongState, Conflict, ValidationError.
    """
    inspection = _locked(inspection, Step.ASSIGN, by, seen)
    if to is not None:
        _check_person(inspection, to)
    inspection.assigned_to_id = to.pk if to else None
    inspection.state = State.ASSIGNED if to else State.PLANNED
    return _taken(inspection, Step.ASSIGN, by)


@transaction.atomic
def reschedule(
    inspection: Inspection,
    *,
    due_on: datetime.date,
    reason: str,
    by: PermissionsMixin | AnonymousUser,
    seen: int | None = None,
) -> Inspection:
    """Put it off, or bring it forward, and say why.

    Raises NotAllowed, WrongState, Conflict, ReasonMissing, ValidationError.
    """
    inspection = _locked(inspection, Step.RESCHEDULE, by, seen)
    _check_day(due_on)
    inspection.due_on = due_on
    return _taken(inspection, Step.RESCHEDULE, by, reason)


@transaction.atomic
def cancel(
    inspection: Inspection, *, reason: str, by: PermissionsMixin | AnonymousUser, seen: int | None = None
) -> Inspection:
    """Give it up, and say why. Raises NotAllowed, WrongState, Conflict, ReasonMissing."""
    inspection = _locked(inspection, Step.CANCEL, by, seen)
    inspection.state = State.CANCELLED
    return _taken(inspection, Step.CANCEL, by, reason)


@transaction.atomic
def record(
    inspection: Inspection,
    *,
    result: ConditionReport,
    by: PermissionsMixin | AnonymousUser,
    seen: int | None = None,
) -> Inspection:
    """Say which report came of it. Raises NotAllowed, WrongState, Conflict, ValidationError."""
    inspection = _locked(inspection, Step.RECORD, by, seen)
    of_it = {result.monument_id, result.monument.parent_id}
    readable = ConditionReport.objects.visible_to(by).filter(pk=result.pk, state__in=TOLD)
    if inspection.monument_id not in of_it or not readable.exists():
        words = _("Choose a report of this monument or of a part of it that was submitted and stands.")
        raise ValidationError({"result": words})
    inspection.result, inspection.state = result, State.DONE
    return _taken(inspection, Step.RECORD, by)


@transaction.atomic
def tick(
    item: ChecklistItem, *, looked_at: bool, note: str = "", by: PermissionsMixin | AnonymousUser
) -> ChecklistItem:
    """Note whether one thing was looked at, and what there was. Raises NotAllowed, WrongState, ValidationError."""
    _locked(item.inspection, Step.RECORD, by, None)
    item.looked_at, item.note = looked_at, note.strip()
    item.full_clean()
    item.save(update_fields=["looked_at", "note"])
    return item


def _locked(inspection: Inspection, step: Step, by: PermissionsMixin | AnonymousUser, seen: int | None) -> Inspection:
    kept = Inspection.objects.select_for_update(of=("self",)).select_related("monument__site").get(pk=inspection.pk)
    if refusal := workflow.refusal(kept, step, by):
        raise refusal
    if seen is not None and seen != kept.version:
        raise Conflict(_("Somebody else has changed this inspection since you opened it. Nothing was overwritten."))
    return kept


def _taken(inspection: Inspection, step: Step, by: PermissionsMixin | AnonymousUser, reason: str = "") -> Inspection:
    if step in WITH_REASON and not reason.strip():
        raise ReasonMissing(_("Give a reason: it is kept with the inspection."))
    inspection.version += 1
    inspection.changed_at = timezone.now()
    inspection.full_clean()
    inspection.save()
    _note(inspection, step, by, reason)
    return inspection


def _note(inspection: Inspection, step: Step, by: PermissionsMixin | AnonymousUser, reason: str) -> None:
    InspectionStep.objects.create(
        inspection=inspection,
        step=step,
        by_id=by.pk,
        due_on=inspection.due_on,
        assigned_to_id=inspection.assigned_to_id,
        reason=reason.strip(),
    )


def _check_day(day: datetime.date) -> None:
    if day < timezone.localdate():
        raise ValidationError({"due_on": _("This day has passed.")})


def _check_person(inspection: Inspection, person: PermissionsMixin) -> None:
    if not workflow.may_look(person, inspection):
        raise ValidationError({"assigned_to": _("This person may not write reports of this site.")})
