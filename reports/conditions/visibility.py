"""Who may know who worked on a report, and what was noted in confidence. Which reports: `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

    from reports.conditions.models import ConditionReport


def names_people_to(user: PermissionsMixin | AnonymousUser, report: ConditionReport) -> bool:
    """Whether this person may know who worked on the report: in a silo, only its people and neutral verifiers."""
    if report.organisation is None or not report.organisation.silo:
        return True
    own = getattr(user, "organisation_id", None)
    return own == report.organisation_id or (own is None and user.has_perm("conditions.verify_conditionreport"))


def may_read_notes(user: PermissionsMixin | AnonymousUser, report: ConditionReport) -> bool:
    """Confidential notes are for the verifiers of the site; those of a silo, for its own and neutral ones."""
    permitted = user.has_perm("conditions.view_confidentialnote") and answers_for(user, report.monument)
    return permitted and names_people_to(user, report)
