"""Pictures as they are looked through: of a monument or a plan, in order of time, with what is said of each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import formats
from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.conditions.querysets import Moment
from reports.evidence.models import Evidence
from reports.evidence.querysets import UNDATED
from reports.restoration.models import Plan
from sites.dates import Span, describe
from sites.models import Monument, Site
from sites.queries import EVERYBODY
from sites.vocabulary import DatePrecision

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    from reports.sources.models import Statement

ORDER, BACKWARDS = ("-day", "-pk"), ("day", "pk")
NOW = Moment()
STRIP = 6
"""So many pictures stand on the page of a monument or a plan."""


def of(thing: Monument | Plan, user: PermissionsMixin | AnonymousUser, moment: Moment = NOW) -> QuerySet[Evidence]:
    """What this person may look at of a monument or a plan, the newest first and the undated last."""
    about = Q(plan=thing) if isinstance(thing, Plan) else Q(monument=thing)
    if moment.as_of:
        about &= Q(day__lte=moment.as_of)
    if moment.known_at:
        about &= Q(published_at__lte=moment.known_at)
    return with_statements(Evidence.objects.visible_to(user), user).filter(about).order_by(*ORDER)


def shown_of_site(site: Site) -> QuerySet[Evidence]:
    """What everybody may look at of the monuments of a site, the newest first."""
    everybody = Evidence.objects.visible_to(EVERYBODY).filter(monument__site=site)
    return with_statements(everybody, EVERYBODY).order_by(*ORDER)


def with_statements(evidence: QuerySet[Evidence], user: PermissionsMixin | AnonymousUser) -> QuerySet[Evidence]:
    """With its day, pictures, and the report or plan it belongs to; of a report that `user` may not read, nothing."""
    reports = ConditionReport.objects.visible_to(user).select_related("source")
    related = evidence.dated().telling_public().select_related("plan__source")  # type: ignore[attr-defined]
    found: QuerySet[Evidence] = related.prefetch_related("renditions", Prefetch("report", queryset=reports))
    return found


def latest(
    thing: Monument | Plan, user: PermissionsMixin | AnonymousUser, number: int, moment: Moment = NOW
) -> list[Evidence]:
    """The newest pictures that are published."""
    return list(of(thing, user, moment).filter(published_at__isnull=False)[:number])


def undescribed(user: PermissionsMixin | AnonymousUser) -> QuerySet[Evidence]:
    """What nobody has described for those who cannot see it, of the sites that this person answers for."""
    mine = Evidence.objects.visible_to(user).within(user).filter(alternative="")
    return with_statements(mine, user).order_by("-pk")


def to_publish(user: PermissionsMixin | AnonymousUser) -> QuerySet[Evidence]:
    """What stands by itself and this person may publish, newest first, with why to look twice; not one's own."""
    if not user.has_perm("evidence.publish_evidence"):
        return Evidence.objects.none()
    mine = Evidence.objects.visible_to(user).within(user).waiting()
    if settings.FOUR_EYES:
        mine = mine.exclude(uploaded_by=user.pk)
    return with_statements(mine.telling_names(user), user).prefetch_related("flags").order_by("-pk")


def years(pictures: QuerySet[Evidence]) -> list[tuple[int | None, int]]:
    """How many there are of each year, the newest first; the undated, as None, at the end."""
    by_year = pictures.order_by().annotate(year=ExtractYear("day")).values_list("year").annotate(Count("pk"))
    return [(year if year > UNDATED.year else None, number) for year, number in by_year.order_by("-year")]


class Neighbours(NamedTuple):
    """The pictures beside one in the gallery of its monument."""

    newer: Evidence | None
    older: Evidence | None


def neighbours(evidence: Evidence, user: PermissionsMixin | AnonymousUser) -> Neighbours:
    """Two queries. `evidence` with its day."""
    shown = Evidence.objects.visible_to(user).filter(monument=evidence.monument_id).dated()
    day, pk = evidence.day, evidence.pk  # type: ignore[attr-defined]
    newer = shown.filter(Q(day__gt=day) | Q(day=day, pk__gt=pk)).order_by(*BACKWARDS).first()
    older = shown.filter(Q(day__lt=day) | Q(day=day, pk__lt=pk)).order_by(*ORDER).first()
    return Neighbours(newer, older)


def statement_of(evidence: Evidence) -> Statement | None:
    """Who says so and how sure it is, where the picture belongs to a report or a plan."""
    return evidence.report or evidence.plan


def date_text(evidence: Evidence) -> str:
    """When it was taken, as its sender says, else when its report was true; empty where nobody knows."""
    first, last = evidence.taken_from, evidence.taken_to
    if last:
        return describe(Span(first, last, _precision(first, last)))
    if first:
        return _("from %(date)s on") % {"date": formats.date_format(first)}
    return evidence.report.date_text if evidence.report else ""


def _precision(first: datetime.date | None, last: datetime.date) -> str:
    if first is None:
        return DatePrecision.BEFORE
    if first == last:
        return DatePrecision.DAY
    whole = first.day == 1 and (last + datetime.timedelta(days=1)).day == 1 and first.year == last.year
    if whole and first.month == last.month:
        return DatePrecision.MONTH
    return DatePrecision.YEAR if whole and (first.month, last.month) == (1, 12) else DatePrecision.RANGE
