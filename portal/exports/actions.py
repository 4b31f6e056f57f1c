"""Asking for files, making them, and doing away with them."""

from __future__ import annotations

import datetime
import hashlib
import logging
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from portal import leases
from portal.exports.contents import content_of, form_of, listed
from portal.exports.formats import Format
from portal.exports.models import Export, State
from sites.responsibility import area_of

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=15)
TRIES = 3
SALT = "portal.exports.file"


class TooMany(Exception):
    """As many as are made at a time for one reader, or for all who have no name, are being made."""


def ask(name: str, query: str, form: Format, *, by: Any, language: str) -> Export:
    """Have a list made by its question; the same that is there or under way is not made twice. Raises TooMany."""
    asked = {"layer": name, "question": query, "format": form.name, "language": language, "ticked": False}
    own = _own(by)
    fresh = Q(
        state=State.READY, asked_at__gt=timezone.now() - datetime.timedelta(seconds=settings.EXPORT_FRESH_SECONDS)
    )
    same = own.filter(fresh | Q(state__in=[State.WAITING, State.MAKING]), **asked, rights=rights_of(by))
    return same.first() or _new(by, asked)


def ask_for_ticked(name: str, keys: bytes, form: Format, *, by: Any, language: str) -> Export:
    """Have some rows of a layer made, by their keys as `contents.packed` gives them. Raises TooMany."""
    asked = {"layer": name, "format": form.name, "language": language, "ticked": True}
    return _new(by, {**asked, "keys": keys})


def _own(by: Any) -> QuerySet[Export]:
    """Those of a person, or of all who have no name."""
    own: QuerySet[Export] = Export.objects.filter(asked_by=by if by.pk else None)
    return own


def _new(by: Any, asked: dict[str, Any]) -> Export:
    most = settings.EXPORTS_AT_A_TIME if by.pk else settings.EXPORTS_AT_A_TIME * 5
    if _own(by).filter(state__in=[State.WAITING, State.MAKING]).count() >= most:
        raise TooMany
    return Export.objects.create(asked_by=by if by.pk else None, rights=rights_of(by), **asked)


def rights_of(reader: Any) -> str:
    """A mark that changes with what this reader may see."""
    if not reader.pk:
        return ""
    area = area_of(reader)
    told = [sorted(reader.get_all_permissions()), sorted(map(str, area.sites or ())), sorted(area.countries or ())]
    told.append([str(reader.organisation_id), str(area.everywhere)])
    return hashlib.sha256(repr(told).encode()).hexdigest()


def may_have(export: Export) -> bool:
    """Asked again whenever somebody comes for it."""
    asker = export.asked_by
    return asker is None or (asker.is_active and rights_of(asker) == export.rights)


def take(pk: UUID) -> bool:
    """Exactly one worker gets True; one that died leaves it to the next."""
    now = timezone.now()
    waiting = Export.objects.filter(_to_go_on_with(now), pk=pk)
    return waiting.update(state=State.MAKING, leased_until=now + LEASE, tries=F("tries") + 1) == 1


def make(pk: UUID) -> None:
    """Make one that was taken; what fails is tried again, and given up after a few times."""
    export = Export.objects.select_related("asked_by").get(pk=pk)
    kept = Export.objects.filter(pk=pk)
    if not may_have(export):
        kept.update(state=State.FAILED, leased_until=None, keys=None)
        return
    try:
        name, size = _made(export)
    except Exception:
        logger.exception("Export %s could not be made", pk)
        state = State.FAILED if export.tries >= TRIES else State.WAITING
        kept.update(state=state, leased_until=None)
    else:
        until = timezone.now() + datetime.timedelta(hours=settings.EXPORT_HOURS)
        kept.update(state=State.READY, file=name, size=size, leased_until=None, expires_at=until, keys=None)


def _made(export: Export) -> tuple[str, int]:
    reader: Any = export.asked_by or AnonymousUser()
    with translation.override(export.language), tempfile.TemporaryDirectory() as folder:
        content = content_of(export, reader)
        Export.objects.filter(pk=export.pk).update(total=content.total(), done=0)
        path = Path(folder) / form_of(export).file_name(listed(export))
        content.write(path, partial(_counted, export))
        with path.open("rb") as file:
            name = storages["exports"].save(f"{export.pk}/{path.name}", File(file))
        return name, path.stat().st_size


def _counted(export: Export, batches: Iterator[list[Any]]) -> Iterator[list[Any]]:
    done = 0
    for rows in batches:
        yield rows
        done += len(rows)
        Export.objects.filter(pk=export.pk).update(done=done, leased_until=timezone.now() + LEASE)


def to_go_on_with() -> list[UUID]:
    """Those that no worker is at."""
    waiting = Export.objects.filter(_to_go_on_with(timezone.now())).order_by("id")
    return list(waiting.values_list("pk", flat=True))


def expire() -> None:
    """Delete the files of those whose time is over, and forget those that are long over."""
    now = timezone.now()
    for export in Export.objects.filter(state=State.READY, expires_at__lte=now):
        Export.objects.filter(pk=export.pk).update(state=State.EXPIRED)
        storages["exports"].delete(export.file)
    old = now - datetime.timedelta(days=30)
    Export.objects.filter(state__in=[State.EXPIRED, State.FAILED], asked_at__lt=old).delete()


def link(export: Export) -> str:
    """Where it is fetched for the next SIGNED_LINK_SECONDS, without signing in."""
    storage = storages["exports"]
    if isinstance(storage, FileSystemStorage):
        return f"/exports/file/{signing.dumps(str(export.pk), salt=SALT)}/"
    return storage.url(export.file)


def read(token: str) -> Export | None:
    """The export of a link; None if it is forged, has expired, or its asker may no longer have it."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=settings.SIGNED_LINK_SECONDS)
    except signing.BadSignature:
        return None
    found = Export.objects.filter(pk=pk, state=State.READY).select_related("asked_by").first()
    return found if found and may_have(found) else None


def _to_go_on_with(now: datetime.datetime) -> Q:
    return leases.to_go_on_with(now, states=[State.WAITING, State.MAKING], tries=TRIES)
