"""What others are told of a public page that has no object of its own behind it."""

from __future__ import annotations

from typing import Any

from django import template

from portal.linked import cards

register = template.Library()


@register.inclusion_tag("parts/card.html", takes_context=True)
def card(context: Any, title: str, description: str = "", kind: str = "WebPage") -> dict[str, Any]:
    """For the head of a page. `kind`: its type in schema.org."""
    return {"card": cards.of_page(context["request"].path, title, description, kind)}
