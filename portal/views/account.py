from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal import view_as
from portal.accounts.models import User
from portal.views.subscriptions import AuthenticatedRequest
from reports.alerts import cadence


class AccountForm(forms.ModelForm):
    """What people say of themselves."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of e-mails"),
        choices=[("", gettext_lazy("That of the installation")), *settings.LANGUAGES],
        required=False,
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=lambda: [("", gettext_lazy("That of the installation")), *((z, z) for z in cadence.timezones())],
        required=False,
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]
        labels = {"name": gettext_lazy("Name, or what you want to be called here")}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def account(request: AuthenticatedRequest) -> HttpResponse:
    """Who somebody is here, and the way to password, second factor, alerts and keys."""
    form = AccountForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account")
    held = request.user.groups.order_by("pk").values_list("name", flat=True)
    context = {"form": form, "roles": [view_as.label(role) for role in held]}
    return render(request, "pages/account.html", context, status=422 if form.is_bound else 200)
