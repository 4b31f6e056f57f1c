from __future__ import annotations

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from portal import mailbox


@require_safe
@login_required
@permission_required("accounts.read_mailbox", raise_exception=True)
def messages(request: HttpRequest) -> HttpResponse:
    found, cursor = mailbox.newest(before=request.GET.get("before", "")) if mailbox.in_use() else ([], "")
    context = {"messages_found": found, "next": cursor, "in_use": mailbox.in_use()}
    return render(request, "pages/mailbox.html", context)


@require_safe
@login_required
@permission_required("accounts.read_mailbox", raise_exception=True)
def message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "pages/message.html", {"message": _find(name)})


@require_safe
@login_required
@permission_required("accounts.read_mailbox", raise_exception=True)
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],  # mail carries its style in itself; nothing else of it may act
        "script-src": [NONE],
        "img-src": [NONE],
        "worker-src": [NONE],
        "form-action": [NONE],
        "frame-ancestors": ["'self'"],
        "sandbox": "allow-popups",
    }
)
def html(request: HttpRequest, name: str = "") -> HttpResponse:
    """The message as its sender laid it out, for a frame that can do nothing."""
    return HttpResponse(_find(name).html)


def _find(name: str) -> mailbox.Message:
    found = mailbox.find(name) if mailbox.in_use() else None
    if found is None:
        raise Http404
    return found
