"""What a file can be evidence of, and who may add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed, Refused, State, WrongState
from reports.restoration.models import Plan
from sites.models import Monument
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    from reports.evidence.models import Evidence, Upload

STILL_OPEN = (State.DRAFT, State.SUBMITTED)
"""States in which evidence is added to a report; photographs may still be on their way when it is submitted."""


class Target(NamedTuple):
    """A monument, or a report about it, or a plan for it."""

    monument: Monument
    report: ConditionReport | None = None
    plan: Plan | None = None

    @classmethod
    def of(cls, thing: Upload | Evidence) -> Self:
        return cls(thing.monument, thing.report, thing.plan)

    def condition(self) -> Q:
        """As a filter of evidence and uploads: those of exactly this."""
        return Q(monument=self.monument, report=self.report, plan=self.plan)

    def named(self) -> tuple[str, str]:
        """As REST and tus name it: "monument", "report" or "plan", and its slug or id."""
        if self.report:
            return "report", str(self.report.pk)
        if self.plan:
            return "plan", str(self.plan.pk)
        return "monument", self.monument.slug


def about(thing: Monument | ConditionReport | Plan) -> Target:
    """What a file would be evidence of. Raises WrongState: a plan for a whole site has no monument."""
    if isinstance(thing, ConditionReport):
        return Target(thing.monument, report=thing)
    if isinstance(thing, Plan) and thing.monument:
        return Target(thing.monument, plan=thing)
    if isinstance(thing, Plan):
        raise WrongState(_("This plan names no monument; add the file to a monument."))
    return Target(thing)


def open_reports(monument: Monument, by: PermissionsMixin | AnonymousUser) -> QuerySet[ConditionReport]:
    """The reports on a monument to which `by`, who may add evidence to it, may add some; the last first."""
    still_open = ConditionReport.objects.visible_to(by).filter(monument=monument, state__in=STILL_OPEN)
    found: QuerySet[ConditionReport] = still_open.order_by("-date_to", "-id")
    return found if by.has_perm("conditions.change_conditionreport") else found.filter(author=by.pk)


def may_add(thing: Monument | ConditionReport | Plan, by: PermissionsMixin | AnonymousUser) -> bool:
    """Whether `by` is offered to send files to it."""
    try:
        return refusal_to_add(about(thing), by) is None
    except WrongState:
        return False


def refusal_to_add(target: Target, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot add evidence there now; None if nothing is in the way."""
    if not by.has_perm("evidence.add_evidence"):
        return NotAllowed(_("Your role does not allow sending photographs and documents."))
    if not answers_for(by, target.monument):
        return NotAllowed(_("You do not answer for this site."))
    if target.plan and not by.has_perm("restoration.change_plan"):
        return NotAllowed(_("Your role does not allow adding to restoration plans."))
    return _refusal_of_report(target.report, by) if target.report else None


def _refusal_of_report(report: ConditionReport, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    if not ConditionReport.objects.visible_to(by).filter(pk=report.pk).exists():
        return NotAllowed(_("You may not read this report."))
    if report.author_id != by.pk and not by.has_perm("conditions.change_conditionreport"):
        return NotAllowed(_("This report is somebody else’s."))
    if report.state not in STILL_OPEN:
        return WrongState(_("The report has been reviewed; add the file to the monument itself."))
    return None
