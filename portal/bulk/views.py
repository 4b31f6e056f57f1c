"""The page of a list action: what will happen to what, how far it is, what was refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.bulk import actions, tasks
from portal.bulk.models import UNDER_WAY, Job, State
from portal.bulk.registry import BULKS, Bulk
from reports.waking import wake

SHOWN = 20
"""Rows that are named before it is confirmed; of the others only the number is told."""
REFUSED_ON_A_PAGE = 100


class Row(NamedTuple):
    label: str
    address: str
    picture: str = ""
    reason: str = ""


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: str) -> HttpResponse:
    """For who asked alone; to be confirmed or stopped by a form."""
    job = get_object_or_404(Job, pk=pk, asked_by=request.user.pk)
    bulk = BULKS[job.action]
    form = bulk.asks(request.POST if "confirm" in request.POST else None, by=request.user)
    if request.method == "POST":
        if "stop" in request.POST:
            actions.stop(job)
            return HttpResponseRedirect(job.get_absolute_url())
        if not actions.may(request.user, bulk):
            raise PermissionDenied
        if form.is_valid():
            if actions.confirm(job, {name: form.data.get(name, "") for name in form.fields}):
                wake(tasks.go_on, job.pk)
            return HttpResponseRedirect(job.get_absolute_url())
    told = _to_confirm(job, bulk, request) if job.state == State.ASKED else _so_far(job, bulk, request)
    context = {
        **admin.site.each_context(request),
        "title": job.label,
        "opts": bulk.model._meta,
        "job": job,
        "does": bulk.label,
        "says": bulk.says,
        "form": form,
        "list": reverse(admin_name(bulk, "changelist")),
        **told,
    }
    return TemplateResponse(request, "admin/bulk.html", context)


def admin_name(bulk: Bulk, view: str) -> str:
    return f"admin:{bulk.model._meta.app_label}_{bulk.model._meta.model_name}_{view}"


def _to_confirm(job: Job, bulk: Bulk, request: HttpRequest) -> dict[str, Any]:
    rows = _rows(bulk, job.keys[:SHOWN], request)
    return {"chosen": list(rows.values()), "more": job.total - len(rows)}


def _so_far(job: Job, bulk: Bulk, request: HttpRequest) -> dict[str, Any]:
    found = Paginator(job.refusals.all(), REFUSED_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = _rows(bulk, [refusal.key for refusal in found], request)
    refused = [rows.get(one.key, Row(one.key, ""))._replace(reason=one.reason) for one in found]
    return {
        "under_way": job.state in UNDER_WAY,
        "refused": refused,
        "pages": found,
        "number_refused": found.paginator.count,
        "result": _result(job, bulk, request),
        "number_done": job.done - found.paginator.count,
    }


def _result(job: Job, bulk: Bulk, request: HttpRequest) -> Row | None:
    """What came of it, where that is one thing."""
    first = actions.first_done(job) if bulk.result and job.state not in UNDER_WAY else None
    row = bulk.rows(request.user).filter(pk=first).first() if first else None
    made = bulk.result(row) if bulk.result and row else None
    if made is None:
        return None
    label = f"{made._meta.app_label}_{made._meta.model_name}"
    return Row(str(made), reverse(f"admin:{label}_change", args=[made.pk]))


def _rows(bulk: Bulk, keys: Iterable[str], request: HttpRequest) -> dict[str, Row]:
    """Those that this person may see now, in their order."""
    wanted = list(keys)
    found = {str(row.pk): row for row in bulk.rows(request.user).filter(pk__in=wanted)}
    return {key: _row(bulk, found[key]) for key in wanted if key in found}


def _row(bulk: Bulk, row: Any) -> Row:
    address = reverse(admin_name(bulk, "change"), args=[row.pk])
    return Row(bulk.named(row), address, bulk.picture(row) if bulk.picture else "")
