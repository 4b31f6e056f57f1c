"""The weekly situation report: who has asked for it, of which sites it is made, and how it is told."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q

from reports.alerts import facts
from reports.alerts.actions.subscriptions import subscribe
from reports.alerts.models import Alert, Kind, Rule, Scope, Severity, Subscription
from reports.situation_reports import actions as situation_reports
from reports.situation_reports.models import SituationReport
from sites.models import Site

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


def subscribe_to_weekly(*, user: PermissionsMixin, language: str, site: Site) -> Subscription:
    """Add the weekly report to what this person hears about a site; who heard nothing of it hears that alone."""
    own = Subscription.objects.running().filter(user=user.pk, scope=Scope.SITE, site=site, endpoint=None)
    standing = own.first()
    subscription = standing or subscribe(user=user, language=language, site=site)
    kinds = subscription.kinds | Kind.WEEKLY if standing else int(Kind.WEEKLY)
    Subscription.objects.filter(pk=subscription.pk).update(kinds=kinds)
    subscription.refresh_from_db()
    return subscription


def followed_weekly() -> list[Site]:
    """The sites whose weekly report somebody gets: those subscribed to, and those of countries subscribed to."""
    wanted = Subscription.objects.telling().annotate(weekly=F("kinds").bitand(Kind.WEEKLY)).filter(weekly__gt=0)
    of_sites = wanted.filter(scope=Scope.SITE).values("site")
    of_countries = wanted.filter(scope=Scope.COUNTRY).values("country")
    return list(Site.objects.filter(Q(pk__in=of_sites) | Q(country__in=of_countries)).order_by("slug"))


def ask_for_weekly(today: datetime.date) -> list[SituationReport]:
    """File the reports of the week that is over; those that were filed before are left out."""
    asked = [situation_reports.ask_weekly(site, today=today) for site in followed_weekly()]
    return [report for report in asked if report]


def raise_for_weekly(report: SituationReport) -> Alert | None:
    """Tell of a weekly report that is ready, once; None where it was told, or is not one."""
    if not report.weekly or report.site is None:
        return None
    alert, new = Alert.objects.get_or_create(
        key=f"weekly:{report.pk}",
        defaults={
            "rule": Rule.WEEKLY_REPORT,
            "severity": Severity.INFO,
            "site": report.site,
            "facts": facts.of_weekly(report),
        },
    )
    return alert if new else None
