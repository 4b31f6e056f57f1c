"""Who was told of a report before, and what is left to say of one that changed since its alert was raised."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from reports.alerts import facts
from reports.alerts.models import Alert, Attempt, Delivery, Outcome, Rule
from reports.alerts.queries import DeliveryQuerySet
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import State
from reports.situation.models import SituationEvent


def of_the_report(alert: Alert) -> DeliveryQuerySet:
    """Every earlier message about the report (or the event), or about what it corrects, come what may of it."""
    about_same = Q(event__in=_chain(alert.event)) if alert.event else Q(report__in=_chain(alert.report))
    earlier = Alert.objects.filter(about_same, raised_at__lte=alert.raised_at)
    earlier = earlier.exclude(pk=alert.pk).exclude(rule=Rule.REVIEW_WAITING)
    about: DeliveryQuerySet = Delivery.objects.filter(Q(alert__in=earlier) | Q(items__alert__in=earlier))
    return about


def _chain(stated: ConditionReport | SituationEvent | None) -> list[UUID]:
    chain: list[UUID] = []
    while stated:
        chain.append(stated.pk)
        stated = stated.supersedes
    return chain


def already(alert: Alert) -> DeliveryQuerySet:
    """Of these, what was sent. A try without an end may have been: it is under way, or its worker died."""
    open_try = Attempt.objects.filter(delivery=OuterRef("pk"), ended_at=None)
    return of_the_report(alert).filter(Q(outcome=Outcome.SENT) | Q(Exists(open_try), settled_at=None))


def as_it_stands(alert: Alert) -> dict[str, Any] | None:
    """What is to be said to who has not been told yet; None where nothing of it stands any more.

    Of a report that was corrected, its correction; of one that was retracted, what another one says of the same.
    """
    if alert.event:
        return _event_as_it_stands(alert, alert.event)
    report = alert.report
    if report is None or alert.rule in {Rule.RETRACTION, Rule.REVIEW_WAITING} or report.state == State.PUBLISHED:
        return alert.facts
    newer = _correction(report) if report.state == State.SUPERSEDED else _further_witness(alert)
    return {**newer.facts, "before": alert.facts["before"]} if newer else None


def _event_as_it_stands(alert: Alert, event: SituationEvent) -> dict[str, Any] | None:
    if alert.rule == Rule.RETRACTION:
        return alert.facts
    while correction := event.corrections.filter(retracted_at=None).first():
        event = correction
    if event.retracted_at:
        return None
    return alert.facts if event.pk == alert.event_id else facts.of_event(event)


def _correction(report: ConditionReport) -> Alert | None:
    """That of the last one; None where the correction was told as news of its own."""
    last = report
    while later := last.corrections.filter(state__in=[State.PUBLISHED, State.SUPERSEDED]).first():
        last = later
    return Alert.objects.filter(report=last, rule=Rule.CORRECTION).first()


def _further_witness(alert: Alert) -> Alert | None:
    return alert.joined_by.filter(report__state=State.PUBLISHED).order_by("raised_at").first()
