"""The same question as a file, under every list; and in QGIS, where it has a layer."""

from __future__ import annotations

from typing import Any

from django import template

from portal.exports.views import offered
from portal.layers import LAYERS
from portal.lists import LISTS
from portal.lists import views as lists
from reports.conditions.querysets import Moment

register = template.Library()


@register.inclusion_tag("parts/exports.html", takes_context=True)
def downloads(context: Any, layer: str, **asked: Any) -> dict[str, Any]:
    """Of what the list asks, at the moment of the page where the layer knows moments."""
    listed, request = LAYERS[layer], context["request"]
    moment = {name: request.GET.get(name) for name in Moment._fields if name in listed.asked.filters.base_filters}
    question = listed.question({**moment, **asked}, request.user)
    return {"exports": offered(layer, question), "title": listed.title}


@register.inclusion_tag("parts/exports.html")
def sheets(name: str, **asked: Any) -> dict[str, Any]:
    """Of what a list without a layer asks."""
    table = LISTS[name]
    return {"exports": {"formats": lists.offered(table, **asked)}, "title": table.title}
