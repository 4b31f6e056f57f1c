"""Having a sheet checked, confirming it, and going through its places.

A place, its number and what is wrong with it change in one transaction: wherever a worker is killed, the next one goes
on behind the last place that was written, and writes none twice.
"""

from __future__ import annotations

import datetime
import gzip
import logging
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import storages
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal import leases
from portal.eamena import loading
from portal.eamena.loading import Unreadable
from portal.eamena.models import UNDER_WAY, Remark, Sheet, State
from portal.eamena.reading import Place, Problem
from portal.eamena.taking import Loader, Taken
from sites.models import Monument, Site

logger = logging.getLogger(__name__)

TURN_SECONDS = 20
"""After so long a worker lets others have their turn."""
LEASE = datetime.timedelta(minutes=5)
"""Longer than the box may take for the rows, and any place."""
TRIES = 3
AT_A_TIME = 3
"""Sheets of one person that workers may be at."""
KEPT = datetime.timedelta(days=30)
UNCONFIRMED = datetime.timedelta(days=1)


def ask(file: Any, *, by: Any, language: str, reader_language: str) -> Sheet:
    """Keep a file for a worker to check. Raises Unreadable."""
    loading.check_size(file.size)
    if Sheet.objects.filter(asked_by=by, state__in=UNDER_WAY).count() >= AT_A_TIME:
        raise Unreadable(_("Workers are at several sheets of yours; wait until they are through."))
    sheet = Sheet(name=file.name[:255], language=language, reader_language=reader_language, asked_by=by)
    sheet.file = storages["exports"].save(f"sheets/{sheet.pk}/sheet.xlsx", file)
    sheet.save()
    return sheet


def confirm(sheet: Sheet) -> bool:
    """Let a worker write what was checked; False if it was confirmed already, or is over."""
    anew: dict[str, Any] = dict.fromkeys(["done", *loading.COUNTS], 0)
    checked = Sheet.objects.filter(pk=sheet.pk, state=State.CHECKED)
    return checked.update(state=State.WRITING, asked_at=timezone.now(), **anew) == 1


def stop(sheet: Sheet) -> None:
    """Write no more places; what is written stays."""
    _end(sheet, State.STOPPED)


def take(pk: UUID) -> bool:
    """Exactly one worker gets True; one that died leaves it to the next."""
    now = timezone.now()
    waiting = Sheet.objects.filter(_to_go_on_with(now), pk=pk)
    return waiting.update(leased_until=now + LEASE, tries=F("tries") + 1) == 1


def go_on(pk: UUID) -> bool:
    """Check or write the next places of one that was taken. Whether more are left."""
    sheet = Sheet.objects.select_related("asked_by").get(pk=pk)
    with translation.override(sheet.reader_language):
        if not loading.may_load(sheet.asked_by):
            return _end(sheet, State.FAILED, _("You may not do this any more."))
        try:
            places = _begun(sheet) if sheet.done == 0 else _read(sheet)[0]
        except Unreadable as error:
            return _end(sheet, State.FAILED, str(error))
        loader = _loader(sheet, places)
        until = time.monotonic() + TURN_SECONDS
        for place in places[sheet.done :]:
            if not _do(sheet, loader, place):
                return False
            if time.monotonic() > until:
                break
    return _lay_down(sheet)


def _begun(sheet: Sheet) -> list[Place]:
    """Its places; rows that belong to none are told first. Raises Unreadable."""
    if sheet.total is None:
        _unpack(sheet)
    places, problems = _read(sheet)
    if not places:
        raise Unreadable(" ".join([_("There is no place in this sheet."), *(problem.message for problem in problems)]))
    with transaction.atomic():
        sheet.outcomes.all().delete()
        sheet.remarks.all().delete()
        _remark(sheet, problems, refuses=True)
        Sheet.objects.filter(pk=sheet.pk).update(total=len(places))
    sheet.total = len(places)
    return places


def _unpack(sheet: Sheet) -> None:
    """Put the rows in the place of the file, which is opened this once. Raises Unreadable."""
    came = sheet.file
    with tempfile.TemporaryDirectory() as folder:
        path, lines, packed = (Path(folder) / name for name in ("sheet", "rows", "rows.gz"))
        with _opened(came) as file, path.open("wb") as out:
            shutil.copyfileobj(file, out)
        loading.unpack(path, lines)
        with lines.open("rb") as file, gzip.open(packed, "wb") as out:
            shutil.copyfileobj(file, out)
        with packed.open("rb") as file:
            sheet.file = storages["exports"].save(f"sheets/{sheet.pk}/rows.gz", File(file))
    Sheet.objects.filter(pk=sheet.pk).update(file=sheet.file)
    storages["exports"].delete(came)


def _read(sheet: Sheet) -> tuple[list[Place], list[Problem]]:
    with _opened(sheet.file) as file, gzip.open(file) as lines:
        return loading.places_in(lines)


def _opened(name: str) -> Any:
    """Raises Unreadable."""
    try:
        return storages["exports"].open(name, "rb")
    except FileNotFoundError as error:
        raise Unreadable(_("The file is not there any more; choose it again.")) from error


def _loader(sheet: Sheet, places: list[Place]) -> Loader:
    """One that knows what became of the places before."""
    loader = Loader(places, by=sheet.asked_by, language=sheet.language)
    wholes = {place.part_of for place in places[sheet.done :]}
    gone_through = {one.place: one for one in sheet.outcomes.all()}
    loader.refused = {places[number].uid for number, one in gone_through.items() if one.key is None}
    wanted = {uid: one for number, one in gone_through.items() if (uid := places[number].uid) in wholes and one.key}
    models: tuple[Any, Any] = (Site, Monument)
    for is_monument, model in enumerate(models):
        found = model.objects.in_bulk([one.key for one in wanted.values() if one.is_monument == bool(is_monument)])
        loader.kept |= {uid: found[one.key] for uid, one in wanted.items() if one.key in found}
    return loader


@transaction.atomic
def _do(sheet: Sheet, loader: Loader, place: Place) -> bool:
    """One place and the step behind it, or neither; False if it is stopped, or another worker is at it."""
    here = Sheet.objects.filter(pk=sheet.pk, state=sheet.state, done=sheet.done)
    if not here.update(done=sheet.done + 1, tries=0, leased_until=timezone.now() + LEASE):
        return False
    taken = _taken(sheet, loader, place)
    made = taken.made if sheet.state == State.WRITING else None
    refused = taken.made is None
    if made or refused:
        is_monument = isinstance(made, Monument)
        sheet.outcomes.create(place=sheet.done, key=made.pk if made else None, is_monument=is_monument)
    counts = {name: F(name) + getattr(taken, name) for name in loading.COUNTS}
    Sheet.objects.filter(pk=sheet.pk).update(**counts)
    _remark(sheet, taken.problems, refuses=True)
    _remark(sheet, taken.left_out, refuses=False)
    sheet.done += 1
    return True


def _taken(sheet: Sheet, loader: Loader, place: Place) -> Taken:
    try:
        with transaction.atomic():  # what is refused leaves nothing behind
            return loader.take(place) if sheet.state == State.WRITING else loader.trial(place)
    except (OperationalError, InterfaceError):
        raise  # the database is away, which says nothing of the place
    except Exception:
        logger.exception("Row %s of sheet %s", place.row, sheet.pk)
        said = _("It failed, for a reason that is in the log of the workers.")
        return Taken(None, 0, 0, 0, [Problem(place.row, "", said)], [])


def _remark(sheet: Sheet, problems: Iterable[Problem], *, refuses: bool) -> None:
    Remark.objects.bulk_create(Remark(sheet=sheet, refuses=refuses, **one._asdict()) for one in problems)


def _lay_down(sheet: Sheet) -> bool:
    """End it, or leave the rest for another turn."""
    if sheet.done < (sheet.total or 0):
        here = Sheet.objects.filter(pk=sheet.pk, state=sheet.state, done=sheet.done)
        return bool(here.update(leased_until=None))
    if sheet.state == State.WRITING:
        return _end(sheet, State.DONE)
    Sheet.objects.filter(pk=sheet.pk, state=State.CHECKING).update(state=State.CHECKED, leased_until=None)
    return False


def _end(sheet: Sheet, state: State, why: str = "") -> bool:
    """No more is left to be done, and the file goes."""
    going = Sheet.objects.filter(pk=sheet.pk, state__in=UNDER_WAY)
    if going.update(state=state, why=why, leased_until=None, file=""):
        storages["exports"].delete(sheet.file)
    return False


def to_go_on_with() -> list[UUID]:
    """Those that no worker is at."""
    waiting = Sheet.objects.filter(_to_go_on_with(timezone.now())).order_by("id")
    return list(waiting.values_list("pk", flat=True))


def tidy_up() -> None:
    """Give up what kills every worker; forget what was never confirmed, and what is long over."""
    now = timezone.now()
    for sheet in Sheet.objects.filter(leases.idle(now), state__in=UNDER_WAY, tries__gte=TRIES):
        with translation.override(sheet.reader_language):
            _end(sheet, State.FAILED, _("The worker was stopped each time that it came to the next row."))
    over = Q(state=State.CHECKED, asked_at__lt=now - UNCONFIRMED) | Q(asked_at__lt=now - KEPT)
    for sheet in Sheet.objects.filter(over).exclude(state__in=UNDER_WAY):
        if sheet.file:
            storages["exports"].delete(sheet.file)
        sheet.delete()


def _to_go_on_with(now: datetime.datetime) -> Q:
    return leases.to_go_on_with(now, states=UNDER_WAY, tries=TRIES)
