"""Seeing every page as somebody else would get it: the public, or (administrators) one of the roles.

A preview only reads: whatever changes something, and the pages of one's own account, are refused
while it lasts. What is shown in it is logged under the name of who looks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts import roles
from sites.readers import RoleReader

LABELS = {
    "public": _("The public"),
    roles.REPORTER: _("Reporter"),
    roles.EDITOR: _("Editor"),
    roles.VERIFIER: _("Verifier"),
    roles.ADMINISTRATOR: _("Administrator"),
}
KEY = "view_as"
PUBLIC = "public"
OWN = ("subscriptions", "account", "work", "report-add")
"""Pages of a person; a role is nobody in particular."""
SAFE = {"GET", "HEAD", "OPTIONS"}


class Reader(RoleReader):
    """Whoever has a role, under its name."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.username = self.name = label(role)  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:  # type: ignore[override]
        return self.role in roles.STAFF


def choices(user: Any) -> list[str]:
    """As whom this person may look at the pages."""
    if user.has_perm("accounts.view_as_others"):
        return [PUBLIC, *roles.PERMISSIONS]
    return [PUBLIC] if user.has_perm("accounts.view_as_public") else []


class ViewAs:
    """Middleware: swaps the reader while a preview lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        role = request.session.get(KEY)
        if not role or request.path in {reverse("view-as"), reverse("set_language"), reverse("account_logout")}:
            return self.get_response(request)
        if role not in choices(request.user):
            del request.session[KEY]
            return self.get_response(request)
        request.viewer = request.user  # type: ignore[attr-defined]
        request.view_as_label = label(role)  # type: ignore[attr-defined]
        request.view_as = role  # type: ignore[attr-defined]
        request.user = AnonymousUser() if role == PUBLIC else Reader(role)
        own = (*map(reverse, OWN), reverse("account_login").removesuffix("login/"))
        if request.method not in SAFE or request.path.startswith(own):
            return render(request, "pages/preview_only.html", status=403)
        return self.get_response(request)


def label(role: str) -> str:
    """A role in the reader's language."""
    return str(LABELS.get(role, role))


def offered(request: HttpRequest) -> dict[str, Any]:
    """Context processor: as whom the pages can be seen, for the foot of every page."""
    if getattr(request, "view_as", None) or not hasattr(request, "user"):
        return {}
    return {"view_as_choices": [(role, label(role)) for role in choices(request.user)]}
