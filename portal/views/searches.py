from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import moments, paging, searching
from portal.exports.views import offered
from portal.forms import AskForm, SaveSearchForm
from portal.layers import LAYERS
from portal.searching import SearchForm
from portal.views.map import features
from portal.views.subscriptions import AuthenticatedRequest
from reports.alerts import actions
from reports.alerts.models import Search
from reports.alerts.queries import asking
from reports.conditions import overview, queries
from reports.restoration.queries import prospects


@require_safe
def monuments(request: HttpRequest) -> HttpResponse:
    """The monuments that somebody looks for, on a map and in a list, and how to hear of them from now on."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "pages/monuments.html", {"form": form, "page": None}, status=400)
    question = searching.of(request)
    found, moment = question.monuments(), question.moment
    page = paging.after(found.labelled().order_by("slug"), request.GET.get("after", ""))
    statuses = queries.statuses([monument.pk for monument in page.rows], moment)
    context = {
        "form": form,
        "page": page,
        "rows": [(monument, statuses[monument.pk]) for monument in page.rows],
        "prospects": prospects(statuses, moment),
        "sides": queries.sides(statuses.values()),
        "number": found.count(),
        "first_day": overview.first_day(),
        "asked": question.query(),
        "exports": offered("monuments", question),
        "list_title": LAYERS["monuments"].title,
        "search": request.GET.get("search", ""),
        "is_asked": bool(question.parameters),
        "kept": searching.kept(question),
        "area": form.cleaned_data.get("area"),
        "save": SaveSearchForm(user=request.user) if request.user.is_authenticated else AskForm(),
        **moments.context(moment),
    }
    return render(request, "pages/monuments.html", context)


@require_POST
@login_required
def save(request: AuthenticatedRequest) -> HttpResponse:
    """Keep a search under a name, and be told of what it finds if that was asked for."""
    form, wanted = SearchForm(request.POST), SaveSearchForm(request.POST, user=request.user)
    if not form.is_valid() or not wanted.is_valid():
        context = {"form": form, "page": None, "save": wanted}
        return render(request, "pages/monuments.html", context, status=400)
    search = form.instance
    search.user, search.name = request.user, wanted.cleaned_data["name"]
    actions.save_search(search)
    if channel := wanted.cleaned_data["channel"]:
        actions.subscribe(user=request.user, language=get_language(), search=search, channel=channel)
    messages.success(request, _("Saved."))
    return redirect("subscriptions")


@require_POST
@login_required
def forget(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    actions.forget(get_object_or_404(Search, pk=pk, user=request.user))
    messages.success(request, _("The search is gone, with its feed and its alerts."))
    return redirect("subscriptions")


@require_safe
def layer(request: HttpRequest, pk: str) -> HttpResponse:
    """GeoJSON of what a saved search finds now, for QGIS and other maps; who has the address may read it."""
    search = get_object_or_404(Search, pk=pk)
    found = {
        "type": "FeatureCollection",
        "name": search.name,
        "features": features(request, asking(search, request.user).monuments()),
    }
    return JsonResponse(found, content_type="application/geo+json")
