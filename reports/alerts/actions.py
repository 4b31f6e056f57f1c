"""Subscribing, raising alerts, and writing the outbox."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from email.utils import make_msgid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.alerts import facts, matching, rules
from reports.alerts.models import Alert, Delivery, Scope, Severity, Subscription
from reports.conditions import status
from reports.conditions.actions import Change
from reports.conditions.models import ConditionReport
from sites.models import Monument, Site

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


def subscribe(
    *,
    user: PermissionsMixin,
    language: str,
    site: Site | None = None,
    monument: Monument | None = None,
    country: str = "",
    min_severity: Severity = Severity.INFO,
) -> Subscription:
    """Tell this person from now on about one site, monument or country, or about everything.

    Who is subscribed already keeps the subscription, with the new language and severity.
    """
    scope = Scope.SITE if site else Scope.MONUMENT if monument else Scope.COUNTRY if country else Scope.ALL
    about = {"user_id": user.pk, "scope": scope, "site": site, "monument": monument, "country": country}
    wishes = {"language": language, "min_severity": min_severity}
    try:
        subscription, new = Subscription.objects.running().get_or_create(**about, defaults=wishes)
    except IntegrityError:  # pressed twice at once: the other request made it
        subscription, new = Subscription.objects.running().get(**about), False
    if not new:
        Subscription.objects.filter(pk=subscription.pk).update(**wishes)
        subscription.refresh_from_db()
    return subscription


def end(subscription: Subscription) -> None:
    """Tell them no longer; what is in the outbox for this reason alone is withheld."""
    Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=timezone.now())


def end_reasons(delivery: Delivery) -> None:
    """End every subscription that led to this message: what "unsubscribe" in it promises."""
    for subscription in delivery.reasons.all():
        end(subscription)


def raise_alert(
    report: ConditionReport,
    change: Change,
    before: Sequence[status.Period],
    after: Sequence[status.Period],
) -> Alert | None:
    """Write the alert of a publication in its transaction; None where there is nothing to tell."""
    threats = [rules.ThreatFacts(**row) for row in report.threats.values("category", "cause", "probability")]
    finding = rules.assess(change, report.observed_on, threats, before, after)
    if finding is None:
        return None
    day = report.observed_on
    return Alert.objects.create(
        key=f"{change}:{report.pk}",
        rule=finding.rule,
        severity=finding.severity,
        monument=report.monument,
        report=report,
        facts=facts.gather(report, status.at(before, day), status.at(after, day)),
    )


@transaction.atomic
def fan_out(alert_id: UUID) -> list[UUID]:
    """Write a delivery for each address that must hear of the alert; returns those still to be sent.

    Runs as often as you like: an address has one delivery of an alert.
    """
    alert = Alert.objects.select_for_update().select_related("monument__site", "report").get(pk=alert_id)
    if alert.fanned_out_at is None:
        for address, reasons in matching.by_address(alert).items():
            _enter(alert, address, reasons)
        alert.fanned_out_at = timezone.now()
        alert.save(update_fields=["fanned_out_at"])
    return list(alert.deliveries.filter(settled_at=None).values_list("pk", flat=True))


def _enter(alert: Alert, address: str, reasons: list[Subscription]) -> None:
    delivery, _ = Delivery.objects.get_or_create(
        alert=alert,
        address=address,
        defaults={"language": reasons[-1].language, "message_id": _message_id()},
    )
    delivery.reasons.add(*reasons)


def _message_id() -> str:
    """Fixed when the delivery is born, so that a repeat can be recognised."""
    return make_msgid(domain=urlsplit(settings.BASE_URL).hostname)


def resend(delivery: Delivery, *, now: datetime.datetime | None = None) -> None:
    """Put a settled delivery back into the outbox, under the same Message-ID."""
    Delivery.objects.filter(pk=delivery.pk).update(
        settled_at=None, outcome="", due_at=now or timezone.now(), tries=0, last_error=""
    )
