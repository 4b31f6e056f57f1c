"""Reading situation reports: who may read which, and whether what they tell may still be told."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NotRequired, Self, TypedDict

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language

from reports.conditions.models import ConditionReport
from reports.evidence.models import Evidence
from reports.situation.models import SituationEvent
from reports.situation_reports.question import Audience, Question
from sites import disclosures
from sites.models import Disclosure, Monument, Site
from sites.queries import preferred_name
from sites.responsibility import area_of

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

    from reports.situation_reports.models import SituationReport

ASKS_FOR_STAFF = "situation_reports.ask_staff_report"
SEES_EXACT_PLACES = "sites.view_exact_place"


class Told(TypedDict):
    """What a filed report tells of, to be asked again whenever somebody reads it."""

    reports: list[str]
    """Keys of condition reports."""
    places: dict[str, list[float]]
    """By monument, the longitude and latitude that are drawn."""
    exact: list[str]
    """Monuments whose place is drawn more exactly than the public may know it."""
    photographs: NotRequired[list[str]]
    """Files of pictures; reports that were filed before there were any have none."""


class SituationReportQuerySet(QuerySet):
    def visible_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Those for everybody; those for staff, to who sees exact places and answers for what they cover."""
        readable = Q(audience=Audience.PUBLIC)
        if may_read_for_staff(user):
            area = area_of(user)
            covered = Q() if area.everywhere else _covered_by(area)
            readable |= Q(audience=Audience.STAFF) & covered
        return self.filter(readable)

    def of_person(self, user: Any) -> Self:
        return self.filter(asked_by=user.pk)

    def labelled(self) -> Self:
        """Each with `site_label`, the name of its site for the reader, and `area_title`, what it calls its area."""
        from reports.situation_reports.models import Edition

        told = Edition.objects.filter(report=OuterRef("pk"), language=get_language() or settings.LANGUAGE_CODE)
        names = {"site_label": preferred_name("site", "site_id"), "area_title": Subquery(told.values("filed__title"))}
        return self.annotate(**names).select_related("site", "asked_by")


def may_read_for_staff(user: PermissionsMixin | AnonymousUser) -> bool:
    return user.has_perm(ASKS_FOR_STAFF) and user.has_perm(SEES_EXACT_PLACES)


def _covered_by(area: Any) -> Q:
    """What a person answers for: their sites and countries; drawn areas may hold others, and are not theirs."""
    return Q(site__in=area.sites) | Q(site__country__in=area.countries) | Q(country__in=area.countries)


def is_still_tellable(report: SituationReport) -> bool:
    """Whether its audience may still know all that it tells: nothing became confidential, no place more protected."""
    told: Told = report.told
    cited = told.get("reports", [])
    readable = ConditionReport.objects.visible_to(report.question.reader).filter(confidential=False, pk__in=cited)
    if readable.count() < len(cited) or not _still_public(told.get("photographs", [])):
        return False
    return not _more_protected(told)


def _still_public(files: list[str]) -> bool:
    """Whether everybody may still look at these pictures, as they are."""
    public = Evidence.objects.visible_to(AnonymousUser()).filter(renditions__file__in=files)
    return public.values("renditions__file").distinct().count() == len(set(files))


def _more_protected(told: Told) -> bool:
    """Whether a place that is drawn is not the one that its audience may see now."""
    drawn = told.get("places", {})
    exact = set(told.get("exact", []))
    found = Monument.objects.in_bulk(list(drawn))
    for key, place in drawn.items():
        monument = found.get(Monument._meta.pk.to_python(key))
        point = monument.point(exact=key in exact) if monument else None
        if point is None or point["coordinates"] != place:
            return True
    return False


def note_what_is_shown(report: SituationReport) -> None:
    """Whoever reads exact places in a report leaves the same trace as on a page."""
    for key in report.told.get("exact", []):
        disclosures.note(Disclosure.What.EXACT_PLACE, Monument._meta.pk.to_python(key))


def first_record(site: Site | None, country: str, area: dict[str, Any] | None) -> datetime.date | None:
    """The first day of which anything public is recorded about a place."""
    today, now = timezone.localdate(), timezone.now()
    question = Question(site=site, country=country, area=area, period_from=today, period_to=today, known_at=now)
    reports = ConditionReport.objects.standing().filter(monument__in=question.monuments().values("pk"))
    events = SituationEvent.objects.standing().filter(site__in=question.sites().values("pk"))
    began = Min(Coalesce("date_from", "date_to"))
    days = [rows.order_by().aggregate(first=began)["first"] for rows in (reports, events)]
    return min((day for day in days if day), default=None)


def published_since(report: SituationReport) -> int:
    """How many condition reports about its place were published or retracted after its moment."""
    changed = Q(published_at__gt=report.known_at) | Q(retracted_at__gt=report.known_at)
    about = ConditionReport.objects.visible_to(AnonymousUser()).filter(changed)
    return about.filter(monument__in=report.question.monuments().values("pk")).count()
