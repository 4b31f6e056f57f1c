"""Writing alerts and their outbox."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reports.alerts import facts, fanout, rules, warned
from reports.alerts.models import KIND_OF_RULE, Alert, Kind, Rule, Severity
from reports.conditions import status
from reports.conditions.actions import Change
from reports.conditions.models import ConditionReport
from reports.evidence.models import DamagedOriginal
from reports.evidence.queries import damages_by_site
from reports.inspections.models import Inspection
from reports.restoration.models import Plan, PlanStep
from reports.situation.models import SituationEvent
from reports.vocabulary import GRADE_RANK
from sites.models import Monument

JOINS_WITHIN = datetime.timedelta(hours=6)
OF_DAMAGE = [rule for rule, kind in KIND_OF_RULE.items() if kind == Kind.DAMAGE]


def raise_alert(
    report: ConditionReport,
    change: Change,
    before: Sequence[status.Period],
    after: Sequence[status.Period],
    *,
    in_bulk: bool = False,
    together: bool = False,
) -> Alert | None:
    """Write the alert of a publication in its transaction; None where there is nothing to tell."""
    day = report.observed_on
    findings = rules.assess(change, day, warned.warnings(report), before, after, today=timezone.localdate())
    if not findings:
        return None
    finding, held = findings[0], status.at(after, day)
    first = _first_of_event(report, finding, held)
    return Alert.objects.create(
        key=f"{change}:{report.pk}",
        rule=finding.rule,
        severity=finding.severity,
        also_about=_also_about(findings),
        site=report.monument.site,
        monument=report.monument,
        report=report,
        facts=facts.gather(report, status.at(before, day), held),
        joins=first,
        fanned_out_at=timezone.now() if first else None,
        in_bulk=in_bulk,
        together=together,
    )


def _also_about(findings: Sequence[rules.Finding]) -> int:
    return reduce(or_, (KIND_OF_RULE[finding.rule] for finding in findings[1:]), 0)


def raise_for_event(event: SituationEvent) -> Alert:
    """Write the alert of something that happened at a site."""
    finding = _finding_of(event)
    if event.supersedes:
        finding = rules.of_corrected_event(_finding_of(event.supersedes), finding)
    return _of_event(f"event:{event.pk}", event, finding)


def raise_for_retraction(event: SituationEvent) -> Alert:
    """Write the alert of an event that was withdrawn, for those who were told of it."""
    return _of_event(f"event:{event.pk}:retracted", event, rules.Finding(Rule.RETRACTION, Severity.INFO))


def _finding_of(event: SituationEvent) -> rules.Finding:
    return rules.of_event(event.kind, event.certainty, event.happened_on, timezone.localdate())


def _of_event(key: str, event: SituationEvent, finding: rules.Finding) -> Alert:
    return Alert.objects.create(
        key=key,
        rule=finding.rule,
        severity=finding.severity,
        site=event.site,
        monument=event.monument,
        event=event,
        facts=facts.of_event(event),
    )


def raise_for_plan(plan: Plan, before: tuple[str, str] | None, step: PlanStep) -> Alert | None:
    """Write the alert of a plan that is new or that took a step; `before`: status and phase, None for a new one."""
    moved = step.progress is not None or step.planned_to is not None
    is_news = moved and not step.void and step.counts_from >= plan.changed_on
    finding = rules.of_plan(before, (plan.status, plan.phase), tells_progress=is_news)
    if finding is None:
        return None
    return Alert.objects.create(
        key=f"plan:{plan.pk}:{step.pk}",
        rule=finding.rule,
        severity=finding.severity,
        site=plan.site,
        monument=plan.monument,
        plan=plan,
        facts=facts.of_plan(plan, before[0] if before else "", step),
    )


def raise_for_late_plan(plan: Plan, rule: Rule, key: str, said: dict[str, Any]) -> Alert | None:
    """Tell that a plan is overdue, or that nothing was heard of it, once for this key; None where that was done."""
    key = f"plan:{plan.pk}:{key}"
    if Alert.objects.filter(key=key).exists():
        return None
    alert, new = Alert.objects.get_or_create(
        key=key,
        defaults={
            "rule": rule,
            "severity": Severity.MINOR,
            "site": plan.site,
            "monument": plan.monument,
            "plan": plan,
            "facts": {**facts.of_plan(plan, plan.status), **said},
        },
    )
    return alert if new else None


def raise_duty(
    key: str,
    rule: Rule,
    monument: Monument,
    said: dict[str, Any],
    *,
    report: ConditionReport | None = None,
    inspection: Inspection | None = None,
) -> Alert | None:
    """Tell those whose duty it is, once for this key; None where it was told before."""
    alert, new = Alert.objects.get_or_create(
        key=key,
        defaults={
            "rule": rule,
            "severity": Severity.MINOR,
            "site": monument.site,
            "monument": monument,
            "report": report,
            "inspection": inspection,
            "facts": {**facts.of_place(monument.site, monument), **said},
        },
    )
    return alert if new else None


def raise_for_originals(damages: Sequence[DamagedOriginal]) -> list[Alert]:
    """Write the alerts of files that are not what was stored: one for each site."""
    of_site = defaultdict(list)
    for site, damage in damages_by_site(damages):
        of_site[site].append(damage)
    return [
        Alert.objects.create(
            key=f"{Rule.EVIDENCE_MISMATCH}:{site.pk}:{some[0].pk}",
            rule=Rule.EVIDENCE_MISMATCH,
            severity=Severity.CRITICAL,
            site=site,
            facts=facts.of_originals(site, some),
        )
        for site, some in of_site.items()
    ]


def repeat(alert: Alert, rule: Rule) -> Alert | None:
    """Tell a critical alert again that nobody has acknowledged; None where that was done before."""
    again, new = Alert.objects.get_or_create(
        key=f"{rule}:{alert.pk}",
        defaults={
            "rule": rule,
            "severity": Severity.CRITICAL,
            "site": alert.site,
            "monument": alert.monument,
            "report": alert.report,
            "event": alert.event,
            "plan": alert.plan,
            "repeats": alert,
            "facts": {**alert.facts, "repeats": alert.rule},
        },
    )
    return again if new else None


def _first_of_event(report: ConditionReport, finding: rules.Finding, held: status.Status) -> Alert | None:
    """The alert that a further report of the same event joins instead of telling everybody again.

    Of damage to the same monument at about the same time, raised within six hours, as severe or more so,
    and of no lower grade: whatever rises goes out at once. A threat is only told when it is new or graver.
    """
    if KIND_OF_RULE[finding.rule] != Kind.DAMAGE:
        return None
    near = datetime.timedelta(days=status.CONTEST_DAYS)
    recent = Alert.objects.told().filter(monument=report.monument, severity__gte=finding.severity)
    recent = recent.filter(rule__in=OF_DAMAGE, raised_at__gt=timezone.now() - JOINS_WITHIN)
    recent = recent.filter(report__date_to__range=(report.observed_on - near, report.observed_on + near))
    for first in recent.order_by("raised_at"):
        if (held.rank or 0) <= GRADE_RANK.get(first.facts["after"]["damage_grade"], 0):
            return first
    return None


@transaction.atomic
def fan_out(alert_id: UUID) -> dict[str, int]:
    """Write the outbox of an alert; returns by channel how many messages are due. Runs as often as you like."""
    related = ("monument", "site", "situation_report", "report__organisation", "inspection__organisation")
    alert = Alert.objects.select_for_update(of=("self",)).select_related(*related).get(pk=alert_id)
    now = timezone.now()
    if alert.fanned_out_at is None:
        fanout.write(alert, now)
        alert.fanned_out_at = now
        alert.save(update_fields=["fanned_out_at"])
    due = alert.deliveries.due(now).order_by().values_list("channel", flat=True)
    return {channel: due.filter(channel=channel).count() for channel in due.distinct()}
