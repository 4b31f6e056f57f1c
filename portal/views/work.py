from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import menu
from portal.work import labels, waiting_for


@require_safe
@login_required
def work(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the way to all that they work in."""
    found, pictures = waiting_for(request.user)
    context = {
        "piles": found,
        "monuments": labels(found),
        "pictures": pictures,
        "entries": menu.own(request.user),
    }
    return render(request, "pages/work.html", context)
