"""Asking for situation reports, making them, and letting their files go."""

from __future__ import annotations

import datetime
import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.situation_reports import making, photographs, queries, typesetting
from reports.situation_reports.models import Doing, Edition, SituationReport, State
from reports.situation_reports.question import Audience
from reports.situation_reports.signals import report_ready
from sites import areas
from sites.models import Site
from sites.responsibility import answers_for, area_of

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=15)
"""Longer than a worker may take (`tasks.TIME_LIMIT`)."""
MOST_TRIES = 3
A_DAY = datetime.timedelta(days=1)
A_WEEK = datetime.timedelta(days=7)
MONDAY = 0


class NotAllowed(PermissionDenied):
    """This person may not ask for such a report."""


class TooMany(ValidationError):
    """This person has asked for enough for now."""


def ask(report: SituationReport, *, by: PermissionsMixin) -> SituationReport:
    """File a question that is to be answered; the same one that is still under way is not asked twice.

    Raises ValidationError, NotAllowed, TooMany.
    """
    report.asked_by_id, report.known_at = by.pk, timezone.now()
    report.full_clean()
    if report.period_to > timezone.localdate():
        raise ValidationError({"period_to": _("This day has not come yet: a report tells what was.")})
    if report.audience == Audience.STAFF and not may_ask_for_staff(by, report):
        raise NotAllowed(_("You may not ask for a report for staff about this place."))
    if standing := _under_way(report):
        return standing
    _check_limits(by)
    report.save()
    return report


def may_ask_for_staff(by: PermissionsMixin, report: SituationReport) -> bool:
    """Who sees the exact places of all that the report covers."""
    if not queries.may_read_for_staff(by):
        return False
    if report.site:
        return answers_for(by, report.site)
    area = area_of(by)
    return area.everywhere or (bool(report.country) and str(report.country) in (area.countries or ()))


def _under_way(report: SituationReport) -> SituationReport | None:
    same = {name: getattr(report, name) for name in ("asked_by_id", "site_id", "country", "period_from", "period_to")}
    waiting = SituationReport.objects.filter(**same, audience=report.audience, state__in=[State.WAITING, State.MAKING])
    return next((other for other in waiting if other.area == report.area), None)


def _check_limits(by: PermissionsMixin) -> None:
    own = SituationReport.objects.of_person(by)
    most = settings.SITUATION_REPORTS_PER_DAY
    if own.filter(known_at__gt=timezone.now() - A_DAY).count() >= most:
        message = ngettext(
            "You have asked for %(most)d report within a day; ask again tomorrow.",
            "You have asked for %(most)d reports within a day; ask again tomorrow.",
            most,
        )
        raise TooMany(message % {"most": most})


def ask_weekly(place: Site | str | dict[str, Any], *, today: datetime.date) -> SituationReport | None:
    """The report of the week before `today` about a site, a country or an area, for everybody.

    None where it was asked for.
    """
    monday = today - datetime.timedelta(days=(today.weekday() - MONDAY) % 7)
    if isinstance(place, dict):
        about: dict[str, Any] = {"area": place, "area_digest": areas.digest(place)}
    else:
        about = {"site": place} if isinstance(place, Site) else {"country": place}
    try:
        with transaction.atomic():
            return SituationReport.objects.create(
                **about,
                period_from=monday - A_WEEK,
                period_to=monday - A_DAY,
                language=settings.LANGUAGE_CODE,
                weekly=True,
            )
    except IntegrityError:
        return None


def make(pk: UUID) -> bool:
    """Make a report if nobody else does; False where there was nothing to do. A failure is written down.

    Killed at any point it is taken up again when its lease has run out, at the edition where it was.
    """
    if not _take(pk):
        return False
    report = SituationReport.objects.select_related("site").get(pk=pk)
    try:
        making.make(report, lambda percent, doing: _progress(report, percent, doing))
    except Exception as error:
        logger.exception("Situation report %s could not be made", pk)
        _give_up_or_wait(report, error)
        return False
    _finish(report)
    return True


def _take(pk: UUID) -> bool:
    """One caller gets True; a dead one's lease runs out."""
    now = timezone.now()
    due = SituationReport.objects.filter(pk=pk).filter(_to_make(now))
    taken = due.update(state=State.MAKING, leased_until=now + LEASE, tries=F("tries") + 1, percent=0)
    return taken == 1


def _to_make(now: datetime.datetime) -> Q:
    return Q(state=State.WAITING) & (Q(leased_until=None) | Q(leased_until__lt=now)) | Q(
        state=State.MAKING, leased_until__lt=now
    )


def _progress(report: SituationReport, percent: int, doing: Doing) -> None:
    SituationReport.objects.filter(pk=report.pk).update(percent=percent, doing=doing)


@transaction.atomic
def _finish(report: SituationReport) -> None:
    now = timezone.now()
    done = {"state": State.READY, "percent": 100, "doing": "", "leased_until": None, "made_at": now}
    SituationReport.objects.filter(pk=report.pk).update(**done)
    report.refresh_from_db()
    report_ready.send(SituationReport, report=report)


def _give_up_or_wait(report: SituationReport, error: Exception) -> None:
    """Tried again after a while, a few times; what went wrong is for administrators, in the log."""
    report.refresh_from_db(fields=["tries"])
    kept = SituationReport.objects.filter(pk=report.pk)
    if report.tries < MOST_TRIES:
        kept.update(
            state=State.WAITING, leased_until=timezone.now() + datetime.timedelta(minutes=report.tries), doing=""
        )
        return
    kept.update(state=State.FAILED, reason=f"{type(error).__name__}: {error}"[:1000], leased_until=None, doing="")


def left_behind() -> list[UUID]:
    """What no worker has taken up, or one has let fall; what was let fall too often has failed."""
    now = timezone.now()
    dropped = SituationReport.objects.filter(state=State.MAKING, leased_until__lt=now, tries__gte=MOST_TRIES)
    dropped.update(state=State.FAILED, reason="The worker was stopped each time.", leased_until=None, doing="")
    return list(SituationReport.objects.filter(_to_make(now)).order_by("pk").values_list("pk", flat=True)[:20])


@transaction.atomic
def make_again(report: SituationReport) -> None:
    """From its question, as of its moment: what may be told of it today, and files that were let go."""
    for edition in report.editions.all():
        _drop_file(edition)
    report.editions.all().delete()
    again = {"state": State.WAITING, "reason": "", "tries": 0, "percent": 0, "doing": "", "leased_until": None}
    SituationReport.objects.filter(pk=report.pk).update(**again)
    report.refresh_from_db()


def pdf_of(edition: Edition) -> FieldFile:
    """The PDF of an edition; one that was let go is set again from what was filed. Raises typst.TypstError."""
    if not edition.pdf:
        content = edition.content
        made = typesetting.typeset(content, int(edition.report.known_at.timestamp()), photographs.files(content))
        edition.pdf.save(making.file_name(edition), ContentFile(made))
    return edition.pdf


def differs(report: SituationReport) -> list[str]:
    """The languages in which the report would say something else if it were made again from its question."""
    kept = dict(report.editions.values_list("language", "digest"))
    return [language for language, digest in kept.items() if making.content_of(report, language)[0].digest() != digest]


def let_files_go(*, before: datetime.datetime) -> int:
    """Drop the PDFs of reports that were made before that time; the next reader has them made again."""
    old = Edition.objects.filter(made_at__lt=before).exclude(pdf="")
    for edition in old:
        _drop_file(edition)
    return len(old)


def _drop_file(edition: Edition) -> None:
    name = edition.pdf.name
    if name:
        Edition.objects.filter(pk=edition.pk).update(pdf="")
        transaction.on_commit(lambda: edition.pdf.storage.delete(name))
