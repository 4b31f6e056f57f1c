"""What happens to evidence once it is here: it is described, published, withdrawn."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.workflow import ONCE_PUBLISHED, NotAllowed, ReasonMissing, Refused, WrongState
from reports.evidence import flags, links, visibility
from reports.evidence.actions.custody import record
from reports.evidence.models import Evidence
from reports.evidence.vocabulary import CustodyStep
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

DESCRIPTION = ("caption", "alternative", "language", "credit", "licence", "taken_from", "taken_to")
"""What people say about a file; the file itself says nothing of it."""


@transaction.atomic
def describe(evidence: Evidence, *, by: PermissionsMixin | AnonymousUser, **description: Any) -> Evidence:
    """Say what is to be seen, whose it is and when it was taken; what is left out stays as it is.

    Custody keeps what was said before. Raises NotAllowed, WrongState (withdrawn), ValidationError.
    """
    evidence = _locked(evidence)
    if refusal := refusal_to_describe(evidence, by):
        raise refusal
    changed = {name: value for name, value in description.items() if getattr(evidence, name) != value}
    if not changed:
        return evidence
    before = {name: getattr(evidence, name) for name in changed}
    for name, value in changed.items():
        setattr(evidence, name, value)
    evidence.full_clean()
    evidence.save(update_fields=list(changed))
    record(evidence, CustodyStep.DESCRIBED, by=by.pk, before=_plain(before), after=_plain(changed))
    flags.raise_for(evidence)
    return evidence


@transaction.atomic
def keep_confidential(
    evidence: Evidence, confidential: bool, *, by: PermissionsMixin | AnonymousUser, reason: str
) -> Evidence:
    """Show it to verifiers of the site alone, or no longer so. Raises NotAllowed, WrongState, ReasonMissing."""
    evidence = _locked(evidence)
    if refusal := refusal_to_keep_confidential(evidence, by):
        raise refusal
    if evidence.confidential == confidential:
        return evidence
    evidence.confidential = confidential
    evidence.save(update_fields=["confidential"])
    record(evidence, CustodyStep.REVIEWED, by=by.pk, confidential=confidential, reason=_required(reason))
    if not confidential and evidence.published_at is None and _is_of_public_report(evidence):
        _make_public(evidence, by)
    return evidence


@transaction.atomic
def publish(evidence: Evidence, *, by: PermissionsMixin | AnonymousUser) -> Evidence:
    """Make evidence public that stands by itself; that of a report is published with the report.

    Raises NotAllowed (four eyes: not one's own), WrongState.
    """
    evidence = _locked(evidence)
    if refusal := refusal_to_publish(evidence, by):
        raise refusal
    return _make_public(evidence, by)


@transaction.atomic
def withdraw(evidence: Evidence, *, by: PermissionsMixin | AnonymousUser, reason: str) -> Evidence:
    """Show it no longer; that it was there, and why it is not any more, stays.

    A picture that endangers somebody cannot wait for a second person: no four eyes here.
    Raises NotAllowed, WrongState, ReasonMissing.
    """
    evidence = _locked(evidence)
    if refusal := refusal_to_withdraw(evidence, by):
        raise refusal
    return take_away(evidence, by=by.pk, reason=_required(reason))


@transaction.atomic
def fetch_original(evidence: Evidence, *, by: PermissionsMixin | AnonymousUser) -> str:
    """A link to the file as it came, for a few minutes; that it was given out is on record. Raises NotAllowed."""
    if evidence.withdrawn_at or not visibility.views_original(by, evidence) or _refusal_to_see(evidence, by):
        raise NotAllowed(_("You may not see this original."))
    record(evidence, CustodyStep.VIEWED, by=by.pk)
    return links.to_original(evidence, by)


def take_away(evidence: Evidence, *, by: Any, reason: str) -> Evidence:
    """Withdraw without asking who may; `by` is the id of a person."""
    evidence.withdrawn_at, evidence.withdrawal_reason = timezone.now(), reason
    evidence.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    record(evidence, CustodyStep.WITHDRAWN, by=by, at=evidence.withdrawn_at, reason=reason)
    return evidence


def refusal_to_describe(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot describe it now; None if nothing is in the way."""
    if evidence.withdrawn_at:
        return _withdrawn()
    if _is_ones_own(evidence, by):
        return None
    if not by.has_perm("evidence.change_evidence") or not answers_for(by, evidence.monument):
        return NotAllowed(_("You may not describe this file."))
    return _refusal_to_see(evidence, by)


def refusal_to_publish(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot publish it now; None if nothing is in the way."""
    if evidence.report_id:
        return WrongState(_("It is published with its report."))
    if evidence.published_at and not evidence.withdrawn_at:
        return WrongState(_("It is published already."))
    if refusal := _refusal_to_decide(evidence, by):
        return refusal
    if settings.FOUR_EYES and evidence.uploaded_by_id == by.pk:
        return NotAllowed(_("Four eyes: somebody else must publish what you sent."))
    return None


def refusal_to_withdraw(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot withdraw it now; None if nothing is in the way."""
    if evidence.withdrawn_at:
        return _withdrawn()
    return None if _is_ones_own(evidence, by) else _refusal_to_decide(evidence, by)


def refusal_to_keep_confidential(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot decide who sees it now; None if nothing is in the way."""
    if evidence.withdrawn_at:
        return _withdrawn()
    return None if _is_ones_own(evidence, by) else _refusal_to_decide(evidence, by)


def _is_ones_own(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> bool:
    """Who sent it may change their mind as long as nobody has published it."""
    sent_it = by.pk is not None and evidence.uploaded_by_id == by.pk and by.has_perm("evidence.add_evidence")
    return sent_it and evidence.published_at is None


def _refusal_to_decide(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    if evidence.withdrawn_at:
        return _withdrawn()
    if not by.has_perm("evidence.publish_evidence"):
        return NotAllowed(_("Your role does not allow deciding about evidence."))
    if not answers_for(by, evidence.monument):
        return NotAllowed(_("You do not answer for this site."))
    return _refusal_to_see(evidence, by)


def _refusal_to_see(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    # Asked once of a row that was read: a page asks for each step, and a step reads the row anew.
    seen = vars(evidence).setdefault("_seen_by", {})
    if by.pk not in seen:
        seen[by.pk] = Evidence.objects.visible_to(by).filter(pk=evidence.pk).exists()
    return None if seen[by.pk] else NotAllowed(_("You may not see this file."))


def _is_of_public_report(evidence: Evidence) -> bool:
    report = evidence.report
    return report is not None and report.state in ONCE_PUBLISHED and not report.confidential


def _make_public(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Evidence:
    evidence.published_at = timezone.now()
    evidence.save(update_fields=["published_at"])
    record(evidence, CustodyStep.PUBLISHED, by=by.pk, at=evidence.published_at)
    return evidence


def _withdrawn() -> WrongState:
    return WrongState(_("It has been withdrawn."))


def _locked(evidence: Evidence) -> Evidence:
    return Evidence.objects.select_for_update().get(pk=evidence.pk)


def _required(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: it stays with the file."))
    return reason.strip()


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in values.items()}
