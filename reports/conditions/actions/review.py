"""The steps in the life of a report."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions import workflow
from reports.conditions.actions.locking import locked, locked_monument, refuse_if_changed
from reports.conditions.actions.readiness import refusal_to_submit
from reports.conditions.actions.statuses import Change, rebuild_and_tell
from reports.conditions.models import ConditionReport, ReportStep
from reports.conditions.signals import step_taken
from reports.conditions.workflow import TRANSITIONS, NotAllowed, ReasonMissing, State, Step, WrongState
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


@transaction.atomic
def submit(
    report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, seen: int | None = None
) -> ConditionReport:
    """Hand a draft to the verifiers. Raises NotAllowed, WrongState, Conflict."""
    if why := refusal_to_submit(report, by):
        raise why
    return _take(report, Step.SUBMIT, by=by, seen=seen)


@transaction.atomic
def reject(
    report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, reason: str, seen: int | None = None
) -> ConditionReport:
    """Give a submitted report back to its author. Raises NotAllowed, WrongState, Conflict, ReasonMissing."""
    return _take(report, Step.REJECT, by=by, seen=seen, reason=_required(reason))


@transaction.atomic
def verify(
    report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, method: str, seen: int | None = None
) -> ConditionReport:
    """Vouch for a submitted report. Raises NotAllowed, WrongState, Conflict, ReasonMissing (no method)."""
    if method not in workflow.VerificationMethod.values:
        raise ReasonMissing(_("Choose how you verified the report."))
    return _take(report, Step.VERIFY, by=by, seen=seen, method=method, verification_method=method)


@transaction.atomic
def publish(
    report: ConditionReport,
    *,
    by: PermissionsMixin | AnonymousUser,
    at: datetime.datetime | None = None,
    seen: int | None = None,
    together: bool = False,
) -> ConditionReport:
    """Make a verified report public; its status and its alerts follow. `together`: with others, in one go.

    Raises NotAllowed (four eyes: not one's own report), WrongState, Conflict.
    """
    locked_monument(report)
    at = at or timezone.now()
    corrected = _supersede(report)
    report = _take(report, Step.PUBLISH, by=by, at=at, seen=seen, published_at=at)
    rebuild_and_tell(report, Change.CORRECTED if corrected else Change.PUBLISHED, together=together)
    return report


@transaction.atomic
def embargo(
    report: ConditionReport,
    *,
    by: PermissionsMixin | AnonymousUser,
    until: datetime.datetime,
    reason: str,
    tell: bool = False,
    seen: int | None = None,
) -> ConditionReport:
    """Have a verified report published by the clock; with alerts then only if `tell`.

    Raises NotAllowed, WrongState (also for a time that is past), Conflict, ReasonMissing.
    """
    if until <= timezone.now():
        raise WrongState(_("The embargo would end in the past; publish the report, or give a later time."))
    reason = _required(reason)
    terms: dict[str, Any] = {"embargo_until": until, "embargo_reason": reason, "tell_after_embargo": tell}
    return _take(report, Step.EMBARGO, by=by, seen=seen, reason=reason, **terms)


@transaction.atomic
def end_embargo(report: ConditionReport, *, now: datetime.datetime | None = None) -> ConditionReport | None:
    """Publish a report whose embargo is over, in the name of who set it; None if that was done already."""
    locked_monument(report)
    now = now or timezone.now()
    report = locked(report)
    if report.state != State.VERIFIED or report.embargo_until is None or report.embargo_until > now:
        return None
    who = report.steps.filter(step=Step.EMBARGO).latest("at").by_id
    corrected = _supersede(report)
    report = _move(report, Step.PUBLISH, by=who, at=now, published_at=now)
    change = Change.CORRECTED if corrected else Change.PUBLISHED
    rebuild_and_tell(report, change, tell=report.tell_after_embargo)
    return report


@transaction.atomic
def retract(
    report: ConditionReport,
    *,
    by: PermissionsMixin | AnonymousUser,
    reason: str,
    at: datetime.datetime | None = None,
    seen: int | None = None,
) -> ConditionReport:
    """Withdraw a published report; what it had superseded stands again.

    Raises NotAllowed, WrongState, Conflict, ReasonMissing.
    """
    locked_monument(report)
    at = at or timezone.now()
    reason = _required(reason)
    withdrawn: dict[str, Any] = {"retracted_at": at, "retraction_reason": reason}
    report = _take(report, Step.RETRACT, by=by, at=at, seen=seen, reason=reason, **withdrawn)
    if report.supersedes_id:
        restored = ConditionReport.objects.filter(pk=report.supersedes_id, state=State.SUPERSEDED)
        restored.update(state=State.PUBLISHED)
    rebuild_and_tell(report, Change.RETRACTED)
    return report


@transaction.atomic
def assign(
    report: ConditionReport, *, to: PermissionsMixin | AnonymousUser | None, by: PermissionsMixin | AnonymousUser
) -> ConditionReport:
    """Have one person look after a report under review, or nobody in particular. Raises NotAllowed, WrongState."""
    report = locked(report)
    if not by.has_perm("conditions.verify_conditionreport") or not answers_for(by, report.monument):
        raise NotAllowed(_("Your role does not allow handing out reviews."))
    if to is not None and not (to.has_perm("conditions.verify_conditionreport") and answers_for(to, report.monument)):
        raise NotAllowed(_("This person cannot review reports of this site."))
    if report.state not in (State.SUBMITTED, State.VERIFIED):
        raise WrongState(_("This report is not under review."))
    report.assigned_to_id = to.pk if to else None
    report.save(update_fields=["assigned_to"])
    return report


def _supersede(report: ConditionReport) -> bool:
    if not report.supersedes_id:
        return False
    corrected = ConditionReport.objects.filter(pk=report.supersedes_id, state=State.PUBLISHED)
    if not corrected.update(state=State.SUPERSEDED):
        raise WrongState(_("The report that this one corrects is not published any more."))
    return True


def _take(
    report: ConditionReport,
    step: Step,
    *,
    by: PermissionsMixin | AnonymousUser,
    seen: int | None = None,
    at: datetime.datetime | None = None,
    reason: str = "",
    method: str = "",
    **changes: object,
) -> ConditionReport:
    """Check the step against the row as it is now, take it, and log it."""
    report = locked(report)
    refuse_if_changed(report, seen, by=by)
    if refusal := workflow.refusal(report, step, by):
        raise refusal
    if not ConditionReport.objects.visible_to(by).filter(pk=report.pk).exists():
        raise NotAllowed(_("You may not read this report."))
    return _move(report, step, by=by.pk, at=at, reason=reason, method=method, **changes)


def _move(
    report: ConditionReport,
    step: Step,
    *,
    by: UUID | None,
    at: datetime.datetime | None = None,
    reason: str = "",
    method: str = "",
    **changes: object,
) -> ConditionReport:
    transition = TRANSITIONS[step]
    for name, value in {"state": transition.end, "version": report.version + 1, **changes}.items():
        setattr(report, name, value)
    report.save(update_fields=["state", "version", *changes])
    taken = ReportStep.objects.create(
        report=report,
        step=step,
        from_state=transition.start,
        to_state=transition.end,
        by_id=by,
        at=at or timezone.now(),
        reason=reason,
        method=method,
    )
    step_taken.send(ConditionReport, report=report, step=taken)
    return report


def _required(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: it is shown with the report."))
    return reason.strip()
