"""Alerts listen to publications; an error here undoes the publication."""

from __future__ import annotations

from typing import Any

from reports.alerts import actions, tasks
from reports.conditions.models import ConditionReport


def on_publication_changed(sender: type[ConditionReport], *, report: ConditionReport, **facts: Any) -> None:
    alert = actions.raise_alert(report, facts["change"], facts["before"], facts["after"])
    if alert:
        tasks.wake(tasks.fan_out, alert.pk)
