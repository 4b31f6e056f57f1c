"""What search engines (schema.org) and cards (OpenGraph) are told of a page: what everybody may see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import pictures
from reports.evidence import gallery
from reports.evidence.models import Evidence
from reports.evidence.vocabulary import EvidenceKind, RenditionSize
from sites import visibility
from sites.models import Monument, Site
from sites.queries import EVERYBODY

PORTAL = "/"


def of_portal() -> dict[str, Any]:
    """For the first page."""
    return _card(PORTAL, _("Tadmor"), _purpose(), {"@type": "WebSite"})


def of_page(path: str, title: str, description: str, kind: str) -> dict[str, Any]:
    """Of a list or a report, at its address without what is asked of it."""
    return _card(
        path, str(title), str(description) or _purpose(), {"@type": kind, "isPartOf": {"@id": _absolute(PORTAL)}}
    )


def of_story(site: Any) -> dict[str, Any]:
    """Of what happened at a site, with its newest photograph."""
    about = {"@type": "WebPage", "about": {"@id": _absolute(site.get_absolute_url()), "name": str(site)}}
    title = _("%(site)s: its story") % {"site": site}
    description = _("What happened, what was damaged, what is hoped and done; the newest first.")
    return _illustrated(
        _card(reverse("story", args=[site.slug]), title, description, about), gallery.shown_of_site(site)
    )


def _purpose() -> str:
    return _("What happened to heritage sites, how we know, what could still be done.")


def of_site(site: Any) -> dict[str, Any]:
    return _of_place(site, str(site.country.name), gallery.shown_of_site(site))


def of_monument(monument: Any, grade: str) -> dict[str, Any]:
    """`grade` in words, as at the moment of the page."""
    description = f"{monument.get_type_display()}, {monument.site_label}: {grade}"
    told = _of_place(monument, description, gallery.of(monument, EVERYBODY))
    told["schema"]["containedInPlace"] = {"@id": _absolute(monument.site.get_absolute_url())}
    return told


def of_plan(plan: Any, place: Site | Monument) -> dict[str, Any]:
    about = {"@type": "Project", "location": {"@id": _absolute(place.get_absolute_url()), "name": str(place)}}
    status = plan.get_status_display()
    told = _card(plan.get_absolute_url(), plan.title, f"{place}: {status}", about)
    return _illustrated(told, gallery.of(plan, EVERYBODY))


def _of_place(found: Site | Monument, description: str, photographs: QuerySet[Evidence]) -> dict[str, Any]:
    names = {name.text for name in found.names.all()} - {str(found)}
    about: dict[str, Any] = {"@type": "LandmarksOrHistoricalBuildings", "alternateName": sorted(names)}
    if point := visibility.location(found, EVERYBODY):
        longitude, latitude = point["coordinates"]
        about["geo"] = {"@type": "GeoCoordinates", "longitude": longitude, "latitude": latitude}
    path = found.get_absolute_url()
    told = _illustrated(_card(path, str(found), description, about), photographs)
    return {**told, "linked": f"{_absolute(path).rstrip('/')}.jsonld"}


def _illustrated(card: dict[str, Any], photographs: QuerySet[Evidence]) -> dict[str, Any]:
    """With the newest photograph that everybody may see, where there is one with pictures."""
    rendered = photographs.filter(kind=EvidenceKind.PHOTOGRAPH, renditions__size=RenditionSize.PAGE)
    newest = rendered.first()
    shown = pictures.picture(newest) if newest else None
    if newest is None or shown is None:
        return card
    image = {"address": _absolute(shown.src), "width": shown.width, "height": shown.height}
    card["schema"]["image"] = image["address"]
    return {**card, "image": {**image, "alternative": pictures.alternative(newest)}}


def _card(path: str, title: str, description: str, about: dict[str, Any]) -> dict[str, Any]:
    """For the template of a page; the same for every reader, as it is kept by others."""
    address = _absolute(path)
    schema = {
        "@context": "https://schema.org",
        "@id": address,
        "url": address,
        "name": title,
        "description": description,
        **about,
    }
    if about["@type"] != "Project":
        schema["inLanguage"] = get_language()
    return {"title": title, "description": description, "address": address, "schema": schema}


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
