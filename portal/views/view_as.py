from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal import addresses, view_as


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Start a preview as one of the readers that this person may choose, or (none chosen) end it."""
    role = request.POST.get("role", "")
    if role in view_as.choices(request.user):
        request.session[view_as.KEY] = role
    else:
        request.session.pop(view_as.KEY, None)
    return redirect(addresses.next_of(request, reverse("home")))
