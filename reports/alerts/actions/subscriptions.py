"""Subscribing, changing one's mind, and showing that one still reads."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from reports.alerts import queries, tokens
from reports.alerts.models import (
    ALL_KINDS,
    EMAIL,
    Alert,
    Delivery,
    Endpoint,
    Kind,
    Rule,
    Scope,
    Search,
    Severity,
    Subscription,
    Suppression,
)
from reports.restoration.models import Plan
from sites.models import Monument, Responsibility, Site

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

ASKS_AGAIN_AFTER = datetime.timedelta(hours=1)
A_DAY = datetime.timedelta(days=1)
MOST_QUESTIONS = 10
"""So many times a day is one address asked whether it was them."""
VERIFIES = "conditions.verify_conditionreport"
EDITS = "conditions.change_conditionreport"


def subscribe(
    *,
    user: PermissionsMixin,
    language: str,
    site: Site | None = None,
    monument: Monument | None = None,
    country: str = "",
    search: Search | None = None,
    plan: Plan | None = None,
    channel: str = EMAIL,
    endpoint: Endpoint | None = None,
    min_severity: Severity = Severity.INFO,
) -> Subscription:
    """Tell this person from now on about one site, monument, country, search or plan, or about everything.

    Who is subscribed already in this way keeps the subscription, with the new language and severity.
    """
    about = _about(site, monument, country, search, plan) | {
        "user_id": user.pk,
        "channel": channel,
        "endpoint": endpoint,
    }
    wishes = {"language": language, "min_severity": min_severity}
    try:
        with transaction.atomic():
            subscription, new = Subscription.objects.running().get_or_create(
                **about, defaults={**wishes, "confirmed_at": timezone.now()}
            )
    except IntegrityError:  # pressed twice at once: the other request made it
        subscription, new = Subscription.objects.running().get(**about), False
    if not new:
        Subscription.objects.filter(pk=subscription.pk).update(**wishes, paused_at=None)
        subscription.refresh_from_db()
    return subscription


def running_of(
    user: PermissionsMixin, *, site: Site | None = None, country: str = "", search: Search | None = None
) -> Subscription | None:
    """What this person hears about that place, by whatever channel but a webhook."""
    own = Subscription.objects.running().filter(user=user.pk, endpoint=None)
    return own.filter(**_about(site, None, country, search)).first()


def ask(
    *,
    address: str,
    language: str,
    time_zone: str = "UTC",
    site: Site | None = None,
    monument: Monument | None = None,
    country: str = "",
    search: Search | None = None,
    plan: Plan | None = None,
    kinds: int = ALL_KINDS,
) -> tuple[Subscription, bool]:
    """An outsider asks to be told: nothing goes to the address but the question whether it was them.

    Returns the subscription, and whether the question is to be sent: once an hour at most for the same thing,
    ten times a day for all, and not to who has confirmed that they want these `kinds`. Raises ValidationError.
    """
    about = _about(site, monument, country, search, plan) | {"address": address.strip().lower(), "user": None}
    now = timezone.now()
    standing = Subscription.objects.filter(**about, ended_at=None).first()
    if standing:
        waits = Q(asked_at__lt=now - ASKS_AGAIN_AFTER) | Q(confirmed_at__gte=F("asked_at"))
        again = Subscription.objects.filter(waits, pk=standing.pk)
        may_ask = not standing.has_confirmed(kinds) and _may_ask(standing.address, now)
        return standing, may_ask and again.update(asked_at=now) == 1
    subscription = Subscription(**about, language=language, time_zone=time_zone, asked_at=now, kinds=kinds)
    subscription.full_clean()
    may_ask = _may_ask(subscription.address, now)
    subscription.save()
    return subscription, may_ask


def _may_ask(address: str, now: datetime.datetime) -> bool:
    """Whoever enters it on whatever page, from wherever: a mailbox is not filled with questions."""
    waiting = Q(confirmed_at=None) | Q(confirmed_at__lt=F("asked_at"))
    asked = Subscription.objects.filter(waiting, user=None, address=address, asked_at__gt=now - A_DAY)
    return asked.count() < MOST_QUESTIONS


def forget_unconfirmed() -> None:
    """Addresses that never said yes, once their question is no longer valid, and the searches made for them."""
    unanswered = Subscription.objects.filter(
        user=None, confirmed_at=None, asked_at__lt=timezone.now() - tokens.CONFIRM_WITHIN
    )
    unanswered.delete()
    wanted = Subscription.objects.filter(search=OuterRef("pk"))
    Search.objects.filter(~Exists(wanted), user=None, created_at__lt=timezone.now() - tokens.CONFIRM_WITHIN).delete()


def confirm(subscription: Subscription, kinds: int | None = None) -> None:
    """From its mailbox: it was them, and they want these kinds, beside what they confirmed before."""
    now, kinds = timezone.now(), kinds or subscription.kinds
    own = Subscription.objects.filter(pk=subscription.pk)
    if not own.filter(confirmed_at=None).update(confirmed_at=now, kinds=kinds):
        own.update(confirmed_at=now, kinds=F("kinds").bitor(kinds))
    renew([subscription])


def renew(subscriptions: list[Subscription]) -> None:
    """A sign of their readers: for another year nobody asks."""
    keys = [subscription.pk for subscription in subscriptions]
    Subscription.objects.filter(pk__in=keys).update(renewed_at=timezone.now(), renewal_asked_at=None)


def change(subscription: Subscription) -> Subscription:
    """Save changed wishes. Raises ValidationError."""
    subscription.renewed_at, subscription.renewal_asked_at = timezone.now(), None
    subscription.full_clean()
    subscription.save()
    return subscription


def pause(subscription: Subscription) -> None:
    """Tell them nothing until they take it up again; what is in the outbox for this reason alone is withheld."""
    Subscription.objects.filter(pk=subscription.pk, paused_at=None).update(paused_at=timezone.now())
    renew([subscription])


def resume(subscription: Subscription) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(paused_at=None)
    renew([subscription])


def end(subscription: Subscription) -> None:
    """Tell them no longer; what is in the outbox for this reason alone is withheld."""
    Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=timezone.now())


def end_reasons(delivery: Delivery) -> None:
    """End every subscription that led to this message: what "unsubscribe" in it promises."""
    is_weekly = delivery.alert is not None and delivery.alert.rule == Rule.WEEKLY_REPORT
    for subscription in delivery.reasons.all():
        (stop_weekly if is_weekly else end)(subscription)


def stop_weekly(subscription: Subscription) -> None:
    """Send them the weekly report no longer; what else they asked for goes on."""
    if others := subscription.kinds & ~Kind.WEEKLY:
        Subscription.objects.filter(pk=subscription.pk).update(kinds=others)
    else:
        end(subscription)


def tell_whom_it_concerns(responsibility: Responsibility) -> None:
    """Who is made to answer for a site or country hears of it by default: editors of all, verifiers of what weighs.

    It is a subscription like any other, to change or to end.
    """
    user = responsibility.user
    if user.has_perm(VERIFIES):
        least = Severity.MAJOR
    elif user.has_perm(EDITS):
        least = Severity.INFO
    else:
        return
    own = Subscription.objects.filter(user=user.pk, channel=EMAIL)
    about = _about(responsibility.site, None, str(responsibility.country), None)
    if own.filter(**about).exists():  # also one that was ended: they do not want it
        return
    subscribe(
        user=user,
        language=user.language or "en",
        site=responsibility.site,
        country=str(responsibility.country),
        min_severity=least,
    )


def lift(address: str) -> None:
    """Try an address again that refused our messages."""
    Suppression.objects.filter(address=address.lower()).delete()


def read(address: str, alert: Alert | None = None) -> None:
    """Whose address this is has read in the portal what told of this alert, or all."""
    about = Q(alert=alert) | Q(items__alert=alert) if alert else Q()
    queries.unread(address).filter(about).update(read_at=timezone.now())


def _about(
    site: Site | None,
    monument: Monument | None,
    country: str,
    search: Search | None = None,
    plan: Plan | None = None,
) -> dict[str, Any]:
    things = {"site": site, "monument": monument, "country": country, "search": search, "plan": plan}
    scope = next((Scope(name) for name, thing in things.items() if thing), Scope.ALL)
    return {"scope": scope, **things}
