"""Remembering who was shown what is not public. `LogDisclosures` writes it when the answer is ready."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from sites.models import Disclosure

LONGEST = Disclosure._meta.get_field("where").max_length

_shown: ContextVar[set[tuple[str, UUID]] | None] = ContextVar("shown", default=None)


def note(what: Disclosure.What, of: UUID) -> None:
    """Remember that this was shown in the answer being made; outside a request nobody was shown anything."""
    shown = _shown.get()
    if shown is not None:
        shown.add((what, of))


class LogDisclosures:
    """Middleware: one row per thing shown and answer. Nothing goes out unless it is written down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown: set[tuple[str, UUID]] = set()
        token = _shown.set(shown)
        try:
            response = self.get_response(request)
        finally:
            _shown.reset(token)
        reader = getattr(request, "viewer", request.user)  # in a preview, whoever looks through it
        if shown and reader.pk:
            where = request.path[:LONGEST]
            Disclosure.objects.bulk_create(
                [Disclosure(user_id=reader.pk, what=what, of=of, where=where) for what, of in shown],
                batch_size=500,
            )
        return response
