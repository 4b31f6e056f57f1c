"""Signed links to pictures and originals that are not public: they expire, and end with the right of who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.files.storage import FileSystemStorage, storages
from django.urls import reverse

from reports.evidence import queries
from reports.evidence.models import Evidence, Rendition
from reports.evidence.storage import name_of
from reports.evidence.visibility import may_view_original

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

SALT = "reports.evidence.file"
RENDITIONS, ORIGINALS = "renditions", "originals"


class Kept(NamedTuple):
    """A file in one of the storages, and how it is sent."""

    storage: str
    name: str
    media_type: str
    download_as: str = ""
    """Under this name it is saved and not shown; empty: it is shown."""


def to_rendition(rendition: Rendition, user: PermissionsMixin | AnonymousUser) -> str:
    """Where `user` fetches the picture for the next SIGNED_LINK_SECONDS, without signing in."""
    return _link(Kept(RENDITIONS, rendition.file, rendition.format), rendition.file, user)


def to_original(evidence: Evidence, user: PermissionsMixin | AnonymousUser) -> str:
    """The same for the original."""
    return _link(original(evidence), str(evidence.pk), user)


def original(evidence: Evidence) -> Kept:
    """Under its hash: names that senders gave may say what must not be known."""
    media_type = evidence.original.media_type
    name = f"{evidence.original_id[:16]}.{media_type.rpartition('/')[2]}"
    return Kept(ORIGINALS, name_of(evidence.original_id), media_type, name)


def read(token: str) -> Kept | None:
    """What a link leads to; None if it is forged, has expired, or its asker may no longer have it."""
    try:
        storage, key, asker = signing.loads(token, salt=SALT, max_age=settings.SIGNED_LINK_SECONDS)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=asker, is_active=True).first()
    if user is None:
        return None
    return _rendition(key, user) if storage == RENDITIONS else _original(key, user)


def _link(kept: Kept, key: str, user: PermissionsMixin | AnonymousUser) -> str:
    storage: Any = storages[kept.storage]
    if isinstance(storage, FileSystemStorage):
        token = signing.dumps([kept.storage, key, str(user.pk)], salt=SALT)
        return reverse("picture-link", args=[token])
    said = {"ResponseContentType": kept.media_type}
    if kept.download_as:
        said["ResponseContentDisposition"] = f'attachment; filename="{kept.download_as}"'
    link: str = storage.url(kept.name, parameters=said)
    return link


def _rendition(file: str, user: PermissionsMixin) -> Kept | None:
    found = queries.rendition(file, user)
    return Kept(RENDITIONS, found.file, found.format) if found else None


def _original(pk: str, user: PermissionsMixin) -> Kept | None:
    seen = Evidence.objects.visible_to(user).select_related("original", "monument__site", "organisation")
    evidence = seen.filter(pk=pk).first()
    return original(evidence) if evidence and may_view_original(user, evidence) else None
