"""Pictures in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import pictures
from reports.conditions.models import ConditionReport
from reports.evidence import gallery
from reports.evidence.models import Evidence, Rendition
from reports.evidence.targets import about, may_add
from reports.restoration.models import Plan
from sites.models import Monument

register = template.Library()
SHOWN = 12
"""Pictures on a page of the admin; the list has them all."""


@register.inclusion_tag("parts/picture.html")
def picture(evidence: Evidence, sizes: str = "100vw", lazy: bool = True) -> dict[str, Any]:
    """The picture, as large as the screen needs it (`sizes` as in HTML); in its place, why there is none yet."""
    return {
        "evidence": evidence,
        "picture": pictures.picture(evidence),
        "alternative": pictures.alternative(evidence),
        "sizes": sizes,
        "lazy": lazy,
    }


@register.inclusion_tag("admin/evidence/of_thing.html", takes_context=True)
def evidence_of(context: Any, thing: Monument | ConditionReport | Plan | None) -> dict[str, Any]:
    """In the admin: the last that was sent with a monument, report or plan, and a form to send more."""
    user = context["request"].user
    if thing is None or (isinstance(thing, Plan) and thing.monument is None):
        return {}
    target = about(thing)
    kind, key = target.named()
    found = Evidence.objects.visible_to(user).filter(target.condition()).prefetch_related("renditions")
    return {
        "evidence": list(found.order_by("-id")[:SHOWN]) if user.has_perm("evidence.view_evidence") else [],
        "address": reverse(f"add-to-{kind}", args=[key]) if may_add(thing, user) else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("parts/picture_caption.html")
def picture_caption(evidence: Evidence, linked: bool = True) -> dict[str, Any]:
    """When it was taken, what it shows, who says so and how sure that is; nobody is named who is not in the credit."""
    return {
        "evidence": evidence,
        "date": gallery.date_text(evidence),
        "statement": gallery.statement_of(evidence),
        "linked": linked,
    }


@register.simple_tag
def picture_date(evidence: Evidence) -> str:
    return gallery.date_text(evidence) or _("Date unknown")


@register.simple_tag
def rendition_url(rendition: Rendition) -> str:
    return pictures.address(rendition)
