"""Whether a draft can go to the verifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.conditions import status
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed, Refused, State, WrongState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def refusal_to_submit(report: ConditionReport, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """What is wrong with a draft that shows only when all of it, with what it cites, is there."""
    if report.supersedes and report.supersedes.confidential != report.confidential:
        return WrongState(
            _("A correction is as confidential as what it corrects; retract that report and write a new one.")
        )
    cited = list(report.cites.all())
    if not cited:
        return None
    if not by.has_perm("conditions.verify_conditionreport"):
        return NotAllowed(_("Only a verifier settles a contradiction."))
    wrong = _wrong_with_citing(report, cited)
    return WrongState(wrong) if wrong else None


def _wrong_with_citing(report: ConditionReport, cited: list[ConditionReport]) -> str:
    if len(cited) < status.CITED_TO_SETTLE:
        return _("A finding cites at least two reports: those that contradict each other.")
    if any(c.monument_id != report.monument_id or c.state != State.PUBLISHED or c.confidential for c in cited):
        return _("A finding cites published reports of the same monument.")
    if any(c.observed_on > report.observed_on for c in cited):
        return _("A finding holds from its day on: it cannot be dated before the reports that it cites.")
    return ""
