"""Every change to a condition report that has a rule. Admin, API, importers and commands call these."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions import queries, status, workflow
from reports.conditions.models import ConditionReport, Disturbance, MonumentStatus, ReportStep, Threat
from reports.conditions.models.status import STATUS_FIELDS
from reports.conditions.signals import publication_changed
from reports.conditions.workflow import TRANSITIONS, NotAllowed, State, Step, WrongState
from sites.models import Monument

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

NOT_COPIED = {"id", "author", "state", "verification_method", "supersedes", "created_at", "published_at"}


class Change(models.TextChoices):
    """What a publication did, for those who listen."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


class ReasonMissing(ValueError):
    """A rejection or a retraction without a reason."""


def save_draft(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser) -> ConditionReport:
    """Save a new report or a draft under change. Raises WrongState once it is submitted, ValidationError."""
    kept = ConditionReport.objects.filter(pk=report.pk).first()
    if kept and kept.state != State.DRAFT:
        raise WrongState(_("Only drafts can be changed; correct a published report by a new one."))
    if kept is None:
        report.author_id = by.pk
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def start_correction(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser) -> ConditionReport:
    """A draft with the same content, which will supersede the report when it is published.

    Raises NotAllowed, or WrongState (not published, or being corrected already).
    """
    if not by.has_perm("conditions.add_conditionreport"):
        raise NotAllowed(_("Your role does not allow corrections."))
    report = _locked(report)
    if report.state != State.PUBLISHED:
        raise WrongState(_("Only published reports can be corrected."))
    if report.corrections.exclude(state=State.RETRACTED).exists():
        raise WrongState(_("There is a correction of this report already."))
    fields = [f.name for f in ConditionReport._meta.concrete_fields if f.name not in NOT_COPIED]
    draft = ConditionReport(**{name: getattr(report, name) for name in fields}, supersedes=report)
    save_draft(draft, by=by)
    _copy_findings(report, to=draft)
    return draft


@transaction.atomic
def submit(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser) -> ConditionReport:
    """Hand a draft to the verifiers. Raises NotAllowed, WrongState."""
    return _take(report, Step.SUBMIT, by=by)


@transaction.atomic
def reject(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, reason: str) -> ConditionReport:
    """Give a submitted report back to its author. Raises NotAllowed, WrongState, ReasonMissing."""
    return _take(report, Step.REJECT, by=by, reason=_required(reason))


@transaction.atomic
def verify(report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, method: str) -> ConditionReport:
    """Vouch for a submitted report. Raises NotAllowed, WrongState."""
    return _take(report, Step.VERIFY, by=by, verification_method=workflow.VerificationMethod(method))


@transaction.atomic
def publish(
    report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, at: datetime.datetime | None = None
) -> ConditionReport:
    """Make a verified report public; its status and its alerts follow.

    Raises NotAllowed (four eyes: not one's own report) or WrongState.
    """
    at = at or timezone.now()
    Monument.objects.select_for_update().get(pk=report.monument_id)
    corrected = _supersede(report)
    report = _take(report, Step.PUBLISH, by=by, at=at, published_at=at)
    _rebuild_and_tell(report, Change.CORRECTED if corrected else Change.PUBLISHED)
    return report


@transaction.atomic
def retract(
    report: ConditionReport, *, by: PermissionsMixin | AnonymousUser, reason: str, at: datetime.datetime | None = None
) -> ConditionReport:
    """Withdraw a published report; what it had superseded stands again.

    Raises NotAllowed, WrongState, ReasonMissing.
    """
    at = at or timezone.now()
    reason = _required(reason)
    Monument.objects.select_for_update().get(pk=report.monument_id)
    report = _take(report, Step.RETRACT, by=by, at=at, reason=reason, retracted_at=at, retraction_reason=reason)
    if report.supersedes_id:
        restored = ConditionReport.objects.filter(pk=report.supersedes_id, state=State.SUPERSEDED)
        restored.update(state=State.PUBLISHED)
    _rebuild_and_tell(report, Change.RETRACTED)
    return report


@transaction.atomic
def load_published(report: ConditionReport, *, at: datetime.datetime) -> ConditionReport:
    """Enter a report that was published elsewhere: no steps, no alerts. Call `rebuild` when all are in.

    Raises ValidationError.
    """
    report.state, report.published_at = State.PUBLISHED, at
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def rebuild(monument: UUID) -> list[status.Period]:
    """Derive a monument's periods anew and write them if they differ from what is kept."""
    Monument.objects.select_for_update().get(pk=monument)
    periods = queries.derived([monument])[monument]
    if periods != queries.history(monument):
        _write(monument, periods)
    return periods


def _write(monument: UUID, periods: list[status.Period]) -> None:
    MonumentStatus.objects.filter(monument=monument).delete()
    MonumentStatus.objects.bulk_create(
        MonumentStatus(
            monument_id=monument,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            **{name: getattr(period.status, name) for name in STATUS_FIELDS},
        )
        for period in periods
    )


def _rebuild_and_tell(report: ConditionReport, change: Change) -> None:
    before = queries.history(report.monument_id)
    after = rebuild(report.monument_id)
    publication_changed.send(ConditionReport, report=report, change=change, before=before, after=after)


def _supersede(report: ConditionReport) -> bool:
    if not report.supersedes_id:
        return False
    corrected = ConditionReport.objects.filter(pk=report.supersedes_id, state=State.PUBLISHED)
    if not corrected.update(state=State.SUPERSEDED):
        raise WrongState(_("The report that this one corrects is not published any more."))
    return True


def _take(
    report: ConditionReport,
    step: Step,
    *,
    by: PermissionsMixin | AnonymousUser,
    at: datetime.datetime | None = None,
    reason: str = "",
    **changes: object,
) -> ConditionReport:
    """Check the step against the row as it is now, take it, and log it."""
    report = _locked(report)
    if refusal := workflow.refusal(report, step, by):
        raise refusal
    transition = TRANSITIONS[step]
    for name, value in {"state": transition.end, **changes}.items():
        setattr(report, name, value)
    report.save(update_fields=["state", *changes])
    ReportStep.objects.create(
        report=report,
        from_state=transition.start,
        to_state=transition.end,
        by_id=by.pk,
        at=at or timezone.now(),
        reason=reason,
    )
    return report


def _locked(report: ConditionReport) -> ConditionReport:
    return ConditionReport.objects.select_for_update().get(pk=report.pk)


def _required(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: it is shown with the report."))
    return reason.strip()


def _copy_findings(report: ConditionReport, *, to: ConditionReport) -> None:
    for model in (Disturbance, Threat):
        fields = [f.name for f in model._meta.concrete_fields if f.name not in {"id", "report"}]
        for finding in model.objects.filter(report=report):
            model.objects.create(report=to, **{name: getattr(finding, name) for name in fields})
