"""Readers who are nobody in particular: what they may see follows from a role alone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, Permission
from django.utils.functional import cached_property


class RoleReader(AnonymousUser):
    """Somebody with the permissions of a role (the name of its group), without an organisation, for all sites."""

    is_active = True  # type: ignore[assignment]

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__()

    @property
    def is_authenticated(self) -> bool:  # type: ignore[override]
        return True

    @property
    def is_anonymous(self) -> bool:  # type: ignore[override]
        return False

    @cached_property
    def _granted(self) -> set[str]:
        rows = Permission.objects.filter(group__name=self.role).values_list("content_type__app_label", "codename")
        return {f"{app}.{codename}" for app, codename in rows}

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return perm in self._granted

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        return all(self.has_perm(perm) for perm in perm_list)

    def has_module_perms(self, module: str) -> bool:
        return any(perm.startswith(f"{module}.") for perm in self._granted)
