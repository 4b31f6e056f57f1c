"""Saving and tidying up; each ends at the list that it is about."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.saved_filters import actions, asking
from portal.saved_filters.models import SavedFilter


@require_POST
def save(request: HttpRequest, label: str) -> HttpResponseRedirect:
    own = asking.model_admin(label, request)
    if own is None:
        raise Http404
    query = asking.kept(QueryDict(request.POST.get("query", "")))
    try:
        asking.count(own, query, request)
        actions.save(label, request.POST.get("name", ""), query, owner=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _to(label)
    messages.success(request, _("It stands above the list from now on."))
    return _to(label, query)


@require_POST
def step(request: HttpRequest, pk: str) -> HttpResponseRedirect:
    """Delete one's own, or have its count on the first page of the admin, or no longer."""
    saved = get_object_or_404(SavedFilter, pk=pk, owner=request.user.pk)
    if "delete" in request.POST:
        saved.delete()
    elif "show" in request.POST:
        actions.show_on_first_page(saved)
    elif "hide" in request.POST:
        actions.hide(saved)
    return _to(saved.list)


def _to(label: str, query: str = "") -> HttpResponseRedirect:
    """Built from what the portal knows, never from an address that was sent."""
    app, model = label.split(".")
    address = reverse(f"admin:{app}_{model}_changelist")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
