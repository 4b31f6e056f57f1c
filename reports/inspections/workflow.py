"""Who may do what with an inspection; docs/permissions.md shows it to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.conditions.workflow import NotAllowed, Refused, WrongState
from reports.inspections.vocabulary import OPEN, Step
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    from reports.inspections.models import Inspection
    from sites.models import Monument

PLAN = "inspections.add_inspection"
CHANGE = "inspections.change_inspection"
LOOKS = "conditions.add_conditionreport"
"""Who is sent must be able to write down what there was to see."""


def refusal(inspection: Inspection, step: Step, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot take the step now; None if nothing is in the way."""
    from reports.inspections.models import Inspection as Inspections

    if not Inspections.objects.visible_to(by).filter(pk=inspection.pk).exists():
        return NotAllowed(_("You may not know of this inspection."))
    if inspection.state not in OPEN:
        return WrongState(_("This inspection is over; plan another one."))
    is_theirs = inspection.assigned_to_id == by.pk and by.has_perm(LOOKS)
    if step == Step.RECORD and is_theirs:
        return None
    if not by.has_perm(CHANGE) or not answers_for(by, inspection.monument):
        return NotAllowed(_("Your role does not allow this for this site."))
    return None


def steps_open_to(inspection: Inspection, by: PermissionsMixin | AnonymousUser) -> list[Step]:
    """What this person may do with it now."""
    steps = [Step.ASSIGN, Step.RESCHEDULE, Step.RECORD, Step.CANCEL]
    return [step for step in steps if refusal(inspection, step, by) is None]


def may_plan(by: PermissionsMixin | AnonymousUser, monument: Monument) -> bool:
    return by.has_perm(PLAN) and answers_for(by, monument)


def require(permission: str, monument: Monument, by: PermissionsMixin | AnonymousUser) -> None:
    """Raises NotAllowed."""
    if not by.has_perm(permission) or not answers_for(by, monument):
        raise NotAllowed(_("Your role does not allow this for this site."))


def may_look(person: PermissionsMixin, inspection: Inspection) -> bool:
    """Whether somebody can be sent: an active account that writes reports of the site, of a silo only its people."""
    team = inspection.organisation
    of_the_team = team is None or not team.silo or getattr(person, "organisation_id", None) == team.pk
    allowed = person.has_perm(LOOKS) and answers_for(person, inspection.monument)
    return bool(person.is_active and allowed and of_the_team)  # type: ignore[attr-defined]
