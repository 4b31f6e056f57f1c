from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import paging
from portal.views.subscriptions import AuthenticatedRequest
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed
from reports.evidence import actions, tasks
from reports.evidence.models import EvidencePackage
from reports.evidence.packages import links
from reports.evidence.vocabulary import PackageState
from reports.situation.queries import warnings_of_monuments
from reports.waking import wake
from sites.models import Monument


class PackageForm(forms.ModelForm):
    """Of which days, with what, in which language."""

    class Meta:
        model = EvidencePackage
        fields = ["day_from", "day_to", "language", "confidential"]
        widgets = {
            "day_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "day_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "confidential": gettext_lazy("Reports and evidence that only verifiers see. Think of who will read it."),
        }


@require_safe
@login_required
def mine(request: AuthenticatedRequest) -> HttpResponse:
    """The packages that this person asked for, the last first."""
    own = EvidencePackage.objects.filter(asked_by=request.user).order_by("-id")
    page = paging.after(own, request.GET.get("after", ""), by=("-id",))
    monuments = Monument.objects.labelled().in_bulk([package.monument_id for package in page.rows])
    rows = [(package, monuments[package.monument_id]) for package in page.rows]
    return render(request, "pages/packages.html", {"rows": rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Ask for the evidence of a monument, or of one report about it (`?report=`)."""
    monument = get_object_or_404(Monument.objects.labelled().select_related("site"), slug=slug)
    if not actions.may_export(request.user, monument):
        raise PermissionDenied
    report = _report(request, monument)
    package = EvidencePackage(monument=monument, report=report, asked_by=request.user)
    form = PackageForm(request.POST or None, instance=package, initial={"language": get_language()})
    if form.is_valid():
        try:
            asked = actions.ask_package(form.instance, by=request.user)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        wake(tasks.pack, asked.pk)
        return redirect("package", pk=asked.pk)
    warnings = warnings_of_monuments([monument])[monument.pk]
    context = {"form": form, "monument": monument, "report": report, "warnings": warnings}
    return render(request, "pages/package_ask.html", context, status=400 if form.is_bound else 200)


@require_safe
@never_cache
@login_required
def package(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """How far it is, and where it is fetched."""
    found = get_object_or_404(EvidencePackage, pk=pk, asked_by=request.user)
    monument = Monument.objects.labelled().get(pk=found.monument_id)
    under_way = found.state in {PackageState.WAITING, PackageState.PACKING}
    return render(request, "pages/package.html", {"package": found, "monument": monument, "under_way": under_way})


@require_safe
@never_cache
@login_required
def download(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """A fresh link, which is valid for a few minutes."""
    ready = EvidencePackage.objects.filter(state=PackageState.READY).select_related("asked_by", "monument__site")
    found = get_object_or_404(ready, pk=pk, asked_by=request.user)
    if not links.may_have(found):
        raise PermissionDenied
    return redirect(links.link(found))


@require_safe
@never_cache
def file(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """What a signed link leads to; whoever was given it may fetch it as long as it is valid."""
    found = links.read(token)
    if found is None:
        raise Http404(_("This link is not valid any more; get a new one from the page of the package."))
    name = found.file.rpartition("/")[2]
    return FileResponse(links.open_file(found), as_attachment=True, filename=name, content_type="application/zip")


@require_POST
@login_required
def remove(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    found = get_object_or_404(EvidencePackage, pk=pk, asked_by=request.user, state=PackageState.READY)
    actions.remove_package(found)
    messages.success(request, _("The file is gone; that it was made stays on record."))
    return redirect("packages")


def _report(request: AuthenticatedRequest, monument: Monument) -> ConditionReport | None:
    wanted = request.GET.get("report")
    if not wanted:
        return None
    reports = ConditionReport.objects.visible_to(request.user).filter(monument=monument)
    try:
        return get_object_or_404(reports, pk=wanted)
    except ValueError as error:
        raise Http404 from error
