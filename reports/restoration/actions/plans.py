"""Entering plans and recording what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.workflow import Conflict, NotAllowed, ReasonMissing, WrongState
from reports.restoration import course, workflow
from reports.restoration.models import Plan, PlanStep
from reports.restoration.signals import plan_changed
from reports.restoration.vocabulary import Stage
from reports.sources.models import Statement
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

BY_STEPS = ("status", "phase", "progress", "planned_from", "planned_to")
"""What only steps change."""
SAID = [field.name for field in Statement._meta.fields]


@transaction.atomic
def save_plan(plan: Plan, *, by: PermissionsMixin | AnonymousUser, seen: int | None = None) -> Plan:
    """Enter a plan, whose first step says what it says, or change its description.

    Of a new one those hear who asked to. `seen` is the version that the person had before them.
    Raises NotAllowed, Conflict, WrongState (status, phase, progress and time change by steps), ValidationError.
    """
    kept = Plan.objects.select_for_update().filter(pk=plan.pk).first()
    if plan.monument and plan.site_id is None:
        plan.site = plan.monument.site
    if kept is None:
        return _enter(plan, by)
    _refuse_if_changed(kept, seen)
    if not by.has_perm(workflow.CHANGE) or not answers_for(by, kept.site) or not answers_for(by, plan.site):
        raise NotAllowed(_("You may not change this plan."))
    if any(getattr(kept, name) != getattr(plan, name) for name in BY_STEPS):
        raise WrongState(_("Status, phase, progress and planned time change by a step with its date and source."))
    plan.version = kept.version + 1
    plan.full_clean()
    plan.save()
    return plan


@transaction.atomic
def take_step(step: PlanStep, *, by: PermissionsMixin | AnonymousUser, seen: int | None = None) -> Plan:
    """Record what a plan became, or how far it has come; those hear of it who asked to.

    Without `to_status` or `to_phase` these stay. A step of the past is put where it belongs, if the
    steps around it allow. Raises NotAllowed, Conflict, WrongState, ValidationError.
    """
    plan = _locked(step.plan)
    _refuse_if_changed(plan, seen)
    steps = course.standing(plan.steps.all())
    step.plan, step.by_id, step.recorded_at = plan, by.pk, timezone.now()
    step.to_status, step.to_phase = step.to_status or plan.status, step.to_phase or plan.phase
    _refuse_undated(step)
    step.clean()
    _put(step, steps)
    if refusal := _refusal(plan, step, by):
        raise refusal
    step.full_clean()
    step.save()
    return _follow(plan, step)


@transaction.atomic
def correct_step(
    wrong: PlanStep,
    right: PlanStep | None,
    *,
    by: PermissionsMixin | AnonymousUser,
    reason: str,
    seen: int | None = None,
) -> Plan:
    """Put another step in the place of a wrong one, or (None) say that it never happened.

    Raises NotAllowed, Conflict, WrongState, ReasonMissing, ValidationError.
    """
    plan = _locked(wrong.plan)
    _refuse_if_changed(plan, seen)
    if not reason.strip():
        raise ReasonMissing(_("Say what was wrong with the step: it is shown with it."))
    if PlanStep.objects.filter(corrects=wrong).exists():
        raise WrongState(_("This step has been corrected already."))
    answer = right or _void(wrong)
    answer.plan, answer.by_id, answer.recorded_at = plan, by.pk, timezone.now()
    answer.corrects, answer.reason = wrong, reason.strip()
    answer.to_status, answer.to_phase = answer.to_status or wrong.to_status, answer.to_phase or wrong.to_phase
    answer.clean()
    rest = [step for step in course.standing(plan.steps.all()) if step.pk != wrong.pk]
    if right:
        _put(answer, rest)
    elif not rest:
        raise WrongState(_("A plan has one step at least; correct this one instead."))
    _check_order(rest if answer.void else sorted([*rest, answer], key=lambda step: step.counts_from))
    if refusal := _refusal(plan, answer, by) or workflow.not_allowed(plan, wrong.to_status, by):
        raise refusal
    answer.full_clean()
    answer.save()
    return _follow(plan, answer)


@transaction.atomic
def load_plan(plan: Plan, steps: Sequence[PlanStep]) -> Plan:
    """Enter a plan of old with all its steps, and tell nobody. Raises ValidationError, WrongState."""
    if plan.monument and plan.site_id is None:
        plan.site = plan.monument.site
    first, *later = steps or [_first(plan)]
    for name in ("status", "phase"):
        setattr(plan, name, getattr((later or [first])[-1], f"to_{name}"))
    plan.status_on = plan.changed_on = first.counts_from
    plan.full_clean()
    plan.save()
    for step in (first, *later):
        step.plan = plan
        step.clean()
        _put(step, course.standing(plan.steps.all()))
        step.full_clean()
        step.save()
    refresh(plan)
    return plan


def refresh(plan: Plan) -> None:
    """Write anew what follows from the steps, payments and milestones of a plan; in a transaction."""
    steps = course.standing(plan.steps.all())
    state = course.state_on(steps)
    if state is None:
        return
    for name in (*BY_STEPS, "status_on"):
        setattr(plan, name, getattr(state, name))
    paid = [row.counts_from for row in plan.pledges.known().filter(stage=Stage.PAID)]
    reached = [day for day in plan.milestones.known().values_list("reached_on", flat=True) if day]
    plan.changed_on = max([state.changed_on, *paid, *reached])
    plan.version += 1
    changed = [*BY_STEPS, "status_on", "changed_on", "version"]
    Plan.objects.filter(pk=plan.pk).update(**{name: getattr(plan, name) for name in changed})


def _enter(plan: Plan, by: PermissionsMixin | AnonymousUser) -> Plan:
    if plan.site_id and (refusal := workflow.not_allowed(plan, plan.status, by)):
        raise refusal
    plan.created_by_id, plan.version = by.pk, 1
    _refuse_undated(plan)
    step = _first(plan)
    step.by_id = by.pk
    step.clean()
    plan.status_on = plan.changed_on = step.counts_from
    plan.progress = None
    plan.full_clean()
    plan.save()
    step.plan = plan  # which may have its key only now
    step.full_clean()
    step.save()
    plan_changed.send(Plan, plan=plan, before=None, step=step)
    return plan


def _refuse_undated(said: Statement) -> None:
    """Without any time the steps of a plan have no order."""
    if said.date_from is None and said.date_to is None and said.source_year is None:
        raise ValidationError({"date_to": _("Say when, or at least the year of the source.")})


def _first(plan: Plan) -> PlanStep:
    """What the plan itself says, as its first step."""
    said = {name: getattr(plan, name) for name in SAID}
    time = {name: getattr(plan, name) for name in ("planned_from", "planned_to")}
    return PlanStep(plan=plan, to_status=plan.status, to_phase=plan.phase, **said, **time)


def _void(wrong: PlanStep) -> PlanStep:
    said = {name: getattr(wrong, name) for name in SAID}
    return PlanStep(plan=wrong.plan, to_status=wrong.to_status, to_phase=wrong.to_phase, void=True, **said)


def _put(step: PlanStep, steps: Sequence[PlanStep]) -> None:
    """Say what the step follows, and refuse it where its neighbours forbid. Raises WrongState."""
    before = course.state_on(steps, step.counts_from)
    step.from_status, step.from_phase = (before.status, before.phase) if before else ("", "")
    after = next((later for later in steps if later.counts_from > step.counts_from), None)
    if before and not workflow.may_follow(before.status, step.to_status):
        raise workflow.wrong_order(before.status, step.to_status)
    if after and not workflow.may_follow(step.to_status, after.to_status):
        raise workflow.wrong_order(step.to_status, after.to_status)


def _check_order(steps: Sequence[PlanStep]) -> None:
    for one, next_one in pairwise(steps):
        if not workflow.may_follow(one.to_status, next_one.to_status):
            raise workflow.wrong_order(one.to_status, next_one.to_status)


def _refusal(plan: Plan, step: PlanStep, by: PermissionsMixin | AnonymousUser) -> NotAllowed | None:
    """To record a status needs its right; what leaves it as it was, the right to change plans."""
    if step.from_status == step.to_status and by.has_perm(workflow.CHANGE):
        return None if answers_for(by, plan.site) else NotAllowed(_("You do not answer for this site."))
    return workflow.not_allowed(plan, step.to_status, by)


def _follow(plan: Plan, step: PlanStep) -> Plan:
    before = (plan.status, plan.phase)
    refresh(plan)
    plan_changed.send(Plan, plan=plan, before=before, step=step)
    return plan


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("site", "monument").get(pk=plan.pk)


def _refuse_if_changed(plan: Plan, seen: int | None) -> None:
    if seen is not None and plan.version != seen:
        raise Conflict(_("Somebody else has changed this plan meanwhile; look at it anew."))
