from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import paging
from portal.forms import AskForm, WhereForm
from portal.lists import LISTS
from portal.views.subscriptions import AuthenticatedRequest
from reports.alerts import actions, queries, wording
from reports.alerts.models import Alert, Outcome, Search
from reports.conditions.workflow import NotAllowed
from sites.models import Monument, Site

IN_A_FEED = 50


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """What happened, as far as the reader may know it, the last first."""
    told = LISTS["alerts"].rows(request.GET, request.user)
    page = paging.after(told, request.GET.get("after", ""), by=("-id",))
    rows = [(alert, wording.context(alert, get_language())) for alert in page.rows]
    context = {"page": page, "rows": rows, "where": WhereForm(), "address": AskForm()}
    return render(request, "pages/alerts.html", context)


@require_safe
def alert(request: HttpRequest, pk: str) -> HttpResponse:
    """One alert: what was told, who has taken it up, and for staff, who got it."""
    visible = Alert.objects.visible_to(request.user).select_related("site", "monument", "acknowledged_by", "repeats")
    found = get_object_or_404(visible, pk=pk)
    if request.user.is_authenticated:
        actions.read(getattr(request.user, "email", ""), found)
    sees_people = request.user.has_perm("alerts.view_delivery")
    context = {
        "alert": found,
        "said": wording.context(found, get_language()),
        "outcomes": _outcomes(found) if sees_people else [],
        "may_acknowledge": request.user.has_perm("alerts.acknowledge_alert") and found.acknowledged_at is None,
    }
    return render(request, "pages/alert.html", context)


@require_POST
@login_required
def acknowledge(request: AuthenticatedRequest, pk: str) -> HttpResponse:
    found = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    try:
        actions.acknowledge(found, by=request.user)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, _("It is noted that you have taken this up; nobody is reminded any more."))
    return redirect(found)


@require_POST
@login_required
def read_all(request: AuthenticatedRequest) -> HttpResponse:
    actions.read(request.user.email)
    return redirect("told")


def _outcomes(found: Alert) -> list[tuple[str, int, str]]:
    """How many messages came to what, with the list of them in the admin."""
    rows = queries.recipients(found).order_by().values_list("outcome").annotate(Count("pk"))
    link = reverse("admin:alerts_delivery_changelist") + f"?tells_of={found.pk}"
    labels = {**dict(Outcome.choices), "": _("Waiting")}
    return [(str(labels[outcome]), number, f"{link}&outcome__exact={outcome}") for outcome, number in rows]


class AlertFeed(Feed):
    """Atom (RFC 4287) of what everybody may know; feed readers cannot sign in."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, **about: str) -> Site | Search | None:
        if "slug" in about:
            return get_object_or_404(Site.objects.labelled(), slug=about["slug"])
        return get_object_or_404(Search, pk=about["pk"]) if "pk" in about else None

    def title(self, about: Site | Search | None) -> str:
        return f"Tadmor: {about}" if about else _("Tadmor: alerts")

    def link(self, about: Site | Search | None) -> str:
        return f"/sites/{about.slug}/" if isinstance(about, Site) else reverse("alerts")

    def items(self, about: Site | Search | None) -> QuerySet[Alert]:
        told = Alert.objects.visible_to(AnonymousUser()).news().select_related("site", "monument")
        if isinstance(about, Site):
            told = told.filter(site=about)
        elif about:
            told = told.filter(_found_by(about))
        return told.order_by("-id")[:IN_A_FEED]

    def item_title(self, item: Any) -> str:
        said = wording.context(item, get_language())
        return f"{said['rule']}: {said['title']}"

    def item_description(self, item: Alert) -> str:
        """As HTML, which feed readers take it for: what a source says is text and stays text."""
        said = render_to_string("alerts/said.txt", {"alert": wording.context(item, get_language())})
        return linebreaks(said.strip(), autoescape=True)

    def item_guid(self, item: Alert) -> str:
        return item.pk.urn

    def item_pubdate(self, item: Alert) -> Any:
        return item.raised_at

    def item_updateddate(self, item: Alert) -> Any:
        return item.raised_at

    def item_categories(self, item: Alert) -> list[str]:
        return [item.rule, item.get_severity_display()]


def _found_by(search: Search) -> Q:
    """What happens to the monuments that it finds, and to whole sites where it asks nothing of single monuments."""
    found = queries.found_by(search).select_related(None)
    of_site = Q(monument=None, site__in=Monument.objects.filter(pk__in=found.values("pk")).values("site"))
    about_monuments = Q(monument__in=found.values("pk"))
    return about_monuments if search.type or search.least_grade else about_monuments | of_site
