"""What a message may tell, asked again when it is sent: as much as the portal would show its reader now.

Asked once for each alert of a batch of messages, however many they are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch

from reports.alerts import matching, told
from reports.alerts.models import Alert, Cadence, Delivery, DigestItem, Rule, Subscription
from reports.conditions.queries import statuses
from reports.conditions.workflow import State
from reports.evidence.queries import damaged_still


def read(keys: Sequence[UUID]) -> dict[Delivery, list[Alert]]:
    """These messages in their order, each with the alerts that it may tell now, the gravest first."""
    reasons = Prefetch("reasons", queryset=Subscription.objects.telling().select_related("user"))
    rows = Delivery.objects.prefetch_related(reasons).in_bulk(keys)
    alerts_of: dict[UUID, list[UUID]] = {pk: [row.alert_id] if row.alert_id else [] for pk, row in rows.items()}
    for delivery, alert in DigestItem.objects.filter(delivery__in=keys).values_list("delivery", "alert"):
        alerts_of[delivery].append(alert)
    about = Alert.objects.select_related(
        "report__organisation", "inspection__organisation", "event", "site", "monument", "situation_report"
    )
    alerts = about.in_bulk({alert for some in alerts_of.values() for alert in some})
    hearings = {pk: _Hearing(alert, list(rows.values())) for pk, alert in alerts.items()}
    found = {}
    for pk in keys:
        row = rows[pk]
        if row.alert_id:
            row.alert = alerts[row.alert_id]
        may_tell = [alerts[alert] for alert in alerts_of[pk] if hearings[alert].includes(row)]
        found[row] = sorted(may_tell, key=lambda alert: (-alert.severity, alert.raised_at))
    return found


class _Hearing:
    """Who of the readers of some messages may hear of one alert."""

    def __init__(self, alert: Alert, messages: Collection[Delivery]) -> None:
        self.alert = alert
        self.messages = messages

    def includes(self, message: Delivery) -> bool:
        if self.is_over:
            return False
        return self._wants(message) or ((message.duty or self.alert.is_duty) and message.address in self.on_duty)

    def _wants(self, message: Delivery) -> bool:
        reasons = {reason.pk for reason in message.reasons.all()}
        if self.alert.rule in matching.TO_THOSE_TOLD_BEFORE and message.address not in self.told_before:
            return False
        # Every reason of a single message led to it; in a digest some led to other alerts.
        asks_again = message.cadence != Cadence.IMMEDIATE or self.alert.rule == Rule.SUSPECTED
        return bool(reasons & self.subscribed) if asks_again else bool(reasons)

    @cached_property
    def is_over(self) -> bool:
        """It became confidential, nothing of it stands any more, or staff have meanwhile done what it asks for."""
        report = self.alert.report
        if (report and report.confidential) or _is_done(self.alert):
            return True
        said = told.as_it_stands(self.alert)
        self.alert.facts = said or self.alert.facts
        return said is None

    @cached_property
    def subscribed(self) -> set[UUID]:
        reasons = {reason.pk for message in self.messages for reason in message.reasons.all()}
        return set(matching.meant_for(self.alert).filter(pk__in=reasons).values_list("pk", flat=True))

    @cached_property
    def on_duty(self) -> set[str]:
        people = matching.on_duty(self.alert).filter(reader_address__in=self._addresses)
        return set(people.values_list("reader_address", flat=True))

    @cached_property
    def told_before(self) -> set[str]:
        before = told.already(self.alert).filter(address__in=self._addresses)
        return set(before.values_list("address", flat=True))

    @property
    def _addresses(self) -> list[str]:
        return [message.address for message in self.messages]


def _is_done(alert: Alert) -> bool:
    if alert.rule in {Rule.REMINDER, Rule.ESCALATION}:
        return alert.acknowledged_at is not None
    if alert.rule == Rule.EVIDENCE_MISMATCH:
        return not damaged_still(alert.facts["originals"]["damages"])
    if alert.rule == Rule.REVIEW_WAITING:
        return alert.report is None or alert.report.state != State.SUBMITTED
    if alert.inspection:
        due_on = alert.inspection.due_on.isoformat()
        return not alert.inspection.is_open or due_on != alert.facts["inspection"]["due_on"]
    if alert.rule == Rule.INSPECTION_OVERDUE and alert.monument:
        seen = statuses([alert.monument.pk])[alert.monument.pk].assessed_on
        return (seen.isoformat() if seen else None) != alert.facts["overdue"]["assessed_on"]
    return False
