from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import moments, paging
from portal.linked import cards
from reports.conditions import overview, queries
from reports.conditions.models import ConditionReport
from reports.conditions.querysets import Moment
from reports.restoration.queries import under_restoration
from reports.vocabulary import DamageGrade
from sites.models import Monument, Site

LISTED = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The sites with their monuments' damage, on a map and in a list."""
    moment = moments.of(request)
    page = paging.after(Site.objects.labelled().order_by("slug"), request.GET.get("after", ""))
    counts = queries.grade_counts([site.pk for site in page.rows], moment)
    here = Monument.objects.filter(site__in=[site.pk for site in page.rows])
    contested = _by_site(queries.contested(here, True, moment))
    stale = _by_site(queries.stale(here, queries.STALE_DAYS, moment))
    told = list(_last_told(moment)[:LISTED])
    better = [] if moment.known_at else overview.improved(LISTED, moment)
    at_risk = overview.threatened(LISTED, moment)
    named = {report.monument_id for report in (*told, *at_risk)} | {change.monument for change in better}
    labels = Monument.objects.labelled().in_bulk(named)
    return render(
        request,
        "pages/home.html",
        {
            "card": cards.of_portal(),
            "state": _state(moment),
            "first_day": overview.first_day(),
            "sites": [
                (site, _tally(counts[site.pk]), contested.get(site.pk, 0), stale.get(site.pk, 0)) for site in page.rows
            ],
            "page": page,
            "told": [(report, labels[report.monument_id]) for report in told],
            "better": [(change, labels[change.monument]) for change in better],
            "at_risk": [(report, labels[report.monument_id]) for report in at_risk],
            **moments.context(moment),
        },
    )


def _last_told(moment: Moment) -> QuerySet[ConditionReport]:
    told = ConditionReport.objects.standing(moment.known_at).filter(date_to__lte=moment.day)
    found: QuerySet[ConditionReport] = (
        told.select_related("source").prefetch_related("threats").order_by("-published_at", "-date_to", "-id")
    )
    return found


def _state(moment: Moment) -> dict[str, Any]:
    """What the sentence above the map says, and the spread of grades under it."""
    spread = overview.spread(moment)
    return {
        "total": spread.total(),
        "destroyed": spread[DamageGrade.DESTROYED],
        "unknown": spread[DamageGrade.UNKNOWN],
        "under_restoration": under_restoration().count() if moment == queries.NOW else 0,
        "spread": _tally(spread),
    }


def _by_site(monuments: QuerySet[Monument]) -> dict[UUID, int]:
    """How many of the monuments each site has; a site without any is missing."""
    return dict(monuments.order_by().values_list("site").annotate(Count("pk")))


def _tally(counts: Counter[str]) -> list[tuple[str, int]]:
    """The grades that occur, in order of loss, with their numbers of monuments."""
    return [(grade, counts[grade]) for grade in DamageGrade.values if counts[grade]]
