"""Asking for files, making them, and doing away with them."""

from __future__ import annotations

import datetime
import hashlib
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone, translation

from portal.exports.formats import Format, of_layer, write
from portal.exports.models import Export, State
from portal.layers import LAYERS, Layer, Row
from sites import disclosures
from sites.questions import Asked
from sites.responsibility import area_of

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=15)
TRIES = 3
SALT = "portal.exports.file"


class TooMany(Exception):
    """As many as are made at a time for one reader, or for all who have no name, are being made."""


def ask(layer: Layer, question: Asked, form: Format, *, language: str) -> Export:
    """Have a file made; the same one that is there or under way is not made twice. Raises TooMany."""
    reader: Any = question.reader if question.reader.pk else None
    asked = {"layer": layer.name, "question": question.query(), "format": form.name, "language": language}
    own = Export.objects.filter(asked_by=reader)
    fresh = Q(
        state=State.READY, asked_at__gt=timezone.now() - datetime.timedelta(seconds=settings.EXPORT_FRESH_SECONDS)
    )
    same = own.filter(fresh | Q(state__in=[State.WAITING, State.MAKING]), **asked, rights=rights_of(question.reader))
    if standing := same.first():
        return standing
    most = settings.EXPORTS_AT_A_TIME if reader else settings.EXPORTS_AT_A_TIME * 5
    if own.filter(state__in=[State.WAITING, State.MAKING]).count() >= most:
        raise TooMany
    return Export.objects.create(asked_by=reader, rights=rights_of(question.reader), **asked)


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
        kept.update(state=State.FAILED, leased_until=None)
        return
    try:
        name, size = _made(export)
    except Exception:
        logger.exception("Export %s could not be made", pk)
        state = State.FAILED if export.tries >= TRIES else State.WAITING
        kept.update(state=state, leased_until=None)
    else:
        until = timezone.now() + datetime.timedelta(hours=settings.EXPORT_HOURS)
        kept.update(state=State.READY, file=name, size=size, leased_until=None, expires_at=until)


def _made(export: Export) -> tuple[str, int]:
    layer, form = LAYERS[export.layer], of_layer(export.layer)[export.format]
    reader: Any = export.asked_by or AnonymousUser()
    with translation.override(export.language), tempfile.TemporaryDirectory() as folder:
        question = layer.question(QueryDict(export.question), reader)
        rows = layer.rows(question)
        Export.objects.filter(pk=export.pk).update(total=rows.count(), done=0)
        path = Path(folder) / form.file_name(layer)
        batches = disclosures.written(layer.batches(rows, question), reader, export.get_absolute_url())
        write(form, layer, _counted(batches, export), path)
        with path.open("rb") as file:
            name = storages["exports"].save(f"{export.pk}/{path.name}", File(file))
        return name, path.stat().st_size


def _counted(batches: Iterator[list[Row]], export: Export) -> Iterator[list[Row]]:
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
    idle = Q(leased_until=None) | Q(leased_until__lt=now)
    return idle & Q(state__in=[State.WAITING, State.MAKING], tries__lt=TRIES)
