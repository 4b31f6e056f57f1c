"""Evidence listens to the steps of its reports: what is decided of a report is decided of its evidence."""

from __future__ import annotations

from typing import Any

from reports.conditions.models import ConditionReport, ReportStep
from reports.conditions.workflow import Step
from reports.evidence.actions.custody import record_all
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
    means = MEANS.get(Step(step.step))
    if means is None:
        return
    said = {"report": str(report.pk), "decision": step.step, "method": step.method}
    of_report = Evidence.objects.filter(report=report, withdrawn_at=None)
    record_all(of_report, means, by=step.by_id, at=step.at, **{name: text for name, text in said.items() if text})
