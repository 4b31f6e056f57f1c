"""Writes about the situation that have a rule."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.workflow import NotAllowed, ReasonMissing, WrongState
from reports.situation.models import Party, SituationEvent
from reports.situation.signals import event_recorded, event_retracted
from sites.models import Site
from sites.responsibility import answers_for


@transaction.atomic
def record(event: SituationEvent, *, by: PermissionsMixin | AnonymousUser) -> SituationEvent:
    """Enter an event, or (with `supersedes`) a correction; those hear who asked to.

    Raises NotAllowed, WrongState (what it corrects does not stand), ValidationError.
    """
    _require("situation.add_situationevent", event.site, by)
    if event.supersedes:
        _check_correction(event, locked(event.supersedes))
    event.recorded_by_id = by.pk
    event.full_clean()
    event.save(force_insert=True)
    event_recorded.send(SituationEvent, event=event)
    return event


@transaction.atomic
def retract(event: SituationEvent, *, by: PermissionsMixin | AnonymousUser, reason: str) -> SituationEvent:
    """Withdraw an event; what it had corrected stands again. Raises NotAllowed, WrongState, ReasonMissing."""
    event = locked(event)
    _require("situation.change_situationevent", event.site, by)
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: it is shown with the event."))
    if not stands(event):
        raise WrongState(_("This event has been corrected or retracted already."))
    event.retracted_at, event.retracted_by_id, event.retraction_reason = timezone.now(), by.pk, reason.strip()
    event.save(update_fields=["retracted_at", "retracted_by", "retraction_reason"])
    event_retracted.send(SituationEvent, event=event)
    return event


@transaction.atomic
def save_party(party: Party, *, by: PermissionsMixin | AnonymousUser) -> Party:
    """Enter a party that may control a site, or change its names. Raises NotAllowed, ValidationError."""
    verb = "add" if party._state.adding else "change"
    if not by.has_perm(f"situation.{verb}_party"):
        raise NotAllowed(_("Your role does not allow keeping the list of parties."))
    party.full_clean()
    party.save()
    return party


def load(event: SituationEvent) -> SituationEvent:
    """Enter an event that was told elsewhere, without telling anybody. Raises ValidationError."""
    event.full_clean()
    event.save()
    return event


def stands(event: SituationEvent) -> bool:
    """Whether it is neither corrected nor retracted."""
    return SituationEvent.objects.standing().filter(pk=event.pk).exists()


def locked(event: SituationEvent) -> SituationEvent:
    found: SituationEvent = (
        SituationEvent.objects.select_for_update(of=("self",)).select_related("site").get(pk=event.pk)
    )
    return found


def _check_correction(event: SituationEvent, corrected: SituationEvent) -> None:
    if not stands(corrected):
        raise WrongState(_("This event has been corrected or retracted already."))
    if corrected.site_id != event.site_id:
        raise WrongState(_("A correction is about the same site."))


def _require(permission: str, site: Site, by: PermissionsMixin | AnonymousUser) -> None:
    if not by.has_perm(permission):
        raise NotAllowed(_("Your role does not allow entering or changing events."))
    if not answers_for(by, site):
        raise NotAllowed(_("You do not answer for this site."))
