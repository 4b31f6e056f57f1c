from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reports.conditions import statistics as figures
from reports.conditions.models import ConditionReport
from sites.models import Monument, Site
from sites.references import Choice


class SiteForm(forms.Form):
    """Of which site, or of all."""

    site = Choice(label=gettext_lazy("Site"), queryset=Site.objects.none(), to_field_name="slug", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field: forms.ModelChoiceField = self.fields["site"]  # type: ignore[assignment]
        field.queryset = Site.objects.labelled().order_by("slug")
        field.empty_label = _("All sites")


@require_safe
@login_required
@permission_required("conditions.view_conditionreport", raise_exception=True)
def statistics(request: HttpRequest) -> HttpResponse:
    """How the work goes, as far as this person sees it."""
    form = SiteForm(request.GET)
    if not form.is_valid():
        raise BadRequest(_("This site is not known."))
    site = form.cleaned_data["site"]
    reports = ConditionReport.objects.visible_to(request.user)
    monuments = Monument.objects.all()
    if site:
        reports, monuments = reports.filter(monument__site=site), monuments.filter(site=site)
    context = {
        "form": form,
        "months": figures.months(reports),
        "waits": figures.waits(reports),
        "ages": figures.ages(monuments),
    }
    return render(request, "pages/statistics.html", context)
