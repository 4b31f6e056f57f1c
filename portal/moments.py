"""The moment that a page shows, from its address; a wrong one is a clear 400."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest

from reports.conditions import moments
from reports.conditions.querysets import Moment


def of(request: HttpRequest) -> Moment:
    """What `as_of` and `known_at` ask for. Raises BadRequest with words for people."""
    try:
        return moments.read(request.GET)
    except ValidationError as error:
        raise BadRequest(" ".join(error.messages)) from error


def context(moment: Moment) -> dict[str, Any]:
    """For templates: the moment, and what keeps it in an address, as its first and as further parameters."""
    asked = {name: value.isoformat() for name, value in moment._asdict().items() if value is not None}
    query = urlencode(asked)
    return {
        "moment": moment,
        "moment_query": f"?{query}" if asked else "",
        "moment_more": f"&{query}" if asked else "",
    }
