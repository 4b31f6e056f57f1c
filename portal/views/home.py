from __future__ import annotations

from collections import Counter

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
    recent = ConditionReport.objects.standing(moment.known_at).select_related("source").order_by("-date_to", "-id")
    if moment.as_of:
        recent = recent.filter(date_to__lte=moment.as_of)
    reports = list(recent[:RECENT])
    labels = Monument.objects.labelled().in_bulk([report.monument_id for report in reports])
    return render(
        request,
        "pages/home.html",
        {
            "sites": [(site, _tally(counts[site.pk])) for site in page.rows],
            "page": page,
            "recent": [(report, labels[report.monument_id]) for report in reports],
            **moments.context(moment),
        },
    )


def _tally(counts: Counter[str]) -> list[tuple[str, int]]:
    """The grades that occur, in order of loss, with their numbers of monuments."""
    return [(grade, counts[grade]) for grade in DamageGrade.values if counts[grade]]
