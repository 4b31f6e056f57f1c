"""What a key may be used for: never more than its owner may do, and of that only what its scopes name.

Pure. Every permission of `roles.py` falls under one scope or under none; what falls under none
(accounts, roles, responsibilities) cannot be done with a key at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    READ = "read", _("Read what I may read, without exact places")
    SENSITIVE = "sensitive", _("Read exact places and what else is not for everybody")
    WRITE = "write", _("Write and submit: reports, photographs, plans, events, my subscriptions")
    REVIEW = "review", _("Verify, publish and retract")


SENSITIVE = {
    "sites.view_exact_place",
    "conditions.view_confidentialnote",
    "evidence.view_original",
    "evidence.export_package",
}
NEVER_APPS = {"accounts", "auth", "admin", "sessions"}
NEVER_MODELS = {"responsibility", "organisation", "disclosure", "suppression"}
REVIEWING = {"verify", "publish", "retract", "acknowledge", "resend"}


def scope_of(permission: str) -> Scope | None:
    """The scope that a permission (`app_label.codename`) falls under; None: not with a key."""
    app, _dot, codename = permission.partition(".")
    verb, _line, model = codename.partition("_")
    if app in NEVER_APPS or model in NEVER_MODELS:
        return None
    if permission in SENSITIVE:
        return Scope.SENSITIVE
    if verb in REVIEWING:
        return Scope.REVIEW
    return Scope.READ if verb == "view" else Scope.WRITE


def allows(scopes: Iterable[str], permission: str) -> bool:
    """Whether a key with these scopes may use this permission of its owner."""
    return scope_of(permission) in set(scopes)


def may_change(scopes: Iterable[str]) -> bool:
    """Whether a key with these scopes may send anything but questions."""
    return bool({Scope.WRITE, Scope.REVIEW} & set(scopes))
