"""Subscribing, raising alerts, and writing the outbox."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.alerts import facts, fanout, matching, rules
from reports.alerts.models import Alert, Delivery, Scope, Severity, Subscription, Suppression
from reports.conditions import status
from reports.conditions.actions import Change
from reports.conditions.models import ConditionReport
from reports.vocabulary import GRADE_RANK
from sites.models import Monument, Site

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

ASKS_AGAIN_AFTER = datetime.timedelta(hours=1)
JOINS_WITHIN = datetime.timedelta(hours=6)


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
    about = _about(site, monument, country) | {"user_id": user.pk}
    wishes = {"language": language, "min_severity": min_severity}
    try:
        subscription, new = Subscription.objects.running().get_or_create(
            **about, defaults={**wishes, "confirmed_at": timezone.now()}
        )
    except IntegrityError:  # pressed twice at once: the other request made it
        subscription, new = Subscription.objects.running().get(**about), False
    if not new:
        Subscription.objects.filter(pk=subscription.pk).update(**wishes)
        subscription.refresh_from_db()
    return subscription


def ask(
    *,
    address: str,
    language: str,
    time_zone: str = "UTC",
    site: Site | None = None,
    monument: Monument | None = None,
    country: str = "",
) -> tuple[Subscription, bool]:
    """An outsider asks to be told: nothing goes to the address but the question whether it was them.

    Returns the subscription, and whether the question is to be sent: once an hour at most, and not to
    who has confirmed. Raises ValidationError.
    """
    about = _about(site, monument, country) | {"address": address.strip().lower(), "user": None}
    now = timezone.now()
    standing = Subscription.objects.filter(**about, ended_at=None).first()
    if standing:
        again = Subscription.objects.filter(pk=standing.pk, confirmed_at=None, asked_at__lt=now - ASKS_AGAIN_AFTER)
        return standing, again.update(asked_at=now) == 1
    subscription = Subscription(**about, language=language, time_zone=time_zone, asked_at=now)
    subscription.full_clean()
    subscription.save()
    return subscription, True


def confirm(subscription: Subscription) -> None:
    """From its mailbox: it was them."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def change(subscription: Subscription) -> Subscription:
    """Save changed wishes. Raises ValidationError."""
    subscription.full_clean()
    subscription.save()
    return subscription


def _about(site: Site | None, monument: Monument | None, country: str) -> dict[str, Any]:
    scope = Scope.SITE if site else Scope.MONUMENT if monument else Scope.COUNTRY if country else Scope.ALL
    return {"scope": scope, "site": site, "monument": monument, "country": country}


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
    held = status.at(after, day)
    first = _first_of_event(report, finding, held)
    return Alert.objects.create(
        key=f"{change}:{report.pk}",
        rule=finding.rule,
        severity=finding.severity,
        monument=report.monument,
        report=report,
        facts=facts.gather(report, status.at(before, day), held),
        joins=first,
        fanned_out_at=timezone.now() if first else None,
    )


def _first_of_event(report: ConditionReport, finding: rules.Finding, held: status.Status) -> Alert | None:
    """The alert that a further report of the same event joins instead of telling everybody again.

    Of the same monument and for the same reason, raised within six hours, as severe or more so, and
    of no lower grade: whatever rises goes out at once.
    """
    if finding.rule in matching.TO_THOSE_TOLD_BEFORE:
        return None
    recent = Alert.objects.filter(monument=report.monument, joins=None, severity__gte=finding.severity)
    recent = recent.exclude(rule__in=matching.TO_THOSE_TOLD_BEFORE)
    recent = recent.filter(rule=finding.rule, raised_at__gt=timezone.now() - JOINS_WITHIN)
    first = recent.order_by("raised_at").first()
    if first is None or (held.rank or 0) > GRADE_RANK.get(first.facts["after"]["damage_grade"], 0):
        return None
    return first


@transaction.atomic
def fan_out(alert_id: UUID) -> list[UUID]:
    """Write the outbox of an alert; returns its messages that are due at once. Runs as often as you like."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("monument__site", "report").get(pk=alert_id)
    now = timezone.now()
    if alert.fanned_out_at is None:
        fanout.write(alert, now)
        alert.fanned_out_at = now
        alert.save(update_fields=["fanned_out_at"])
    return list(alert.deliveries.due(now).values_list("pk", flat=True))


def lift(address: str) -> None:
    """Try an address again that its mail server refused."""
    Suppression.objects.filter(address=address.lower()).delete()


def resend(delivery: Delivery, *, now: datetime.datetime | None = None) -> None:
    """Put a settled delivery back into the outbox, under the same Message-ID."""
    Delivery.objects.filter(pk=delivery.pk).update(
        settled_at=None, outcome="", due_at=now or timezone.now(), tries=0, last_error=""
    )
