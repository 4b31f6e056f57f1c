"""Signing in by key: for the interfaces alone, never for pages and the admin."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from portal.accounts import keys, scopes
from portal.accounts.models import Key
from portal.api.problems import problem

INTERFACES = ("/api/", "/ogc/", "/tiles/", "/map/", "/searches/", "/exports/")
SAFE = {"GET", "HEAD", "OPTIONS"}


class SignInByKey:
    """Middleware: who sends a key acts as its owner, as far as the scopes of the key go."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(INTERFACES) or "Authorization" not in request.headers:
            return self.get_response(request)
        try:
            found = TokenAuthentication().authenticate(request)
        except (AuthenticationFailed, UnicodeDecodeError):
            return _refused(401, _("This key is not known, or its time is over; make a new one in the portal."))
        if found is None:
            return _refused(401, _("Send a key as “Authorization: Bearer …”."))
        user, token = found
        key = Key.objects.filter(token=token).first()
        if key is None or (request.method not in SAFE and not scopes.may_change(key.scopes)):
            return _refused(403, _("This key may only read; make one that may write."))
        keys.used(key)
        user.scopes = frozenset(key.scopes)
        request.user, request.key = user, key  # type: ignore[attr-defined]
        # A key is sent on purpose; only what browsers send by themselves can be forged.
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001
        return self.get_response(request)


def _refused(status: int, detail: str) -> HttpResponse:
    answer = problem(status, detail)
    answer["WWW-Authenticate"] = "Bearer"
    return answer
