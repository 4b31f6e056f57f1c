"""The one relaxation of the content security policy: the admin's widgets (docs/security.md)."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

# Alpine, on which the admin's menus and fields are built, evaluates expressions in attributes and
# writes style attributes. Inline scripts and style sheets stay forbidden there too.
FOR_THE_ADMIN = {
    "script-src": [UNSAFE_EVAL],
    "style-src-attr": [UNSAFE_INLINE],
}


class AdminPolicy:
    """Middleware, inside django-csp's: relaxes the policy of the admin's own pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and "admin" in match.app_names and request.user.is_staff:
            response._csp_update = FOR_THE_ADMIN  # type: ignore[attr-defined]  # noqa: SLF001 - as csp_update does
        return response
