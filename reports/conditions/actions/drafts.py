"""Writing drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from reports.conditions import visibility
from reports.conditions.actions.locking import locked, refuse_if_changed
from reports.conditions.models import (
    ConditionReport,
    ConfidentialNote,
    Disturbance,
    Effect,
    RiskToPeople,
    Threat,
)
from reports.conditions.signals import draft_deleted
from reports.conditions.workflow import (
    NotAllowed,
    ReasonMissing,
    State,
    WrongState,
)
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

FINDINGS = (Disturbance, Effect, Threat, RiskToPeople)
NOT_COPIED = {
    "id",
    "author",
    "organisation",
    "assigned_to",
    "embargo_until",
    "embargo_reason",
    "tell_after_embargo",
    "version",
    "state",
    "verification_method",
    "supersedes",
    "created_at",
    "published_at",
}


@transaction.atomic
def save_draft(
    report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, seen: int | None = None
) -> ConditionReport:
    """Save a new report or a draft under change.

    `seen` is the version that the person had before them. Raises Conflict (somebody changed it since),
    WrongState (it is submitted), NotAllowed (not one of their sites), ValidationError.
    """
    kept = ConditionReport.objects.select_for_update().filter(pk=report.pk).first()
    if kept:
        refuse_if_changed(kept, seen, by=by)
    if kept and kept.state != State.DRAFT:
        raise WrongState(_("Only drafts can be changed; correct a published report by a new one."))
    if refusal := _refusal_to_write(kept, report, by):
        raise refusal
    if kept is None:
        report.author_id = by.pk
        report.organisation_id = getattr(by, "organisation_id", None)
    report.version = kept.version + 1 if kept else 1
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def delete_draft(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser) -> None:
    """Delete a draft that nobody else has had before them. Raises NotAllowed, WrongState.

    What was submitted once has a history, and a history is not deleted.
    """
    report = locked(report)
    if refusal := _refusal_to_write(report, report, by):
        raise refusal
    if report.state != State.DRAFT or report.steps.exists():
        raise WrongState(_("Only drafts that were never submitted can be deleted."))
    draft_deleted.send(ConditionReport, report=report, by=by.pk)
    report.delete()


@transaction.atomic
def replace_findings(report: ConditionReport, findings: dict[Any, list[dict]]) -> None:
    """Set a draft's causes, effects, threats and risks: for each kind that is given, the whole list."""
    for model, rows in findings.items():
        model.objects.filter(report=report).delete()
        for row in rows:
            finding = model(report=report, **row)
            finding.full_clean()
            finding.save()


@transaction.atomic
def start_correction(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser) -> ConditionReport:
    """A draft with the same content, which will supersede the report when it is published.

    Raises NotAllowed, or WrongState (not published, or being corrected already).
    """
    if not by.has_perm("conditions.add_conditionreport"):
        raise NotAllowed(_("Your role does not allow corrections."))
    report = locked(report)
    if report.state != State.PUBLISHED:
        raise WrongState(_("Only published reports can be corrected."))
    if report.corrections.exclude(state=State.RETRACTED).exists():
        raise WrongState(_("There is a correction of this report already."))
    fields = [f.name for f in ConditionReport._meta.concrete_fields if f.name not in NOT_COPIED]
    draft = ConditionReport(**{name: getattr(report, name) for name in fields}, supersedes=report)
    save_draft(draft, by=by)
    draft.cites.set(report.cites.all())
    _copy_findings(report, to=draft)
    return draft


def note_in_confidence(
    report: ConditionReport, text: str, *, by: PermissionsMixin | AnonymousUser
) -> ConfidentialNote:
    """Write down what only verifiers may read. Raises NotAllowed, ReasonMissing."""
    if not by.has_perm("conditions.add_confidentialnote") or not visibility.may_read_notes(by, report):
        raise NotAllowed(_("Your role does not allow confidential notes."))
    if not text.strip():
        raise ReasonMissing(_("The note is empty."))
    return ConfidentialNote.objects.create(report=report, text=text.strip(), by_id=by.pk)


def _refusal_to_write(
    kept: ConditionReport | None, report: ConditionReport, by: PermissionsMixin | AnonymousUser
) -> NotAllowed | None:
    if not by.has_perm("conditions.add_conditionreport"):
        return NotAllowed(_("Your role does not allow writing condition reports."))
    if kept and kept.author_id != by.pk and not by.has_perm("conditions.change_conditionreport"):
        return NotAllowed(_("This draft is somebody else’s."))
    if not answers_for(by, report.monument):
        return NotAllowed(_("You do not answer for this site."))
    return None


def _copy_findings(report: ConditionReport, *, to: ConditionReport) -> None:
    for model in FINDINGS:
        fields = [f.name for f in model._meta.concrete_fields if f.name not in {"id", "report"}]
        for finding in model.objects.filter(report=report):
            model.objects.create(report=to, **{name: getattr(finding, name) for name in fields})
