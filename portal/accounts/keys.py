"""Making, using and revoking keys."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from knox.models import AuthToken

from portal.accounts.models import Key, User
from portal.accounts.scopes import Scope

MOST_OF_ONE = 20
"""So many keys may one person have."""
USED_EVERY = datetime.timedelta(minutes=1)
"""So exactly it is known when a key was last used."""


class TooMany(Exception):
    """This person has as many keys as one may have."""


@transaction.atomic
def make(user: User, *, name: str, scopes: Iterable[str], days: int) -> tuple[Key, str]:
    """A new key and the text that its owner keeps, which nobody can be shown again. Raises TooMany."""
    User.objects.select_for_update().get(pk=user.pk)
    if of(user).count() >= MOST_OF_ONE:
        raise TooMany
    token, text = AuthToken.objects.create(user=user, expiry=datetime.timedelta(days=days))
    kept = [scope for scope in Scope.values if scope in set(scopes)]
    return Key.objects.create(token=token, name=name, scopes=kept), text


def of(user: User) -> QuerySet[Key]:
    """Those that still open something, the newest first."""
    return (
        Key.objects.filter(token__user=user, token__expiry__gt=timezone.now())
        .select_related("token")
        .order_by("-token__created")
    )


def revoke(key: Key) -> None:
    key.token.delete()


def used(key: Key) -> None:
    """Note that it was used, at most once a minute."""
    now = timezone.now()
    lately = Q(last_used_at__gt=now - USED_EVERY)
    Key.objects.filter(pk=key.pk).exclude(lately).update(last_used_at=now)
