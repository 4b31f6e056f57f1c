from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal import charts, moments, paging, weekly_form
from portal.linked import cards
from portal.views.subscriptions import subscription_to
from reports.conditions import incidents, queries
from reports.conditions.queries import STALE_DAYS
from reports.conditions.querysets import Moment
from reports.restoration.queries import prospects
from reports.situation.queries import situations
from reports.situation_reports import story
from sites import visibility
from sites.models import Monument, Site

STALE = "stale"
LAST = 8
"""Of the story, so much is on the page of the site."""


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """A site: what warns of a visit first, its situation, its monuments, its story."""
    moment = moments.of(request)
    found = get_object_or_404(Site.objects.labelled().in_full(), slug=slug)
    shown = request.GET.get("show", "")
    page = _monuments(found, shown, request.GET.get("after", ""), moment)
    statuses = queries.statuses([monument.pk for monument in page.rows], moment)
    situation = situations([found.pk], moment)[found.pk]
    return render(
        request,
        "pages/site.html",
        {
            "site": found,
            "card": cards.of_site(found),
            "location": visibility.location(found, request.user),
            "sides": queries.sides(statuses.values()),
            "monuments": [(monument, statuses[monument.pk]) for monument in page.rows],
            "prospects": prospects(statuses, moment),
            "page": page,
            "show": shown,
            "stale_days": STALE_DAYS,
            "tally": incidents.tally_of_site(found.pk, moment),
            "situation": situation,
            "warnings": situation.warnings,
            "story": story.of_site(found.pk, moment=moment, size=LAST),
            "grades": charts.of_grades(found),
            "subscription": subscription_to(request.user, site=found),
            "weekly": weekly_form.offer(request.user, site=found),
            **moments.context(moment),
        },
    )


@require_safe
def grades_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The state of the monuments through time, as a table for programs."""
    chart = charts.of_grades(get_object_or_404(Site.objects.labelled(), slug=slug))
    if chart is None:
        raise Http404
    return charts.as_csv(chart, f"{slug} grades")


def _monuments(site: Site, show: str, cursor: str, moment: Moment) -> paging.Page:
    """A page of the site's monuments: all by name, or those not assessed for long, the longest first."""
    monuments = Monument.objects.labelled().filter(site=site)
    if show != STALE:
        return paging.after(monuments.order_by("slug"), cursor)
    stale = queries.stale(monuments, STALE_DAYS, moment)
    return paging.after(queries.longest_not_assessed_first(stale, moment), cursor, by=("assessed_on", "slug"))
