from __future__ import annotations

import datetime
from itertools import groupby
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import moments, paging
from reports.evidence import gallery as pictures
from reports.evidence.models import Evidence
from reports.evidence.querysets import UNDATED
from reports.evidence.targets import may_add
from sites.models import Monument

SIZE = 24
BOTH = 2


@require_safe
def gallery(request: HttpRequest, slug: str) -> HttpResponse:
    """All pictures of a monument that the reader may look at, year by year, the newest first."""
    moment = moments.of(request)
    found = get_object_or_404(Monument.objects.labelled().select_related("site"), slug=slug)
    shown = pictures.of(found, request.user, moment)
    until = _until(request)
    rows = shown.filter(Q(day__lte=until)) if until else shown
    page = paging.after(rows, request.GET.get("after", ""), by=pictures.ORDER, size=SIZE)
    context = {
        "monument": found,
        "first": _chosen(request, shown),
        "years": pictures.years(shown),
        "groups": [(year or None, list(of_year)) for year, of_year in groupby(page.rows, _year_of)],
        "page": page,
        "may_add": may_add(found, request.user),
        **moments.context(moment),
    }
    return render(request, "pages/gallery.html", context)


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two pictures of a monument, the earlier one first: side by side, or one over the other."""
    found = get_object_or_404(Monument.objects.labelled().select_related("site"), slug=slug)
    try:
        wanted = [UUID(text) for text in request.GET.getlist("picture")]
    except ValueError as error:
        raise Http404 from error
    both = list(pictures.of(found, request.user).filter(pk__in=wanted[:2]))
    if len(both) != len(wanted) or len(both) != BOTH:
        raise Http404(_("Two pictures of this monument are compared; choose them in its gallery."))
    return render(request, "pages/compare.html", {"monument": found, "both": both[::-1]})


def _chosen(request: HttpRequest, shown: QuerySet[Evidence]) -> Evidence | None:
    """The picture with which another one is to be compared."""
    text = request.GET.get("with")
    try:
        return get_object_or_404(shown, pk=UUID(text)) if text else None
    except ValueError as error:
        raise Http404 from error


def _until(request: HttpRequest) -> datetime.date | None:
    """The last day of the year with which the page begins."""
    text = request.GET.get("until")
    try:
        return datetime.date(int(text), 12, 31) if text else None
    except (ValueError, OverflowError) as error:
        raise BadRequest(_("This year is not known.")) from error


def _year_of(evidence: Evidence) -> int:
    day = evidence.day  # type: ignore[attr-defined]
    return 0 if day == UNDATED else day.year
