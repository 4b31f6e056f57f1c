"""What editors do with pictures: say what is to be seen, and mark what must not be."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal import paging, pictures
from portal.addresses import next_of
from portal.picture_forms import AlternativeForm, AreaFormSet, DescriptionForm, initial_of
from portal.views.picture import capture_for, monument_of, seen
from reports.conditions.workflow import NotAllowed, Refused
from reports.evidence import actions, gallery
from reports.evidence.models import BlurArea, Evidence
from sites.models import Monument

SIZE = 12


class Undescribed(NamedTuple):
    evidence: Evidence
    monument: Monument
    form: AlternativeForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@permission_required("evidence.change_evidence", raise_exception=True)
def work(request: HttpRequest) -> HttpResponse:
    """Pictures that nobody has described for those who cannot see them, the newest first."""
    if request.method == "POST":
        return _describe_one(request)
    undescribed = gallery.undescribed(request.user)
    page = paging.after(undescribed, request.GET.get("after", ""), by=("-pk",), size=SIZE)
    monuments = Monument.objects.labelled().in_bulk([one.monument_id for one in page.rows])
    rows = [Undescribed(one, monuments[one.monument_id], AlternativeForm(instance=one)) for one in page.rows]
    return render(request, "pages/picture_work.html", {"rows": rows, "page": page, "number": undescribed.count()})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def describe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what is to be seen, whose it is and when it was taken."""
    found = seen(request, pk)
    if refusal := actions.refusal_to_describe(found, request.user):
        raise PermissionDenied(str(refusal))
    evidence = Evidence.objects.select_related("organisation", "monument__site").get(pk=pk)
    capture = capture_for(request.user, evidence)
    form = DescriptionForm(request.POST or None, instance=evidence, capture=capture)
    if form.is_valid():
        actions.describe(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The description is kept."))
        return redirect("picture", pk=pk)
    context = {"form": form, "evidence": found, "monument": monument_of(found), "capture": capture}
    return render(request, "pages/picture_describe.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def blur(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark what is blurred in all that is shown: faces, number plates."""
    found = seen(request, pk)
    if refusal := actions.refusal_to_blur(found, request.user):
        raise PermissionDenied(str(refusal))
    areas = list(found.blur_areas.order_by("pk"))
    forms = AreaFormSet(request.POST or None, initial=initial_of(areas))
    if forms.is_bound and forms.is_valid():
        return redirect("picture" if _blurred(request, found, forms) else "picture-blur", pk=pk)
    context = {
        "forms": forms,
        "evidence": found,
        "monument": monument_of(found),
        "seen": actions.version_of(areas),
        "sheet": pictures.to_mark_on(found, areas),
    }
    return render(request, "pages/picture_blur.html", context, status=400 if forms.is_bound else 200)


def _describe_one(request: HttpRequest) -> HttpResponse:
    visible = Evidence.objects.visible_to(request.user)
    try:
        found = get_object_or_404(visible, pk=request.POST.get("evidence", ""))
        form = AlternativeForm(request.POST, instance=found)
        if form.is_valid():
            actions.describe(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The description is kept."))
        else:
            messages.error(request, _("Say in at most 500 characters what is to be seen."))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError:
        messages.error(request, _("This picture is not there any more; look at the list again."))
    return redirect(next_of(request, request.path))


def _blurred(request: HttpRequest, evidence: Evidence, forms: BaseFormSet) -> bool:
    """Whether the areas are kept; if not, the next page says why."""
    try:
        actions.blur(evidence, _wanted(forms), by=request.user, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("The areas are kept; the pictures are made anew."))
    return True


def _wanted(forms: BaseFormSet) -> list[BlurArea]:
    filled = [form for form in forms if form.has_changed() or form.initial]
    return [form.area() for form in filled if not form.cleaned_data.get("DELETE")]
