"""Who must hear of an alert."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import Q

from reports.alerts.models import Alert, Delivery, Rule, Scope, Subscription
from reports.alerts.queries import SubscriptionQuerySet
from reports.conditions.models import ConditionReport

TO_THOSE_TOLD_BEFORE = {Rule.CORRECTION, Rule.RETRACTION}


def audience(alert: Alert) -> SubscriptionQuerySet:
    """The running subscriptions for which this alert is meant."""
    running = Subscription.objects.running().select_related("user")
    if alert.rule in TO_THOSE_TOLD_BEFORE:
        return running.filter(pk__in=_told_before(alert))
    return running.filter(_scope(alert), min_severity__lte=alert.severity)


def by_address(alert: Alert) -> dict[str, list[Subscription]]:
    """The audience by e-mail address: one message each, however many subscriptions match."""
    found: dict[str, list[Subscription]] = defaultdict(list)
    for subscription in audience(alert).order_by("created_at"):
        if may_hear(alert, subscription):
            found[subscription.user.email].append(subscription)
    return found


def may_hear(alert: Alert, subscription: Subscription) -> bool:
    """Suspicions go to those who can verify them; what is published goes to everybody."""
    if alert.rule != Rule.SUSPECTED:
        return True
    return subscription.user.has_perm("conditions.verify_conditionreport")


def _scope(alert: Alert) -> Q:
    monument = alert.monument
    return (
        Q(scope=Scope.ALL)
        | Q(scope=Scope.COUNTRY, country=str(monument.site.country))
        | Q(scope=Scope.SITE, site=monument.site_id)
        | Q(scope=Scope.MONUMENT, monument__in=[monument.pk, monument.parent_id])
    )


def _told_before(alert: Alert) -> set:
    """The subscriptions behind every delivery about the report, or about what it corrects."""
    chain: list[UUID] = []
    report: ConditionReport | None = alert.report
    while report:
        chain.append(report.pk)
        report = report.supersedes
    earlier = Delivery.objects.filter(alert__report__in=chain).exclude(alert=alert)
    return set(earlier.values_list("reasons", flat=True)) - {None}
