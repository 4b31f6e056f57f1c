"""The weekly situation report: who has asked for it, of which places it is made, and how it is told."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from reports.alerts import facts, weekly
from reports.alerts.actions.subscriptions import running_of, subscribe
from reports.alerts.models import Alert, Kind, Rule, Search, Severity, Subscription
from reports.situation_reports import actions as situation_reports
from reports.situation_reports.models import SituationReport
from sites.models import Site

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


def subscribe_to_weekly(
    *, user: PermissionsMixin, language: str, site: Site | None = None, country: str = "", search: Search | None = None
) -> Subscription:
    """Add the weekly report to what this person hears about a place; who heard nothing of it hears that alone."""
    standing = running_of(user, site=site, country=country, search=search)
    subscription = standing or subscribe(user=user, language=language, site=site, country=country, search=search)
    kinds = subscription.kinds | Kind.WEEKLY if standing else int(Kind.WEEKLY)
    Subscription.objects.filter(pk=subscription.pk).update(kinds=kinds, paused_at=None)
    subscription.refresh_from_db()
    return subscription


def ask_for_weekly(today: datetime.date) -> list[SituationReport]:
    """File the reports of the week that is over; those that were filed before are left out."""
    asked = [situation_reports.ask_weekly(place, today=today) for place in weekly.places()]
    return [report for report in asked if report]


def raise_for_weekly(report: SituationReport) -> Alert | None:
    """Tell of a weekly report that is ready, once; None where it was told, or is not one."""
    if not report.weekly:
        return None
    alert, new = Alert.objects.get_or_create(
        key=f"weekly:{report.pk}",
        defaults={
            "rule": Rule.WEEKLY_REPORT,
            "severity": Severity.INFO,
            "site": report.site,
            "situation_report": report,
            "facts": facts.of_weekly(report),
        },
    )
    return alert if new else None
