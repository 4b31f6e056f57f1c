"""The moment that a page shows, from its address; a wrong one is a clear 400."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest

from reports.conditions import moments
from reports.conditions.queries import Moment


def of(request: HttpRequest) -> Moment:
    """What `as_of` and `known_at` ask for. Raises BadRequest with words for people."""
    try:
        return moments.read(request.GET)
    except ValidationError as error:
        raise BadRequest(" ".join(error.messages)) from error


def context(moment: Moment) -> dict[str, Any]:
    """For templates: the moment, and the query string that keeps it from page to page."""
    asked = {name: value.isoformat() for name, value in moment._asdict().items() if value is not None}
    return {"moment": moment, "moment_query": f"?{urlencode(asked)}" if asked else ""}
