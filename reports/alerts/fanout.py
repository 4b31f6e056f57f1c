"""Writing the outbox of an alert: a few statements for each way of hearing, however many readers there are."""

from __future__ import annotations

import datetime
from time import time_ns
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from reports.alerts import cadence, matching
from reports.alerts.cadence import Plan, Wishes
from reports.alerts.models import EMAIL, Alert, Cadence, Delivery, DigestItem, Rule, Severity
from reports.alerts.queries import SubscriptionQuerySet
from reports.alerts.transports import TRANSPORTS

WAITS = {Rule.FIRST_DAMAGE, Rule.POSSIBLE_THREAT, Rule.PLAN_STALLED, Rule.PLAN_OVERDUE}
"""Of little weight, as is what only informs: who hears at once gets it with the digest of the next morning."""

DUTY_CADENCE = {Rule.REVIEW_WAITING: Cadence.DAILY, Rule.INSPECTION_OVERDUE: Cadence.WEEKLY}
"""What waits for staff comes together; all else that is their duty, at once."""


def write(alert: Alert, now: datetime.datetime) -> None:
    """Enter the alert into the outbox for its whole audience; an address has an alert once.

    Who hears at once by one subscription gets no digest of it by another, and who has mail needs no
    word in the portal besides. Duty comes first, as its message asks for an acknowledgement.
    """
    _to_those_on_duty(alert, now)
    audience = matching.audience(alert)
    for channel, transport in TRANSPORTS.items():
        of_channel = audience.filter(channel=channel)
        for group, plan in _at_call(of_channel, now) if transport.to_programs else _plans(alert, of_channel, now):
            if plan.cadence == Cadence.IMMEDIATE:
                _at_once(alert, group, channel, plan.due_at)
            else:
                _in_digests(alert, group, channel, plan)
            _reasons(alert, group, channel)


def _to_those_on_duty(alert: Alert, now: datetime.datetime) -> None:
    people = matching.on_duty(alert).annotate(reader_since=F("date_joined"))
    if not people.exists():
        return
    wishes = Wishes(DUTY_CADENCE.get(Rule(alert.rule), Cadence.IMMEDIATE), settings.TIME_ZONE, None, None, True)
    plan = cadence.plan(
        wishes, now, critical=alert.severity == Severity.CRITICAL, can_wait=False, together=alert.together
    )
    if plan.cadence == Cadence.IMMEDIATE:
        _at_once(alert, people, EMAIL, plan.due_at, duty=True)
    else:
        _in_digests(alert, people, EMAIL, plan, duty=alert.together)


def _plans(alert: Alert, audience: SubscriptionQuerySet, now: datetime.datetime) -> list[tuple[QuerySet, Plan]]:
    """The audience by its ways of hearing, with what each means for this alert; at once comes first."""
    critical, can_wait = alert.severity == Severity.CRITICAL, _can_wait(alert)
    how = {"critical": critical, "can_wait": can_wait, "in_bulk": alert.in_bulk, "together": alert.together}
    found = []
    for row in audience.order_by().values(*Wishes._fields).distinct():
        plan = cadence.plan(Wishes(**row), now, **how)
        if alert.rule == Rule.WEEKLY_REPORT:
            plan = cadence.in_the_morning(Wishes(**row), now)
        same = {_lookup(name, value): True if value is None else value for name, value in row.items()}
        found.append((_by_age(audience.filter(**same)), plan))
    return sorted(found, key=lambda pair: pair[1].cadence != Cadence.IMMEDIATE)


def _at_call(audience: SubscriptionQuerySet, now: datetime.datetime) -> list[tuple[QuerySet, Plan]]:
    """A program has neither nights nor digests."""
    return [(_by_age(audience), Plan(Cadence.IMMEDIATE, now))] if audience.exists() else []


def _by_age(group: SubscriptionQuerySet) -> QuerySet:
    return group.annotate(reader_since=F("created_at"))


def _can_wait(alert: Alert) -> bool:
    informs = alert.severity == Severity.INFO and alert.rule not in matching.TO_THOSE_TOLD_BEFORE
    return informs or alert.rule in WAITS


def _lookup(name: str, value: object) -> str:
    return f"{name}__isnull" if value is None else name


MANY = 1_000

TOLD = """(EXISTS (SELECT 1 FROM alerts_delivery t WHERE t.alert_id = %s AND t.address = readers.reader_address
              AND t.channel <> 'webhook')
          OR EXISTS (SELECT 1 FROM alerts_digestitem t WHERE t.alert_id = %s
              AND t.address = readers.reader_address))"""
"""Whether a reader has the alert already, as a message or in a digest."""

COLUMNS = (
    """(id, alert_id, cadence, channel, duty, address, language, message_id, due_at, tries, outcome, last_error)"""
)


def _at_once(alert: Alert, group: QuerySet, channel: str, due_at: datetime.datetime, *, duty: bool = False) -> None:
    readers, parameters = _latest_per_address(group)
    host = urlsplit(settings.BASE_URL).hostname
    key = _key(alert)
    told = f"AND NOT {TOLD}" if TRANSPORTS[channel].only_without_others else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_delivery {COLUMNS}
            SELECT {_new_id()}, %s, %s, %s, %s, reader_address, reader_language, {_message_id()}, %s, 0, '', ''
            FROM ({readers}) readers WHERE reader_place = 1 {told}
            ON CONFLICT DO NOTHING
            """,  # noqa: S608 - our own query, its values as parameters
            [key, Cadence.IMMEDIATE, channel, duty, host, _time(due_at), *parameters, *([key, key] if told else [])],
        )
        _count_anew(cursor, Delivery)


def _in_digests(alert: Alert, group: QuerySet, channel: str, plan: Plan, *, duty: bool = False) -> None:
    """A digest that is open already goes out with what is due first in it."""
    readers, parameters = _latest_per_address(group)
    host = urlsplit(settings.BASE_URL).hostname
    key = _key(alert)
    is_open = "d.alert_id IS NULL AND d.cadence = %s AND d.channel = %s AND d.settled_at IS NULL AND d.tries = 0"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_delivery {COLUMNS}
            SELECT {_new_id()}, NULL, %s, %s, %s, reader_address, reader_language, {_message_id()}, %s, 0, '', ''
            FROM ({readers}) readers WHERE reader_place = 1 AND NOT {TOLD}
            ON CONFLICT (channel, address, cadence) WHERE alert_id IS NULL AND settled_at IS NULL AND tries = 0
            DO UPDATE SET due_at = CASE WHEN excluded.due_at < alerts_delivery.due_at
                THEN excluded.due_at ELSE alerts_delivery.due_at END, duty = alerts_delivery.duty OR excluded.duty
            WHERE excluded.due_at < alerts_delivery.due_at OR (excluded.duty AND NOT alerts_delivery.duty)
            """,  # noqa: S608
            [plan.cadence, channel, duty, host, _time(plan.due_at), *parameters, key, key],
        )
        _count_anew(cursor, Delivery)
        cursor.execute(
            f"""
            INSERT INTO alerts_digestitem (id, delivery_id, alert_id, address)
            SELECT {_new_id()}, d.id, %s, d.address
            FROM ({readers}) readers JOIN alerts_delivery d ON d.address = readers.reader_address AND {is_open}
            WHERE reader_place = 1 AND NOT {TOLD}
            ON CONFLICT DO NOTHING
            """,  # noqa: S608
            [key, *parameters, plan.cadence, channel, key, key],
        )
        _count_anew(cursor, DigestItem)


def _count_anew(cursor: Any, model: type[Model]) -> None:
    """After many new rows PostgreSQL takes the table for as small as it was, and compares each row with each,
    in what follows and in the checks of foreign keys at the end."""
    if connection.vendor == "postgresql" and cursor.rowcount >= MANY:
        cursor.execute(f"ANALYZE {model._meta.db_table}")


def _reasons(alert: Alert, group: QuerySet, channel: str) -> None:
    """Every subscription that led to a message, for "unsubscribe" and for corrections."""
    subscriptions, parameters = group.order_by().values("pk", "reader_address").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_delivery_reasons (delivery_id, subscription_id)
            SELECT d.id, s.pk FROM ({subscriptions}) s JOIN alerts_delivery d ON d.address = s.reader_address
            WHERE d.channel = %s AND d.id IN (
                SELECT id FROM alerts_delivery WHERE alert_id = %s
                UNION ALL SELECT delivery_id FROM alerts_digestitem WHERE alert_id = %s)
            ON CONFLICT DO NOTHING
            """,  # noqa: S608
            [*parameters, channel, _key(alert), _key(alert)],
        )


def _latest_per_address(group: QuerySet) -> tuple[str, tuple]:
    """SQL and its parameters: per address the language of what was asked for last."""
    latest = Window(
        RowNumber(), partition_by=[F("reader_address")], order_by=[F("reader_since").desc(), F("pk").desc()]
    )
    rows = group.order_by().annotate(reader_place=latest)
    return rows.values("reader_address", "reader_language", "reader_place").query.sql_with_params()


def _key(alert: Alert) -> Any:
    return Alert._meta.pk.get_db_prep_value(alert.pk, connection)


def _time(at: datetime.datetime) -> Any:
    return Alert._meta.get_field("raised_at").get_db_prep_value(at, connection)


def _new_id() -> str:
    """As `sites.ids.uuid7`, for each row: what is written later comes later."""
    time = f"{time_ns() // 1_000_000:012x}"
    if connection.vendor == "postgresql":
        return f"('{time}7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid"
    return f"'{time}7' || substr(lower(hex(randomblob(16))), 14, 3) || '8' || substr(lower(hex(randomblob(8))), 2)"


def _message_id() -> str:
    """Fixed when the message is born, so that a repeat can be recognised (RFC 5322); %s is the host."""
    unique = "gen_random_uuid()::text" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    return f"'<' || {unique} || '@' || %s || '>'"
