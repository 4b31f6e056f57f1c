"""Alerts listen to what is published, entered and decided; an error here undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.alerts import actions, tasks
from reports.alerts.models import Alert
from reports.conditions.models import ConditionReport
from reports.evidence.models import DamagedOriginal
from reports.restoration.models import Plan
from reports.situation.models import SituationEvent
from reports.situation_reports.models import SituationReport
from sites.models import Responsibility


def on_publication_changed(sender: type[ConditionReport], *, report: ConditionReport, **facts: Any) -> None:
    how = {"in_bulk": facts.get("in_bulk", False), "together": facts.get("together", False)}
    _spread(actions.raise_alert(report, facts["change"], facts["before"], facts["after"], **how))


def on_event_recorded(sender: type[SituationEvent], *, event: SituationEvent, **facts: Any) -> None:
    _spread(actions.raise_for_event(event))


def on_event_retracted(sender: type[SituationEvent], *, event: SituationEvent, **facts: Any) -> None:
    _spread(actions.raise_for_retraction(event))


def on_plan_changed(sender: type[Plan], *, plan: Plan, before: tuple[str, str] | None, **facts: Any) -> None:
    _spread(actions.raise_for_plan(plan, before, facts["step"]))


def on_originals_damaged(sender: type[DamagedOriginal], *, damages: Sequence[DamagedOriginal], **facts: Any) -> None:
    for alert in actions.raise_for_originals(damages):
        _spread(alert)


def on_report_ready(sender: type[SituationReport], *, report: SituationReport, **facts: Any) -> None:
    _spread(actions.raise_for_weekly(report))


def on_responsibility_given(
    sender: type[Responsibility], *, instance: Responsibility, created: bool, raw: bool, **facts: Any
) -> None:
    if created and not raw:
        actions.tell_whom_it_concerns(instance)


def _spread(alert: Alert | None) -> None:
    if alert:
        tasks.wake(tasks.fan_out, alert.pk)
