"""Pictures in templates."""

from __future__ import annotations

from typing import Any

from django import template

from portal import pictures
from reports.evidence.models import Evidence

register = template.Library()


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
