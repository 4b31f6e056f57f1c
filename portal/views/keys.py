from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts import keys
from portal.accounts.scopes import Scope
from portal.views.subscriptions import AuthenticatedRequest

DAYS = (30, 90, 365)


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("What it is for, such as “QGIS on my laptop”."),
    )
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("what a key may do", "May"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
        help_text=gettext_lazy("Never more than you may yourself."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        coerce=int,
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in DAYS],
        initial=90,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: AuthenticatedRequest) -> HttpResponse:
    """One's keys; a new one is shown in this answer alone."""
    form, text = KeyForm(request.POST or None), ""
    if form.is_valid():
        try:
            _key, text = keys.make(request.user, **form.cleaned_data)
            form = KeyForm()
        except keys.TooMany:
            form.add_error(None, _("You have as many keys as one person may have; revoke one first."))
    context = {"form": form, "text": text, "keys": keys.of(request.user)}
    return render(request, "pages/keys.html", context, status=400 if form.is_bound else 200)


@require_POST
@login_required
def revoke(request: AuthenticatedRequest) -> HttpResponse:
    """Make a key worthless at once."""
    key = get_object_or_404(keys.of(request.user), pk=request.POST.get("key", ""))
    keys.revoke(key)
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": key.name})
    return redirect("keys")
