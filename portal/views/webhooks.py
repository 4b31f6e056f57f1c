from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.forms import EndpointForm, HearsForm
from portal.views.subscriptions import AuthenticatedRequest, too_often
from reports.alerts import actions, tasks
from reports.alerts.models import WEBHOOK, Delivery, Endpoint, Subscription, Suppression
from reports.alerts.throttles import Testing

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: AuthenticatedRequest) -> HttpResponse:
    """Name the address of a program."""
    form = EndpointForm(request.POST or None)
    if form.is_valid():
        try:
            endpoint = actions.add_endpoint(form.cleaned_data["url"], user=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("webhook", key=endpoint.pk)
    return render(request, "pages/webhook_add.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def webhook(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Its secret, what it hears of, and how its calls went."""
    endpoint = get_object_or_404(Endpoint, pk=key, user=request.user)
    form = HearsForm(request.POST or None, user=request.user)
    if form.is_valid():
        actions.subscribe(
            user=request.user,
            language=get_language(),
            channel=WEBHOOK,
            endpoint=endpoint,
            **form.about(),
        )
        messages.success(request, _("Saved."))
        return redirect("webhook", key=endpoint.pk)
    calls = Delivery.objects.filter(address=endpoint.pk).select_related("alert")
    context = {
        "endpoint": endpoint,
        "form": form,
        "subscriptions": Subscription.objects.running()
        .filter(endpoint=endpoint)
        .select_related("site", "monument", "search"),
        "calls": calls.order_by("-id")[:SHOWN],
        "refused": Suppression.objects.filter(address=endpoint.pk).first(),
    }
    return render(request, "pages/webhook.html", context, status=400 if form.is_bound else 200)


@require_POST
@login_required
def step(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Test it, change its secret, try it again after it failed, or remove it."""
    endpoint = get_object_or_404(Endpoint, pk=key, user=request.user)
    wanted = request.POST.get("step", "")
    if wanted == "remove":
        actions.remove_endpoint(endpoint)
        messages.success(request, _("The webhook is gone."))
        return redirect("subscriptions")
    if wanted == "change_secret":
        actions.change_secret(endpoint)
        messages.success(request, _("Here is the new secret; the former one goes on signing beside it for a day."))
    elif wanted == "try_again":
        actions.lift(endpoint.pk)
        messages.success(request, _("The next alert will be sent to it again."))
    elif wanted == "test":
        _test(request, endpoint)
    return redirect("webhook", key=endpoint.pk)


def _test(request: AuthenticatedRequest, endpoint: Endpoint) -> None:
    if too_often(Testing(), request):
        messages.error(request, _("A test was sent a moment ago; look whether it arrived first."))
        return
    tasks.wake(tasks.test_endpoint, endpoint.pk)
    messages.success(request, _("A test is on its way to %(address)s.") % {"address": endpoint.url})
