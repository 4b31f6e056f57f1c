from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal import moments, paging
from portal.views.subscriptions import subscription_to
from reports.conditions import incidents, queries
from reports.situation.models import HAZARDS, SituationEvent
from sites import visibility
from sites.models import Monument, Site


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """A site: hazards first, its monuments, its story."""
    moment = moments.of(request)
    found = get_object_or_404(Site.objects.labelled().in_full(), slug=slug)
    monuments = Monument.objects.labelled().filter(site=found).order_by("slug")
    page = paging.after(monuments, request.GET.get("after", ""))
    statuses = queries.statuses([monument.pk for monument in page.rows], moment)
    events = list(SituationEvent.objects.in_full().filter(site=found).until(moment.as_of))
    return render(
        request,
        "pages/site.html",
        {
            "site": found,
            "location": visibility.location(found, request.user),
            "monuments": [(monument, statuses[monument.pk]) for monument in page.rows],
            "page": page,
            "tally": incidents.tally_of_site(found.pk, moment),
            "hazards": [event for event in events if event.kind in HAZARDS],
            "events": events,
            "subscription": subscription_to(request.user, site=found),
            **moments.context(moment),
        },
    )
