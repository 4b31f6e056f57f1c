"""The page of who has no account, reached by the signed link in every message to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import paging
from portal.forms import AskForm, WishesForm
from portal.views.subscriptions import Asking, too_often
from reports.alerts import actions, queries, tasks, tokens
from reports.alerts.models import Subscription, Suppression
from reports.alerts.throttles import Linking, TestingByMail

STEPS: dict[str, Callable[[Subscription], None]] = {
    "pause": actions.pause,
    "resume": actions.resume,
    "end": actions.end,
    "renew": lambda subscription: actions.renew([subscription]),
}


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the address that the link is of; who has another one is offered a new one."""

    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, token: str, **parameters: str) -> HttpResponse:
        address = tokens.read_own(token)
        if address is None:
            answer = render(request, "pages/own_link.html", {"state": "unknown", "form": AskForm()}, status=404)
        else:
            answer = view(request, token, address, **parameters)
        answer["X-Robots-Tag"] = "noindex"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return checked


@require_safe
@by_link
def own(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """What is asked for from this address, what it was told, and what came of it."""
    running = Subscription.objects.of_outsider(address).select_related("site", "monument", "search", "plan")
    page = paging.after(queries.told_outside(address), request.GET.get("after", ""), by=("-id",))
    context = {
        "token": token,
        "address": address,
        "subscriptions": queries.with_names(list(running)),
        "refused": Suppression.objects.filter(address=address).first(),
        "page": page,
    }
    return render(request, "pages/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def change(request: HttpRequest, token: str, address: str, pk: str) -> HttpResponse:
    subscription = get_object_or_404(Subscription.objects.of_outsider(address), pk=pk)
    form = WishesForm(request.POST or None, instance=subscription)
    if form.is_valid():
        actions.change(form.instance)
        messages.success(request, _("Saved."))
        return redirect("own", token)
    context = {"form": form, "about": queries.about(subscription), "token": token}
    return render(request, "pages/subscription.html", context)


@require_POST
@by_link
def step(request: HttpRequest, token: str, address: str, pk: str) -> HttpResponse:
    """Pause it, take it up again, end it, or say that it is still wanted."""
    subscription = get_object_or_404(Subscription.objects.of_outsider(address), pk=pk)
    if take := STEPS.get(request.POST.get("step", "")):
        take(subscription)
        messages.success(request, _("Saved."))
    return redirect("own", token)


@require_POST
@by_link
def test(request: HttpRequest, token: str, address: str) -> HttpResponse:
    subscription = Subscription.objects.of_outsider(address).first()
    if subscription is None or too_often(TestingByMail(address), request):
        messages.error(request, _("A test was sent a moment ago; look into your mailbox first."))
    else:
        tasks.wake(tasks.send_test_outside, subscription.pk)
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": address})
    return redirect("own", token)


@require_POST
@by_link
def try_again(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """Their mailbox takes messages again."""
    actions.lift(address)
    messages.success(request, _("The next alert will be tried at your address again."))
    return redirect("own", token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """A new link, for who has none that is valid; whether the address is known is told to its mailbox alone."""
    form = AskForm(request.POST or None)
    if not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "pages/own_link.html", {"form": form}, status=status)
    if too_often(Asking(), request):
        return render(request, "pages/ask.html", {"state": "too_often"}, status=429)
    address = form.cleaned_data["email"].strip().lower()
    if not too_often(Linking(address), request):
        tasks.wake(tasks.send_own_link, address)
    return render(request, "pages/own_link.html", {"sent_to": address})
