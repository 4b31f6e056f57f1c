from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import moments, paging
from reports.conditions import queries
from reports.conditions.models import ConditionReport
from reports.vocabulary import DamageGrade
from sites.models import Monument, Site

RECENT = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The sites with their monuments' damage, on a map and in a list."""
    moment = moments.of(request)
    page = paging.after(Site.objects.labelled().order_by("slug"), request.GET.get("after", ""))
    counts = queries.grade_counts([site.pk for site in page.rows], moment)
    here = Monument.objects.filter(site__in=[site.pk for site in page.rows])
    contested = _by_site(queries.contested(here, True, moment))
    stale = _by_site(queries.stale(here, queries.STALE_DAYS, moment))
    recent = ConditionReport.objects.standing(moment.known_at).select_related("source").order_by("-date_to", "-id")
    if moment.as_of:
        recent = recent.filter(date_to__lte=moment.as_of)
    reports = list(recent[:RECENT])
    labels = Monument.objects.labelled().in_bulk([report.monument_id for report in reports])
    return render(
        request,
        "pages/home.html",
        {
            "sites": [
                (site, _tally(counts[site.pk]), contested.get(site.pk, 0), stale.get(site.pk, 0)) for site in page.rows
            ],
            "page": page,
            "recent": [(report, labels[report.monument_id]) for report in reports],
            **moments.context(moment),
        },
    )


def _by_site(monuments: QuerySet[Monument]) -> dict[UUID, int]:
    """How many of the monuments each site has; a site without any is missing."""
    return dict(monuments.order_by().values_list("site").annotate(Count("pk")))


def _tally(counts: Counter[str]) -> list[tuple[str, int]]:
    """The grades that occur, in order of loss, with their numbers of monuments."""
    return [(grade, counts[grade]) for grade in DamageGrade.values if counts[grade]]
