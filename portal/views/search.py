from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.finding import find
from sites.folding import fold

AT_ONCE = 20
"""How many of each kind the page lists; the rest is a step away, in the list of monuments."""
SUGGESTED = 6
SHORTEST = 2
"""Fewer letters than that suggest nothing: they would be in every name."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that is called like what was typed, in any of its names and scripts."""
    text = request.GET.get("q", "").strip()
    hits = find(text, AT_ONCE) if fold(text) else []
    return render(request, "pages/search.html", {"q": text, "hits": hits, "asked": bool(text), "at_once": AT_ONCE})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first of them while it is being typed: options of a list box."""
    text = request.GET.get("q", "")
    hits = find(text, SUGGESTED)[:SUGGESTED] if len(fold(text)) >= SHORTEST else []
    return render(request, "parts/suggestions.html", {"hits": hits})
