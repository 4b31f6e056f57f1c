"""A private address for calendar programs: opened, closed and read."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.views.subscriptions import AuthenticatedRequest
from reports.inspections import actions, calendar
from reports.inspections.models import CalendarLink
from sites.models import Site
from sites.responsibility import area_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: AuthenticatedRequest) -> HttpResponse:
    """One's calendar; its address is shown in the answer that opens it, and in no other."""
    addresses: list[tuple[str, str]] = []
    if request.method == "POST":
        secret = actions.open_calendar(by=request.user)
        everything = settings.BASE_URL + reverse("calendar", args=[secret])
        addresses = [(_("All of my sites"), everything), (_("What is assigned to me"), f"{everything}?mine=1")]
        sites = Site.objects.labelled().filter(area_of(request.user).condition(), monuments__inspections__isnull=False)
        for site in sites.distinct().order_by("slug"):
            addresses.append((str(site), settings.BASE_URL + reverse("calendar-of-site", args=[secret, site.slug])))
    context = {"link": CalendarLink.objects.filter(user=request.user.pk).first(), "addresses": addresses}
    return render(request, "pages/calendar.html", context)


@require_POST
@login_required
def close(request: AuthenticatedRequest) -> HttpResponse:
    """Make the address worthless at once."""
    actions.close_calendar(by=request.user)
    messages.success(request, _("The calendar is closed; its address opens nothing any more."))
    return redirect("my-calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, token: str, slug: str = "") -> HttpResponse:
    """iCalendar (RFC 5545), for whoever has the address, as far as its owner may know of inspections today."""
    reader = calendar.reader(token)
    if reader is None:
        raise Http404
    site = get_object_or_404(Site.objects.labelled(), slug=slug) if slug else None
    with translation.override(getattr(reader, "language", "") or settings.LANGUAGE_CODE):
        written = calendar.write(reader, site=site, own=request.GET.get("mine") == "1")
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="inspections.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
