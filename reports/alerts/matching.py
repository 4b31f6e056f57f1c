"""Who must hear of an alert."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from reports.alerts.models import KIND_OF_RULE, Alert, Cadence, Delivery, Rule, Scope, Search, Severity, Subscription
from reports.alerts.queries import SubscriptionQuerySet, without_refused
from reports.conditions.models import ConditionReport
from reports.conditions.queries import statuses
from reports.conditions.workflow import State
from sites.models import Responsibility

TO_THOSE_TOLD_BEFORE = {Rule.CORRECTION, Rule.RETRACTION}
VERIFIES = "conditions.verify_conditionreport"
EDITS = "conditions.change_conditionreport"
ADMINISTERS = "alerts.resend_delivery"
DUTY_OF = {Rule.REVIEW_WAITING: VERIFIES, Rule.INSPECTION_OVERDUE: EDITS, Rule.REMINDER: EDITS}
"""Whose duty it is, of those who answer for the site."""


def audience(alert: Alert) -> SubscriptionQuerySet:
    """The running subscriptions for which this alert is meant, each with its `reader_address`."""
    running = Subscription.objects.running().addressed()
    if alert.is_duty:
        return running.none()
    if alert.rule in TO_THOSE_TOLD_BEFORE:
        return running.filter(pk__in=_told_before(alert).values("reasons"))
    found = running.filter(_scope(alert), min_severity__lte=alert.severity)
    wanted = found.annotate(wants=F("kinds").bitand(KIND_OF_RULE[Rule(alert.rule)])).filter(wants__gt=0)
    return wanted.filter(user__in=_holders(VERIFIES).values("pk")) if alert.rule == Rule.SUSPECTED else wanted


def on_duty(alert: Alert) -> QuerySet:
    """The people who hear of it whatever they subscribed to, each with `reader_address`."""
    return without_refused(_on_duty(alert).annotate(reader_address=Lower("email"), reader_language=_language()))


def may_hear(alert: Alert, delivery: Delivery, reasons: Sequence[Subscription]) -> bool:
    """Asked again when the message is sent: as much as the portal would show this reader now, and still wanted."""
    if (alert.report and alert.report.confidential) or _is_done(alert):
        return False
    if _wants(alert, delivery, reasons):
        return True
    return (delivery.duty or alert.is_duty) and on_duty(alert).filter(reader_address=delivery.address).exists()


def _is_done(alert: Alert) -> bool:
    """Whether staff have meanwhile done what they are told to do."""
    if alert.rule in {Rule.REMINDER, Rule.ESCALATION}:
        return alert.acknowledged_at is not None
    if alert.rule == Rule.REVIEW_WAITING:
        return alert.report is None or alert.report.state != State.SUBMITTED
    if alert.rule == Rule.INSPECTION_OVERDUE and alert.monument:
        seen = statuses([alert.monument.pk])[alert.monument.pk].assessed_on
        return (seen.isoformat() if seen else None) != alert.facts["overdue"]["assessed_on"]
    return False


def _wants(alert: Alert, delivery: Delivery, reasons: Sequence[Subscription]) -> bool:
    if not reasons:
        return False
    if alert.rule == Rule.SUSPECTED:
        return any(reason.user and reason.user.has_perm(VERIFIES) for reason in reasons)
    if delivery.cadence == Cadence.IMMEDIATE:
        return True  # every reason led to this one alert
    return audience(alert).filter(pk__in=[reason.pk for reason in reasons]).exists()


def _on_duty(alert: Alert) -> QuerySet:
    if alert.rule in TO_THOSE_TOLD_BEFORE:
        told = _told_before(alert).filter(duty=True).values("address")
        return _active().annotate(lowered=Lower("email")).filter(lowered__in=told)
    if alert.rule == Rule.ESCALATION:
        return _holders(ADMINISTERS)
    if alert.rule in DUTY_OF:
        return _of_its_team(alert, _answering_for(alert, DUTY_OF[Rule(alert.rule)]))
    needs_somebody = alert.severity == Severity.CRITICAL and not alert.in_bulk
    return _answering_for(alert, EDITS) if needs_somebody else _active().none()


def _active() -> QuerySet:
    return get_user_model().objects.filter(is_active=True)


def _holders(permission: str) -> QuerySet:
    app, codename = permission.split(".")
    permissions = Permission.objects.filter(content_type__app_label=app, codename=codename)
    granted = Q(is_superuser=True) | Q(groups__permissions__in=permissions) | Q(user_permissions__in=permissions)
    users = get_user_model().objects.filter(granted).values("pk")
    return _active().filter(pk__in=users)


def _answering_for(alert: Alert, permission: str) -> QuerySet:
    """Those whose role holds for the site; a superuser is there to repair things, not to look after monuments."""
    own = Responsibility.objects.filter(user=OuterRef("pk"))
    here = own.filter(Q(site=alert.site_id) | Q(country=str(alert.site.country)))
    return _holders(permission).filter(Exists(here) | ~Exists(own), is_superuser=False)


def _of_its_team(alert: Alert, people: QuerySet) -> QuerySet:
    """What a silo works on is known to its people and to neutral ones."""
    team = alert.report.organisation if alert.report else None
    if team is None or not team.silo:
        return people
    return people.filter(Q(organisation=team) | Q(organisation=None))


def _language() -> Any:
    return Case(When(language="", then=Value(settings.LANGUAGE_CODE)), default=F("language"))


def _scope(alert: Alert) -> Q:
    of_place = Q(scope=Scope.ALL) | Q(scope=Scope.COUNTRY, country=str(alert.site.country))
    of_place |= Q(scope=Scope.SITE, site=alert.site_id)
    searched = Search.objects.finding(alert.site, alert.monument)
    if searched:
        of_place |= Q(scope=Scope.SEARCH, search__in=searched)
    if alert.monument is None:
        return of_place | Q(scope=Scope.MONUMENT, monument__site=alert.site_id)
    return of_place | Q(scope=Scope.MONUMENT, monument__in=[alert.monument.pk, alert.monument.parent_id])


def _told_before(alert: Alert) -> QuerySet:
    """Every message about the report, or about what it corrects."""
    chain: list[UUID] = []
    report: ConditionReport | None = alert.report
    while report:
        chain.append(report.pk)
        report = report.supersedes
    about = Q(alert__report__in=chain) | Q(items__alert__report__in=chain)
    return Delivery.objects.filter(about)
