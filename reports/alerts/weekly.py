"""Of which place somebody gets the weekly situation report: asked from subscriptions, and from a report."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from reports.alerts.models import Kind, Scope, Search, Subscription
from reports.alerts.queries import SubscriptionQuerySet
from reports.situation_reports.models import SituationReport
from sites import areas
from sites.models import Site

Place = Site | str | dict[str, Any]
"""A site, a country by its code, or an area (GeoJSON)."""


def asked_for() -> SubscriptionQuerySet:
    """The subscriptions with the weekly report among what they are about, none that is paused."""
    wanted = Subscription.objects.telling().annotate(weekly=F("kinds").bitand(Kind.WEEKLY))
    found: SubscriptionQuerySet = wanted.filter(weekly__gt=0)
    return found


def places() -> list[Place]:
    """Those whose weekly report somebody gets, each once: sites, countries that have sites, areas.

    Of a monument or a plan it is the report of the site; of a search that of its area, else of its site, else of its
    country. Who hears about everything gets those that are made for others.
    """
    wanted = asked_for()
    undrawn = wanted.filter(scope=Scope.SEARCH, search__west=None)
    sites = Q(pk__in=wanted.filter(scope=Scope.SITE).values("site"))
    sites |= Q(pk__in=wanted.filter(scope=Scope.MONUMENT).values("monument__site"))
    sites |= Q(pk__in=wanted.filter(scope=Scope.PLAN).values("plan__site"))
    sites |= Q(pk__in=undrawn.filter(search__site__isnull=False).values("search__site"))
    countries = Q(country__in=wanted.filter(scope=Scope.COUNTRY).values("country"))
    countries |= Q(country__in=undrawn.filter(search__site=None).values("search__country"))
    drawn = wanted.filter(scope=Scope.SEARCH, search__west__isnull=False).values_list("search__area", flat=True)
    return [
        *Site.objects.filter(sites).order_by("slug"),
        *Site.objects.filter(countries).order_by("country").values_list("country", flat=True).distinct(),
        *{areas.digest(area): area for area in drawn}.values(),
    ]


def following(report: SituationReport) -> Q:
    """The other direction: which subscriptions a weekly report belongs to."""
    undrawn = Q(scope=Scope.SEARCH, search__west=None)
    if report.site_id:
        of_site = Q(scope=Scope.SITE, site=report.site_id) | Q(scope=Scope.MONUMENT, monument__site=report.site_id)
        of_site |= Q(scope=Scope.PLAN, plan__site=report.site_id) | undrawn & Q(search__site=report.site_id)
        return Q(scope=Scope.ALL) | of_site
    if country := str(report.country):
        return Q(scope=Scope.COUNTRY, country=country) | undrawn & Q(search__site=None, search__country=country)
    return Q(scope=Scope.SEARCH, search__in=_drawn_as(report.area or {}))


def _drawn_as(area: dict[str, Any]) -> list[Any]:
    """The searches of the same area, whatever else they look for."""
    west, south, east, north = areas.box(area)
    near = Search.objects.filter(west=west, south=south, east=east, north=north)
    digest = areas.digest(area)
    return [pk for pk, drawn in near.values_list("pk", "area") if drawn and areas.digest(drawn) == digest]


def own(user: Any, *, site: Site | None = None, country: str = "", area: dict[str, Any] | None = None) -> Any:
    """The subscription by which this person gets the weekly report of exactly that place; None where there is none."""
    if user.pk is None:
        return None
    about = Q(scope=Scope.SITE, site=site) if site else Q(scope=Scope.COUNTRY, country=country)
    if area:
        about = Q(scope=Scope.SEARCH, search__in=_drawn_as(area))
    return asked_for().filter(about, user=user.pk, endpoint=None).first()
