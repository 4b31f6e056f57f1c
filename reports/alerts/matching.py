"""Who must hear of an alert."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import F, Q, QuerySet

from reports.alerts.models import KIND_OF_RULE, Alert, Delivery, Rule, Scope, Subscription
from reports.alerts.queries import SubscriptionQuerySet
from reports.conditions.models import ConditionReport

TO_THOSE_TOLD_BEFORE = {Rule.CORRECTION, Rule.RETRACTION}
VERIFIES = "verify_conditionreport"


def audience(alert: Alert) -> SubscriptionQuerySet:
    """The running subscriptions for which this alert is meant, each with its `reader_address`."""
    running = Subscription.objects.running().addressed()
    if alert.rule in TO_THOSE_TOLD_BEFORE:
        return running.filter(pk__in=_told_before(alert))
    found = running.filter(_scope(alert), min_severity__lte=alert.severity)
    wanted = found.annotate(wants=F("kinds").bitand(KIND_OF_RULE[Rule(alert.rule)])).filter(wants__gt=0)
    return wanted.filter(user__in=_verifiers()) if alert.rule == Rule.SUSPECTED else wanted


def may_hear(alert: Alert, subscription: Subscription) -> bool:
    """Suspicions go to those who can verify them; what is published goes to everybody."""
    if alert.rule != Rule.SUSPECTED:
        return True
    return subscription.user is not None and subscription.user.has_perm(f"conditions.{VERIFIES}")


def _verifiers() -> QuerySet:
    permission = Permission.objects.filter(content_type__app_label="conditions", codename=VERIFIES)
    granted = Q(is_superuser=True) | Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return get_user_model().objects.filter(granted).values("pk")


def _scope(alert: Alert) -> Q:
    monument = alert.monument
    return (
        Q(scope=Scope.ALL)
        | Q(scope=Scope.COUNTRY, country=str(monument.site.country))
        | Q(scope=Scope.SITE, site=monument.site_id)
        | Q(scope=Scope.MONUMENT, monument__in=[monument.pk, monument.parent_id])
    )


def _told_before(alert: Alert) -> QuerySet:
    """The subscriptions behind every message about the report, or about what it corrects."""
    chain: list[UUID] = []
    report: ConditionReport | None = alert.report
    while report:
        chain.append(report.pk)
        report = report.supersedes
    about = Q(alert__report__in=chain) | Q(items__alert__report__in=chain)
    return Delivery.objects.filter(about).values("reasons")
