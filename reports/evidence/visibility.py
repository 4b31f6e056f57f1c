"""Who may know where a piece of evidence came from. Which evidence: `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from sites import disclosures
from sites.models import Disclosure
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

    from reports.evidence.models import Evidence


def names_people_to(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """Whether this person may know who sent it and under which name of a file; in a silo, its own alone."""
    if user.pk and evidence.uploaded_by_id == user.pk:
        return True
    return user.has_perm("evidence.view_evidence") and _is_outside_silos_of_others(user, evidence)


def reads_custody(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """Whether this person may know what happened to it, and who did it."""
    return user.has_perm("evidence.view_custodyentry") and names_people_to(user, evidence)


def reads_flags(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """Whether this person may know what is to be looked at twice, such as an earlier use of the picture."""
    return user.has_perm("evidence.view_flag") and names_people_to(user, evidence)


def may_view_original(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """Whether this person may have the file as it came, and what it says of itself, such as where it was taken."""
    permitted = user.has_perm("evidence.view_original") and answers_for(user, evidence.monument)
    return permitted and _is_outside_silos_of_others(user, evidence)


def views_original(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """As `may_view_original`, for who goes on to show it: that somebody saw it is logged."""
    permitted = may_view_original(user, evidence)
    if permitted:
        disclosures.note(Disclosure.What.ORIGINAL, evidence.pk)
    return permitted


def reads_capture(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """Whether this person may know what the file says of itself; who sent it had it before."""
    sent_it = bool(user.pk) and evidence.uploaded_by_id == user.pk
    return sent_it or views_original(user, evidence)


def sees_beneath_blur(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """Whether this person may see what is blurred in the pictures: who may mark areas there."""
    permitted = user.has_perm("evidence.change_evidence") and answers_for(user, evidence.monument)
    return permitted and _is_outside_silos_of_others(user, evidence)


def _is_outside_silos_of_others(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    if evidence.organisation is None or not evidence.organisation.silo:
        return True
    own = getattr(user, "organisation_id", None)
    return own == evidence.organisation_id or (own is None and user.has_perm("conditions.verify_conditionreport"))
