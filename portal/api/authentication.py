"""For REST framework: who has signed in by key, which a middleware has looked at (`keys.py`)."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from portal.accounts.models import Key


class KeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, Key] | None:
        key = getattr(request._request, "key", None)  # noqa: SLF001 - there is no other way to Django's request
        return (request._request.user, key) if key else None  # noqa: SLF001

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
