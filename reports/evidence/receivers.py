"""Evidence listens to the life of its reports: what is decided of a report is decided of its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport, ReportStep
from reports.conditions.workflow import Step
from reports.evidence import actions, flags
from reports.evidence.models import Evidence
from reports.evidence.vocabulary import CustodyStep

MEANS = {
    Step.REJECT: CustodyStep.REVIEWED,
    Step.VERIFY: CustodyStep.REVIEWED,
    Step.PUBLISH: CustodyStep.PUBLISHED,
    Step.RETRACT: CustodyStep.RETRACTED,
}


def on_step_taken(sender: type[ConditionReport], *, report: ConditionReport, step: ReportStep, **facts: Any) -> None:
    """In the transaction of the step: either both are on record or neither."""
    standing = Evidence.objects.filter(report=report, withdrawn_at=None)
    taken = Step(step.step)
    if taken == Step.SUBMIT:
        # The dates of a draft change until it is handed in.
        for evidence in standing.select_related("monument", "report", "original__looks"):
            flags.raise_for(evidence)
    if taken not in MEANS:
        return
    if taken != Step.PUBLISH:
        _record(standing, MEANS[taken], step)
        return
    public = standing.none() if report.confidential else standing.filter(confidential=False)
    _record(standing.exclude(pk__in=public), CustodyStep.REVIEWED, step)
    _record(public, CustodyStep.PUBLISHED, step)
    public.update(published_at=step.at)


def on_draft_deleted(sender: type[ConditionReport], *, report: ConditionReport, by: UUID, **facts: Any) -> None:
    """Evidence is never deleted: what was sent with a draft stays, withdrawn, with the draft's id in its custody."""
    for evidence in Evidence.objects.filter(report=report):
        actions.record(evidence, CustodyStep.REVIEWED, by=by, report=str(report.pk), decision="deleted")
        if not evidence.withdrawn_at:
            actions.take_away(evidence, by=by, reason=_("The draft that it was sent with was deleted."))


def _record(evidence: Iterable[Evidence], means: CustodyStep, step: ReportStep) -> None:
    said = {"report": str(step.report_id), "decision": step.step, "method": step.method}
    facts = {name: text for name, text in said.items() if text}
    actions.record_all(evidence, means, by=step.by_id, at=step.at, **facts)
