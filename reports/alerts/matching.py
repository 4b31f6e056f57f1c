"""Who must hear of an alert."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from reports.alerts import told, weekly
from reports.alerts.models import Alert, Rule, Scope, Search, Severity, Subscription
from reports.alerts.queries import SubscriptionQuerySet, without_refused
from sites.models import Responsibility

TO_THOSE_TOLD_BEFORE = {Rule.CORRECTION, Rule.RETRACTION}
VERIFIES = "conditions.verify_conditionreport"
EDITS = "conditions.change_conditionreport"
ADMINISTERS = "alerts.resend_delivery"
DUTY_OF = {Rule.REVIEW_WAITING: VERIFIES, Rule.INSPECTION_OVERDUE: EDITS, Rule.REMINDER: EDITS}
"""Whose duty it is, of those who answer for the site."""


def audience(alert: Alert) -> SubscriptionQuerySet:
    """The running subscriptions for which this alert is meant, each with its `reader_address`; none that refuses."""
    found: SubscriptionQuerySet = meant_for(alert).addressed()
    return found


def meant_for(alert: Alert) -> SubscriptionQuerySet:
    """The running subscriptions for which this alert is meant, none that is paused."""
    running = Subscription.objects.telling()
    if alert.is_duty:
        return running.none()
    if alert.rule in TO_THOSE_TOLD_BEFORE:
        return running.filter(pk__in=told.already(alert).values("reasons"))
    wants = _scope(alert) & Q(min_severity__lte=alert.severity, in_common__gt=0)
    stated = alert.report or alert.event
    if stated and stated.supersedes_id:
        # A correction that is news to others is one to those who were, or are about to be, told of the first.
        wants |= Q(pk__in=told.of_the_report(alert).values("reasons"))
    wanted = running.annotate(in_common=F("kinds").bitand(alert.kinds)).filter(wants)
    return wanted.filter(user__in=_holders(VERIFIES).values("pk")) if alert.rule == Rule.SUSPECTED else wanted


def on_duty(alert: Alert) -> QuerySet:
    """The people who hear of it whatever they subscribed to, each with `reader_address`."""
    return without_refused(_on_duty(alert).annotate(reader_address=Lower("email"), reader_language=_language()))


def _on_duty(alert: Alert) -> QuerySet:
    if alert.rule in TO_THOSE_TOLD_BEFORE:
        addresses = told.already(alert).filter(duty=True).values("address")
        return _active().annotate(lowered=Lower("email")).filter(lowered__in=addresses)
    if alert.rule == Rule.ESCALATION or _is_of_originals(alert):
        return _holders(ADMINISTERS)
    if alert.inspection:
        editors = _of_its_team(alert, _answering_for(alert, EDITS))
        return _active().filter(Q(pk__in=editors.values("pk")) | Q(pk=alert.inspection.assigned_to_id))
    if alert.rule in DUTY_OF:
        return _of_its_team(alert, _answering_for(alert, DUTY_OF[Rule(alert.rule)]))
    needs_somebody = alert.severity == Severity.CRITICAL and not alert.in_bulk
    return _answering_for(alert, EDITS) if needs_somebody else _active().none()


def _is_of_originals(alert: Alert) -> bool:
    """What happens to files is for who looks after the installation; of which evidence is nobody else's business."""
    return Rule.EVIDENCE_MISMATCH in {alert.rule, alert.repeats.rule if alert.repeats else ""}


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
    if alert.site is None:
        return _active().none()
    own = Responsibility.objects.filter(user=OuterRef("pk"))
    here = own.filter(Q(site=alert.site_id) | Q(country=str(alert.site.country)))
    return _holders(permission).filter(Exists(here) | ~Exists(own), is_superuser=False)


def _of_its_team(alert: Alert, people: QuerySet) -> QuerySet:
    """What a silo works on is known to its people and to neutral ones."""
    work = alert.report or alert.inspection
    team = work.organisation if work else None
    if team is None or not team.silo:
        return people
    return people.filter(Q(organisation=team) | Q(organisation=None))


def _language() -> Any:
    return Case(When(language="", then=Value(settings.LANGUAGE_CODE)), default=F("language"))


def _scope(alert: Alert) -> Q:
    if alert.situation_report:
        return weekly.following(alert.situation_report)
    if alert.site is None:
        return Q(pk=None)
    of_place = Q(scope=Scope.ALL) | Q(scope=Scope.COUNTRY, country=str(alert.site.country))
    of_place |= Q(scope=Scope.SITE, site=alert.site_id)
    if alert.plan:
        further = list(alert.plan.further_monuments.values_list("pk", flat=True))
        of_place |= Q(scope=Scope.PLAN, plan=alert.plan) | Q(scope=Scope.MONUMENT, monument__in=further)
    searched = Search.objects.finding(alert.site, alert.monument)
    if searched:
        of_place |= Q(scope=Scope.SEARCH, search__in=searched)
    if alert.monument is None:
        return of_place | Q(scope=Scope.MONUMENT, monument__site=alert.site_id)
    return of_place | Q(scope=Scope.MONUMENT, monument__in=[alert.monument.pk, alert.monument.parent_id])
