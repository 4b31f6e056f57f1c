"""Words of linked data that are needed everywhere: codes of ours, of Getty's AAT, and times."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings

AAT = "http://vocab.getty.edu/aat/"


def context_address() -> str:
    return f"{settings.BASE_URL}/linked/context.jsonld"


def aat(number: int, label: str) -> dict[str, str]:
    return {"id": f"{AAT}{number}", "type": "Type", "_label": label}


def term(of: str, code: str, label: Any) -> dict[str, str]:
    """A code of ours."""
    return {"id": f"{context_address()}#{of}/{code}", "type": "Type", "_label": str(label)}


def chosen(of: str, choices: Any, code: str) -> list[dict[str, str]]:
    """A code out of a list of ours; nothing where there is none."""
    return [term(of, code, choices(code).label)] if code else []


def span(begin: datetime.date | None, end: datetime.date | None) -> dict[str, Any] | None:
    told = {"begin_of_the_begin": _iso(begin), "end_of_the_end": _iso(end)}
    return without_nothing({"type": "TimeSpan", **told}) if begin or end else None


def without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, [])}


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
