from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import addresses
from portal.accounts.models import User
from reports.alerts import actions, tokens
from reports.alerts.models import Subscription
from sites.models import Monument, Site


class AuthenticatedRequest(HttpRequest):
    """What `login_required` lets through."""

    user: User


def subscription_to(user: AbstractBaseUser | AnonymousUser, **about: Site | Monument) -> Subscription | None:
    """This person's running subscription to exactly that site or monument."""
    if not user.pk:
        return None
    return Subscription.objects.running().filter(user=user.pk, **about).first()


@require_safe
@login_required
def mine(request: AuthenticatedRequest) -> HttpResponse:
    subscriptions = Subscription.objects.running().filter(user=request.user).select_related("site", "monument")
    sites = Site.objects.labelled().in_bulk([row.site_id for row in subscriptions if row.site_id])
    monuments = Monument.objects.labelled().in_bulk([row.monument_id for row in subscriptions if row.monument_id])
    rows = [(row, sites.get(row.site_id) or monuments.get(row.monument_id) or row) for row in subscriptions]
    everything = any(row.scope == "all" for row in subscriptions)
    return render(request, "pages/subscriptions.html", {"subscriptions": rows, "everything": everything})


@require_POST
@login_required
def add(request: AuthenticatedRequest) -> HttpResponse:
    """Subscribe to one site or monument, or to everything where neither is named."""
    site, monument = request.POST.get("site"), request.POST.get("monument")
    actions.subscribe(
        user=request.user,
        language=get_language(),
        site=get_object_or_404(Site, slug=site) if site else None,
        monument=get_object_or_404(Monument, slug=monument) if monument else None,
    )
    address = request.user.email
    messages.success(request, _("You will be told by e-mail at %(address)s.") % {"address": address})
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
