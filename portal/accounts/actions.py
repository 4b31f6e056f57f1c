"""Making accounts."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts import roles
from portal.accounts.models import User


@transaction.atomic
def create_sample_accounts() -> tuple[list[User], str]:
    """One account per role, for trying out, all with one new random password; returns both."""
    password = secrets.token_urlsafe(12)
    users = [_create(role, password) for role in roles.PERMISSIONS]
    return users, password


def _create(role: str, password: str) -> User:
    user = User.objects.create_user(f"{role.lower()}@example.org", password, name=role, is_staff=role in roles.STAFF)
    user.groups.add(Group.objects.get(name=role))
    return user
