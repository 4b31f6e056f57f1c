"""The life of a plan: which status may follow which, and who may record it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.conditions.workflow import NotAllowed, Refused, WrongState
from reports.restoration.vocabulary import PlanStatus
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    from reports.restoration.models import Plan

CHANGE, DECIDE = "restoration.change_plan", "restoration.decide_plan"

PERMISSION = {
    PlanStatus.HOPED: CHANGE,
    PlanStatus.PROPOSED: CHANGE,
    PlanStatus.UNDER_STUDY: CHANGE,
    PlanStatus.SUBMITTED: CHANGE,
    PlanStatus.APPROVED: DECIDE,
    PlanStatus.FUNDED: DECIDE,
    PlanStatus.IN_PROGRESS: CHANGE,
    PlanStatus.COMPLETED: DECIDE,
    PlanStatus.SUSPENDED: CHANGE,
    PlanStatus.REJECTED: DECIDE,
    PlanStatus.ABANDONED: DECIDE,
}
"""What it takes to record that a plan has come to this status: decisions are recorded by verifiers."""

COURSE = (
    PlanStatus.HOPED,
    PlanStatus.PROPOSED,
    PlanStatus.UNDER_STUDY,
    PlanStatus.SUBMITTED,
    PlanStatus.APPROVED,
    PlanStatus.FUNDED,
    PlanStatus.IN_PROGRESS,
    PlanStatus.COMPLETED,
)
"""The usual course. Sources do not tell of every station, so a plan may go on to any later one."""

ENDED = (PlanStatus.COMPLETED, PlanStatus.REJECTED, PlanStatus.ABANDONED)

_BESIDE = {
    PlanStatus.HOPED: (PlanStatus.ABANDONED,),
    PlanStatus.PROPOSED: (PlanStatus.REJECTED, PlanStatus.ABANDONED),
    PlanStatus.UNDER_STUDY: (PlanStatus.SUSPENDED, PlanStatus.REJECTED, PlanStatus.ABANDONED),
    PlanStatus.SUBMITTED: (PlanStatus.UNDER_STUDY, PlanStatus.SUSPENDED, PlanStatus.REJECTED, PlanStatus.ABANDONED),
    PlanStatus.APPROVED: (PlanStatus.SUSPENDED, PlanStatus.ABANDONED),
    PlanStatus.FUNDED: (PlanStatus.APPROVED, PlanStatus.SUSPENDED, PlanStatus.ABANDONED),
    PlanStatus.IN_PROGRESS: (PlanStatus.SUSPENDED, PlanStatus.ABANDONED),
    PlanStatus.COMPLETED: (),
    PlanStatus.SUSPENDED: (*COURSE[2:], PlanStatus.ABANDONED),
    PlanStatus.REJECTED: (PlanStatus.PROPOSED, PlanStatus.UNDER_STUDY, PlanStatus.ABANDONED),
    PlanStatus.ABANDONED: (PlanStatus.HOPED, PlanStatus.PROPOSED, PlanStatus.UNDER_STUDY),
}


def _following(status: PlanStatus) -> tuple[PlanStatus, ...]:
    later = COURSE[COURSE.index(status) + 1 :] if status in COURSE else ()
    return (*later, *_BESIDE[status])


TRANSITIONS = {status: _following(status) for status in PlanStatus}
"""The state machine: which statuses may follow. docs/restoration.md has it for people."""


def may_follow(before: str, after: str) -> bool:
    """Whether a plan may go from one status to the other; to stay is allowed while it has not ended."""
    if before == after:
        return PlanStatus(before) not in ENDED
    return PlanStatus(after) in TRANSITIONS[PlanStatus(before)]


def refusal(plan: Plan, status: str, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot record that the plan came to this status from the present one; None: nothing is in the way."""
    if status != plan.status and not may_follow(plan.status, status):
        return wrong_order(plan.status, status)
    if status == plan.status and not may_follow(status, status):
        return WrongState(_("This plan has ended; only its status can still be changed."))
    return not_allowed(plan, status, by)


def not_allowed(plan: Plan, status: str, by: PermissionsMixin | AnonymousUser) -> NotAllowed | None:
    """Whether role and responsibility let `by` record this status at all."""
    needed = CHANGE if status == plan.status and not plan._state.adding else PERMISSION[PlanStatus(status)]
    if not by.has_perm(CHANGE) or not by.has_perm(needed):
        return NotAllowed(_("Your role does not allow recording “%(status)s”.") % {"status": PlanStatus(status).label})
    if not answers_for(by, plan.site):
        return NotAllowed(_("You do not answer for this site."))
    return None


def wrong_order(before: str, after: str) -> WrongState:
    facts = {"before": PlanStatus(before).label, "after": PlanStatus(after).label}
    return WrongState(_("“%(after)s” cannot follow “%(before)s”.") % facts)


def statuses_open_to(plan: Plan, by: PermissionsMixin | AnonymousUser) -> list[PlanStatus]:
    """What `by` may record that the plan has become now."""
    return [status for status in PlanStatus if status != plan.status and refusal(plan, status, by) is None]
