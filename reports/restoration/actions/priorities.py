"""Deciding how urgent help is."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.utils.translation import gettext as _

from reports.conditions.workflow import NotAllowed, ReasonMissing
from reports.restoration.models import PriorityOverride, Weighting
from sites.models import Monument
from sites.responsibility import answers_for


def decide_priority(
    monument: Monument, letter: str, reason: str, *, by: PermissionsMixin | AnonymousUser
) -> PriorityOverride:
    """Set a monument's priority against the suggestion, or (empty letter) go back to it.

    Raises NotAllowed, ReasonMissing.
    """
    if not by.has_perm("restoration.add_priorityoverride") or not answers_for(by, monument):
        raise NotAllowed(_("You may not decide on the priority of this monument."))
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: it is shown with the priority."))
    return PriorityOverride.objects.create(monument=monument, letter=letter, reason=reason.strip(), by_id=by.pk)


def set_weights(weighting: Weighting, *, by: PermissionsMixin | AnonymousUser) -> Weighting:
    """Say how much each part of the score weighs from now on. Raises NotAllowed, ReasonMissing, ValidationError."""
    if not by.has_perm("restoration.add_weighting"):
        raise NotAllowed(_("Your role does not allow setting the weights."))
    if not weighting.reason.strip():
        raise ReasonMissing(_("Give a reason: it is shown with the weights."))
    weighting.by_id = by.pk
    weighting.full_clean()
    weighting.save(force_insert=True)
    return weighting
