from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.layers.base import address
from portal.lists.base import Table
from reports.alerts import queries, wording
from reports.alerts.models import Alert, Delivery


class Alerts(Table):
    """What happened, as far as the reader may know it, the last first."""

    name, title = "alerts", _("Alerts")
    columns = ("id", "rule", "severity", "site", "monument", "what", "title", "raised_at", "acknowledged_at", "url")

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[Alert]:
        told: Any = Alert.objects.visible_to(reader).news().select_related("site", "monument")
        return told.order_by("-id")

    def values(self, rows: list[Alert]) -> Iterator[list[Any]]:
        for alert in rows:
            said = wording.context(alert, get_language() or "en")
            yield [
                str(alert.pk),
                alert.rule,
                alert.get_severity_display(),
                alert.site.slug if alert.site else "",
                alert.monument.slug if alert.monument else "",
                str(said["rule"]),
                str(said["title"]),
                alert.raised_at,
                alert.acknowledged_at,
                address(alert.get_absolute_url()),
            ]


class Messages(Table):
    """What the reader was told, the last first, and what came of each message."""

    name, title = "messages", _("What you were told")
    columns = ("id", "alerts", "channel", "cadence", "language", "due_at", "settled_at", "outcome", "read_at")

    def is_open_to(self, reader: Any) -> bool:
        return bool(reader.is_authenticated)

    def rows(self, asked: Mapping[str, str], reader: Any) -> QuerySet[Delivery]:
        return queries.told(reader.email, reader)

    def values(self, rows: list[Delivery]) -> Iterator[list[Any]]:
        for row in rows:
            alerts = [row.alert] if row.alert else row.digested.all()
            yield [
                str(row.pk),
                "; ".join(str(alert) for alert in alerts),
                row.channel,
                row.cadence,
                row.language,
                row.due_at,
                row.settled_at,
                row.outcome,
                row.read_at,
            ]
