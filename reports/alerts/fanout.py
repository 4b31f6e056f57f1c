"""Writing the outbox of an alert: a few statements for each way of hearing, however many readers there are."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from reports.alerts import cadence, matching
from reports.alerts.cadence import Plan, Wishes
from reports.alerts.models import Alert, Cadence, Channel, Rule, Severity
from reports.alerts.queries import SubscriptionQuerySet

WAITS = {Rule.FIRST_DAMAGE, Rule.POSSIBLE_THREAT, Rule.IMPROVEMENT, Rule.CONTESTED, Rule.PAST_REPORT}
"""Of little weight: who hears at once gets them with the digest of the next morning."""


def write(alert: Alert, now: datetime.datetime) -> None:
    """Enter the alert into the outbox for its whole audience; an address has an alert once.

    Who hears at once by one subscription gets no digest of it by another.
    """
    audience = matching.audience(alert)
    for group, plan in _plans(alert, audience, now):
        if plan.cadence == Cadence.IMMEDIATE:
            _at_once(alert, group, plan)
        else:
            _in_digests(alert, group, plan)


def _plans(alert: Alert, audience: SubscriptionQuerySet, now: datetime.datetime) -> list[tuple[QuerySet, Plan]]:
    """The audience by its ways of hearing, with what each means for this alert; at once comes first."""
    critical, can_wait = alert.severity == Severity.CRITICAL, alert.rule in WAITS
    found = []
    for row in audience.order_by().values(*Wishes._fields).distinct():
        plan = cadence.plan(Wishes(**row), now, critical=critical, can_wait=can_wait)
        same = {_lookup(name, value): True if value is None else value for name, value in row.items()}
        found.append((audience.filter(**same), plan))
    return sorted(found, key=lambda pair: pair[1].cadence != Cadence.IMMEDIATE)


def _lookup(name: str, value: object) -> str:
    return f"{name}__isnull" if value is None else name


def _at_once(alert: Alert, group: QuerySet, plan: Plan) -> None:
    readers, parameters = _latest_per_address(group)
    host = urlsplit(settings.BASE_URL).hostname
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_delivery
                (id, alert_id, cadence, channel, address, language, message_id, due_at, tries, outcome, last_error)
            SELECT {_new_id()}, %s, %s, %s, reader_address, language, {_message_id()}, %s, 0, '', ''
            FROM ({readers}) readers WHERE reader_place = 1
            ON CONFLICT DO NOTHING
            """,  # noqa: S608 - our own query, its values as parameters
            [_key(alert), plan.cadence, Channel.EMAIL, host, _time(plan.due_at), *parameters],
        )
        _reasons(cursor, group, "d.alert_id = %s", [_key(alert)])


def _in_digests(alert: Alert, group: QuerySet, plan: Plan) -> None:
    told = "EXISTS (SELECT 1 FROM alerts_delivery t WHERE t.alert_id = %s AND t.address = readers.reader_address)"
    readers, parameters = _latest_per_address(group)
    host = urlsplit(settings.BASE_URL).hostname
    is_open = "d.alert_id IS NULL AND d.cadence = %s AND d.settled_at IS NULL AND d.tries = 0"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_delivery
                (id, alert_id, cadence, channel, address, language, message_id, due_at, tries, outcome, last_error)
            SELECT {_new_id()}, NULL, %s, %s, reader_address, language, {_message_id()}, %s, 0, '', ''
            FROM ({readers}) readers WHERE reader_place = 1 AND NOT {told}
            ON CONFLICT DO NOTHING
            """,  # noqa: S608
            [plan.cadence, Channel.EMAIL, host, _time(plan.due_at), *parameters, _key(alert)],
        )
        cursor.execute(
            f"""
            INSERT INTO alerts_digestitem (id, delivery_id, alert_id, address)
            SELECT {_new_id()}, d.id, %s, d.address
            FROM ({readers}) readers JOIN alerts_delivery d ON d.address = readers.reader_address AND {is_open}
            WHERE reader_place = 1 AND NOT {told}
            ON CONFLICT DO NOTHING
            """,  # noqa: S608
            [_key(alert), *parameters, plan.cadence, _key(alert)],
        )
        in_it = "EXISTS (SELECT 1 FROM alerts_digestitem i WHERE i.delivery_id = d.id AND i.alert_id = %s)"
        _reasons(cursor, group, in_it, [_key(alert)])


def _reasons(cursor, group: QuerySet, which: str, values: list) -> None:  # type: ignore[no-untyped-def]
    """Every subscription that led to the message, for "unsubscribe" and for corrections."""
    subscriptions, parameters = group.order_by().values("pk", "reader_address").query.sql_with_params()
    cursor.execute(
        f"""
        INSERT INTO alerts_delivery_reasons (delivery_id, subscription_id)
        SELECT d.id, s.pk FROM ({subscriptions}) s JOIN alerts_delivery d ON d.address = s.reader_address
        WHERE {which}
        ON CONFLICT DO NOTHING
        """,  # noqa: S608
        [*parameters, *values],
    )


def _latest_per_address(group: QuerySet) -> tuple[str, tuple]:
    """SQL and its parameters: per address the language of the subscription that was made last."""
    latest = Window(RowNumber(), partition_by=[F("reader_address")], order_by=[F("created_at").desc(), F("pk").desc()])
    rows = group.order_by().annotate(reader_place=latest).values("reader_address", "language", "reader_place")
    return rows.query.sql_with_params()


def _key(alert: Alert) -> Any:
    return Alert._meta.pk.get_db_prep_value(alert.pk, connection)


def _time(at: datetime.datetime) -> Any:
    return Alert._meta.get_field("raised_at").get_db_prep_value(at, connection)


def _new_id() -> str:
    return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"


def _message_id() -> str:
    """Fixed when the message is born, so that a repeat can be recognised (RFC 5322); %s is the host."""
    unique = "gen_random_uuid()::text" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    return f"'<' || {unique} || '@' || %s || '>'"
