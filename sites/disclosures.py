"""Remembering who was shown what is not public. `LogDisclosures` writes it when the answer is ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from sites.models import Disclosure

Piece = TypeVar("Piece")
LONGEST = Disclosure._meta.get_field("where").max_length

_shown: ContextVar[set[tuple[str, UUID]] | None] = ContextVar("shown", default=None)


def note(what: Disclosure.What, of: UUID) -> None:
    """Remember that this was shown in the answer being made; outside a request nobody was shown anything."""
    shown = _shown.get()
    if shown is not None:
        shown.add((what, of))


def written(pieces: Iterator[Piece], reader: Any, where: str) -> Iterator[Piece]:
    """The pieces of an answer that is made while it goes out: what each shows is written down before it does."""
    while True:
        shown: set[tuple[str, UUID]] = set()
        token = _shown.set(shown)
        try:
            piece = next(pieces, None)
        finally:
            _shown.reset(token)
        _write(shown, reader, where)
        if piece is None:
            return
        yield piece


def _write(shown: set[tuple[str, UUID]], reader: Any, where: str) -> None:
    if shown and reader.pk:
        Disclosure.objects.bulk_create(
            [Disclosure(user_id=reader.pk, what=what, of=of, where=where[:LONGEST]) for what, of in shown],
            batch_size=500,
        )


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
        _write(shown, reader, request.path)
        return response
