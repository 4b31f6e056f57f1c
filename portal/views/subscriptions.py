from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_countries import countries
from rest_framework.throttling import AnonRateThrottle, BaseThrottle

from portal import addresses, paging
from portal.accounts.models import User
from portal.forms import AskForm, WishesForm
from portal.lists import LISTS
from portal.searching import SearchForm
from reports.alerts import actions, queries, tasks, tokens
from reports.alerts.models import ALL_KINDS, Endpoint, Kind, Search, Subscription, Suppression
from reports.alerts.throttles import Testing
from reports.restoration.models import Plan
from sites.models import Monument, Site

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class AuthenticatedRequest(HttpRequest):
    """What `login_required` lets through."""

    user: User


class Asking(AnonRateThrottle):
    """Who asks for many addresses is somebody else than a reader."""

    scope, rate = "ask", "20/hour"


def too_often(throttle: BaseThrottle, request: HttpRequest) -> bool:
    """The throttles of REST count our own pages, too; they read of a request only what both kinds have."""
    return not throttle.allow_request(cast("Request", request), cast("APIView", None))


def subscription_to(user: AbstractBaseUser | AnonymousUser, **about: Site | Monument | Plan) -> Subscription | None:
    """This person's running subscription to exactly that site, monument or plan."""
    if not user.pk:
        return None
    return Subscription.objects.running().filter(user=user.pk, **about).first()


@require_safe
@login_required
def mine(request: AuthenticatedRequest) -> HttpResponse:
    running = Subscription.objects.running().filter(user=request.user, endpoint=None)
    subscriptions = list(running.select_related("site", "monument", "search", "plan"))
    endpoints = Endpoint.objects.filter(user=request.user)
    refused = Suppression.objects.filter(address__in=[request.user.email.lower(), *(row.pk for row in endpoints)])
    refusals = {row.address: row for row in refused}
    context = {
        "subscriptions": queries.with_names(subscriptions),
        "everything": any(row.scope == "all" for row in subscriptions),
        "searches": Search.objects.filter(user=request.user).select_related("site"),
        "endpoints": [(endpoint, refusals.get(endpoint.pk)) for endpoint in endpoints],
        "refused": refusals.get(request.user.email.lower()),
    }
    return render(request, "pages/subscriptions.html", context)


@require_safe
@login_required
def told(request: AuthenticatedRequest) -> HttpResponse:
    """Every message to this reader, the last first, and what came of it."""
    rows = LISTS["messages"].rows(request.GET, request.user)
    page = paging.after(rows, request.GET.get("after", ""), by=("-id",))
    news = set(queries.unread(request.user.email).values_list("pk", flat=True)[: queries.MOST_UNREAD])
    refused = Suppression.objects.filter(address=request.user.email.lower()).exists()
    return render(request, "pages/told.html", {"page": page, "news": news, "refused": refused})


@require_POST
@login_required
def test(request: AuthenticatedRequest) -> HttpResponse:
    """Send a message that says nothing but that messages arrive."""
    if too_often(Testing(), request):
        messages.error(request, _("A test was sent a moment ago; look into your mailbox first."))
    else:
        tasks.wake(tasks.send_test, request.user.pk)
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": request.user.email})
    return redirect("subscriptions")


@require_POST
@login_required
def try_again(request: AuthenticatedRequest) -> HttpResponse:
    """The reader says that the address takes messages again."""
    actions.lift(request.user.email)
    messages.success(request, _("The next alert will be tried at your address again."))
    return redirect("subscriptions")


@require_POST
@login_required
def add(request: AuthenticatedRequest) -> HttpResponse:
    """Subscribe to one site, monument, plan or country, or to everything where none is named."""
    actions.subscribe(user=request.user, language=get_language(), **named(request))
    address = request.user.email
    messages.success(request, _("You will be told by e-mail at %(address)s.") % {"address": address})
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """How often, about what, from which severity, and when not."""
    running = Subscription.objects.running().select_related("site", "monument")
    subscription = get_object_or_404(running, pk=pk, user=request.user)
    form = WishesForm(request.POST or None, instance=subscription)
    if form.is_valid():
        actions.change(form.instance)
        messages.success(request, _("Saved."))
        return redirect("subscriptions")
    return render(request, "pages/subscription.html", {"form": form, "about": queries.about(subscription)})


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Somebody without an account asks to be told; the address is asked whether it was them."""
    form, looked_for = AskForm(request.POST), SearchForm(request.POST)
    is_search = "search" in request.POST
    if not form.is_valid() or (is_search and not looked_for.is_valid()):
        again = {name: value for name, value in request.POST.items() if name not in {"email", "csrfmiddlewaretoken"}}
        return render(request, "pages/ask.html", {"form": form, "kept": again}, status=400)
    if too_often(Asking(), request):
        return render(request, "pages/ask.html", {"state": "too_often"}, status=429)
    about = {"search": kept(looked_for)} if is_search else named(request)
    address, is_weekly = form.cleaned_data["email"], "weekly" in request.POST
    if is_weekly and not about:
        raise Http404
    kinds, question = (Kind.WEEKLY, tasks.ask_about_weekly) if is_weekly else (ALL_KINDS, tasks.ask_to_confirm)
    subscription, is_due = actions.ask(address=address, language=get_language(), kinds=kinds, **about)
    if is_due:
        tasks.wake(question, subscription.pk)
    return render(request, "pages/ask.html", {"sent_to": address})


def kept(form: SearchForm) -> Search:
    """A search that nobody named has the name of what it looks for, and who looks for the same has the same."""
    form.instance.name = str(form.cleaned_data.get("site") or "") or _("Your search on the map")
    return actions.search_for_the_same(form.instance)


def named(request: HttpRequest) -> dict[str, Any]:
    """What a form is about: a site or a monument by its slug, a plan by its key, a country by its code."""
    found: dict[str, Any] = {}
    if country := request.POST.get("country"):
        if country not in dict(countries):
            raise Http404
        found["country"] = country
    for name, model, field in (("site", Site, "slug"), ("monument", Monument, "slug"), ("plan", Plan, "pk")):
        if value := request.POST.get(name):
            try:
                found[name] = get_object_or_404(model, **{field: value})
            except ValidationError as error:  # no key at all
                raise Http404 from error
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """From the mailbox, after a year of silence: yes, still."""
    subscription = tokens.read_to_renew(token)
    if subscription is None:
        return render(request, "pages/ask.html", {"state": "unknown"}, status=404)
    if request.method == "POST":
        actions.renew([subscription])
    state = "renewed" if request.method == "POST" else "renew"
    return render(request, "pages/ask.html", {"state": state, "about": queries.about(subscription)})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """From the mailbox: asks on GET, as scanners follow links; counts on POST."""
    asked = tokens.read_for(token)
    if asked is None:
        return render(request, "pages/ask.html", {"state": "unknown"}, status=404)
    subscription, kinds = asked
    if request.method == "POST":
        actions.confirm(subscription, kinds)
    confirmed = request.method == "POST"
    context = {
        "state": "confirmed" if confirmed else "confirm",
        "about": queries.about(subscription),
        "own": tokens.make_own(subscription) if confirmed else "",
        "weekly": kinds == Kind.WEEKLY,
    }
    return render(request, "pages/ask.html", context)


@require_POST
@login_required
def pause(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    """Be told nothing of it for a while; the same button takes it up again."""
    subscription = get_object_or_404(Subscription.objects.running(), pk=pk, user=request.user)
    step = actions.resume if subscription.paused else actions.pause
    step(subscription)
    return _back(request)


@require_POST
@login_required
def end(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    actions.end(get_object_or_404(Subscription, pk=pk, user=request.user))
    messages.success(request, _("You will not be told about this any more."))
    return _back(request)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """From a message: ask on GET, as scanners follow links; end its subscriptions on POST."""
    delivery = tokens.read(token)
    if delivery and request.method == "POST":
        actions.end_reasons(delivery)
    done = request.method == "POST" and delivery is not None
    status = 200 if delivery else 404
    return render(request, "pages/unsubscribe.html", {"delivery": delivery, "done": done}, status=status)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(addresses.next_of(request, reverse("subscriptions")))
