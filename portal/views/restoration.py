"""Restoration at a glance: the board, the time line, the money."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import charts, gantt, paging
from reports.evidence.packages.tables import BEGINS_FORMULA
from reports.restoration import queries, workflow
from reports.restoration.models import Plan
from reports.restoration.money import Sum
from reports.restoration.queries.money import Budget
from reports.restoration.score import Aspect
from reports.restoration.vocabulary import PlanStatus
from sites.models import Monument, Site

COLUMNS = ("of", "name", "currency", "needed", "price years", "pledged", "committed", "paid", "gap", "approximate")


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Plans by what has become of them; staff record from here what becomes of them next."""
    site = _site(request)
    columns = queries.board(site.pk if site else None)
    shown = [(column, [(plan, _open_to(plan, request)) for plan in column.plans]) for column in columns]
    return render(request, "pages/board.html", {"columns": shown, **_context(site)})


@require_safe
def plans(request: HttpRequest, status: str) -> HttpResponse:
    """A column of the board in full, page by page."""
    if status not in PlanStatus.values:
        raise Http404
    site = _site(request)
    found = queries.on_board(site.pk if site else None).filter(status=status)
    page = paging.after(found, request.GET.get("after", ""), by=("-status_on", "-id"))
    rows = [(plan, _open_to(plan, request)) for plan in page.rows]
    context = {"label": PlanStatus(status).label, "status": status, "page": page, "rows": rows, **_context(site)}
    return render(request, "pages/plans.html", context)


@require_safe
def every_plan(request: HttpRequest) -> HttpResponse:
    """All plans of all sites, or of one, the last change first, page by page."""
    site = _site(request)
    found = queries.on_board(site.pk if site else None)
    page = paging.after(found, request.GET.get("after", ""), by=("-status_on", "-id"))
    rows = [(plan, _open_to(plan, request)) for plan in page.rows]
    context = {"label": _("All plans"), "view": "every", "page": page, "rows": rows, **_context(site)}
    return render(request, "pages/plans.html", context)


@require_safe
def timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """When the plans of a site were to begin and end, and when they did."""
    site = get_object_or_404(Site.objects.labelled(), slug=slug)
    today = timezone.localdate()
    found = queries.timeline(site.pk, today)
    drawing = gantt.draw(found.lines, today, mirrored=translation.get_language_bidi())
    titles = {line.plan.pk: line.plan for line in found.lines} | {plan.pk: plan for plan in found.undated}
    context = {"found": found, "drawing": drawing, "titles": titles, **_context(site)}
    return render(request, "pages/timeline.html", context)


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """What plans need, what was promised and paid, and what is lacking; each currency by itself."""
    site = _site(request)
    budget = queries.budget(site.pk if site else None)
    by_site, shown = _by_site(budget), _context(site)
    drawn = charts.of_money(budget, by_site, shown["asked"])
    context = {"budget": budget, "by_site": by_site, "charts": drawn, **shown}
    return render(request, "pages/money.html", context)


@require_safe
def money_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table for programs."""
    site = _site(request)
    budget = queries.budget(site.pk if site else None)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = slugify(f"restoration money {site.slug if site else ''}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(budget))
    return answer


@require_safe
@permission_required("restoration.view_priorityoverride", raise_exception=True)
def priorities(request: HttpRequest, slug: str) -> HttpResponse:
    """For staff: the monuments of a site, those to which help would matter most first."""
    site = get_object_or_404(Site.objects.labelled(), slug=slug)
    monuments = list(Monument.objects.labelled().filter(site=site).order_by("slug"))
    ids = [monument.pk for monument in monuments]
    scores, letters = queries.scores(ids), queries.priorities(ids)
    rows = [(monument, scores[monument.pk], letters[monument.pk]) for monument in monuments]
    rows.sort(key=lambda row: -1 if row[1].total is None else row[1].total, reverse=True)
    return render(request, "pages/priorities.html", {"rows": rows, "aspects": Aspect.labels, **_context(site)})


def _rows(budget: Budget) -> Iterator[list[Any]]:
    sums = [("site", site.slug, row) for site, rows in _by_site(budget) for row in rows]
    sums += [("donor", donor.name, row) for donor in budget.by_donor for row in donor.sums]
    for of, name, row in sums:
        safe = f"'{name}" if name.startswith(BEGINS_FORMULA) else name
        yield [of, safe, row.currency, *_amounts(row, has_needs=of == "site"), row.approximate]


def _amounts(row: Sum, *, has_needs: bool) -> list[Any]:
    years = " ".join(str(year or "?") for year, _amount in row.by_year)
    needs = [row.needed, years] if has_needs else ["", ""]
    return [*needs, row.pledged, row.committed, row.paid, row.gap if has_needs else ""]


def _by_site(budget: Budget) -> list[tuple[Site, list[Sum]]]:
    sites = Site.objects.labelled().filter(pk__in=budget.by_site).order_by("slug")
    return [(site, budget.by_site[site.pk]) for site in sites]


def _site(request: HttpRequest) -> Site | None:
    slug = request.GET.get("site", "")
    return get_object_or_404(Site.objects.labelled(), slug=slug) if slug else None


def _open_to(plan: Plan, request: HttpRequest) -> list[PlanStatus]:
    """What this person may record that the plan has become; for most readers nothing."""
    return workflow.statuses_open_to(plan, request.user) if request.user.has_perm(workflow.CHANGE) else []


def _context(site: Site | None) -> dict[str, Any]:
    planned = Site.objects.labelled().filter(plans__isnull=False).distinct().order_by("slug")
    return {"site": site, "sites": planned, "asked": f"?site={site.slug}" if site else "", "title": _("Restoration")}
