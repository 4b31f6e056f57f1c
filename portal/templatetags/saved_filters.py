"""A person's saved filters above the lists of the admin, and one of them on its first page."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.saved_filters import asking, queries

register = template.Library()


@register.inclusion_tag("admin/saved_filters.html", takes_context=True)
def saved_filters(context: Any) -> dict[str, Any]:
    request, label = context["request"], context["cl"].opts.label_lower
    return {
        "saved": queries.of_list(label, request.user),
        "label": label,
        "present": asking.kept(request.GET),
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("admin/saved_on_first_page.html", takes_context=True)
def saved_on_first_page(context: Any) -> dict[str, Any]:
    """With how many rows it finds now."""
    request = context["request"]
    saved = queries.on_first_page(request.user)
    own = asking.model_admin(saved.list, request) if saved else None
    if saved is None or own is None:
        return {}
    try:
        number = asking.count(own, saved.query, request)
    except ValidationError:  # the list has lost a filter since
        number = None
    opts = own.opts
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return {"saved": saved, "number": number, "address": f"{address}?{saved.query}", "opts": opts}
