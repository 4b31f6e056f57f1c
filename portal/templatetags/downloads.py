"""The same question as a file and in QGIS, under every list that has a layer."""

from __future__ import annotations

from typing import Any

from django import template

from portal.exports.views import offered
from portal.layers import LAYERS
from reports.conditions.querysets import Moment

register = template.Library()


@register.inclusion_tag("parts/exports.html", takes_context=True)
def downloads(context: Any, layer: str, **asked: Any) -> dict[str, Any]:
    """Of what the list asks, at the moment of the page where the layer knows moments."""
    listed, request = LAYERS[layer], context["request"]
    moment = {name: request.GET.get(name) for name in Moment._fields if name in listed.asked.filters.base_filters}
    question = listed.question({**moment, **asked}, request.user)
    return {"exports": offered(layer, question), "title": listed.title}
