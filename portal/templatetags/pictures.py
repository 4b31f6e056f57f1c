"""Pictures in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from portal import pictures
from reports.conditions.models import ConditionReport
from reports.evidence.models import Evidence
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
