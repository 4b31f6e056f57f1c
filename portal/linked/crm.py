"""A site or a monument in CIDOC-CRM: what it is, where, its states (E3), and what is said of it (`claims`)."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import QuerySet

from portal.linked import claims
from portal.linked.terms import aat, chosen, context_address, span, term, without_nothing
from reports.conditions import queries
from reports.conditions.models import ConditionReport
from reports.conditions.querysets import Moment
from reports.conditions.status import UNKNOWN, Period
from reports.situation.models import SituationEvent
from reports.vocabulary import DamageGrade
from sites import visibility
from sites.models import Monument, Site
from sites.vocabulary import AAT_IDS, AAT_TOMBS, TOMBS, MonumentType
from sites.vocabulary import Period as Age

ARCHAEOLOGICAL_SITES = 300000810
UNESCO = "https://whc.unesco.org/en/list/"

Reader = PermissionsMixin | AnonymousUser


def site(found: Any, reader: Reader, moment: Moment) -> dict[str, Any]:
    """As it was known at the moment."""
    listed = [one.reference for one in found.designations.all() if one.kind == "world_heritage" and one.reference]
    told = {
        **_thing(found, "Site", reader),
        "classified_as": [aat(ARCHAEOLOGICAL_SITES, "archaeological sites")],
        "equivalent": [f"{UNESCO}{reference}" for reference in listed if reference.isdecimal()],
        "part": [
            _named(part) for part in Monument.objects.labelled().filter(site=found, parent=None).order_by("slug")
        ],
        "present_at": list(claims.events(_events(moment, site=found.pk))),
    }
    return without_nothing(told)


def monument(found: Any, reader: Reader, moment: Moment) -> dict[str, Any]:
    """As it was known at the moment."""
    whole = Monument.objects.labelled().get(pk=found.parent_id) if found.parent_id else found.site
    parts = Monument.objects.labelled().filter(parent=found).order_by("slug")
    standing = ConditionReport.objects.filter(monument=found).standing(moment.known_at)
    reports = list(standing.select_related("source").prefetch_related("disturbances").order_by("date_to", "id"))
    periods = queries.history(found.pk, known_at=moment.known_at)
    now = periods[-1].status if periods and periods[-1].valid_to is None else UNKNOWN
    caused = claims.causes(reports, now)
    told = {
        **_thing(found, "HumanMadeObject" if found.movable else "HumanMadeFeature", reader),
        "classified_as": _types(found),
        "part_of": [_named(whole)],
        "part": [_named(part) for part in parts],
        "condition": [_state(period, {report.pk: report for report in reports}) for period in periods],
        "assessed_by": [claims.assessment(report) for report in reports],
        "destroyed_by": caused["destroyed_by"],
        "present_at": [*caused["present_at"], *claims.events(_events(moment, monument=found.pk))],
    }
    return without_nothing(told)


def _events(moment: Moment, **place: Any) -> QuerySet[SituationEvent]:
    standing = SituationEvent.objects.filter(**place).of_moment(moment)
    return standing.select_related("source").order_by("date_to", "id")


def _thing(found: Site | Monument, kind: str, reader: Reader) -> dict[str, Any]:
    point = visibility.location(found, reader)
    place = {"type": "Place", "defined_by": "POINT({} {})".format(*point["coordinates"])} if point else None
    names = [{"type": "Name", "content": name.text, "language": name.language} for name in found.names.all()]
    address = f"{settings.BASE_URL}{found.get_absolute_url()}"
    return {
        "@context": context_address(),
        "id": address,
        "type": kind,
        "_label": str(found),
        "identified_by": names,
        "current_location": place,
    }


def _types(found: Monument) -> list[dict[str, str]]:
    kind = MonumentType(found.type)
    own = [aat(AAT_IDS[kind], str(kind.label)) if kind in AAT_IDS else term("type", kind, kind.label)]
    if kind in TOMBS:
        own.append(aat(AAT_TOMBS, "tombs"))
    return [*own, term("period", found.period, Age(found.period).label)] if found.period else own


def _state(period: Period, standing: dict[UUID, ConditionReport]) -> dict[str, Any]:
    """Until the day before the next one; how sure, and who contradicts."""
    last = period.valid_to - datetime.timedelta(days=1) if period.valid_to else None
    told = {
        "type": "ConditionState",
        "classified_as": chosen("damage_grade", DamageGrade, period.status.damage_grade),
        "timespan": span(period.valid_from, last),
        "attributed_by": [*claims.certainty(period.status), *claims.contradiction(period.status, standing)],
    }
    return without_nothing(told)


def _named(found: Site | Monument) -> dict[str, str]:
    kind = "Site" if isinstance(found, Site) else "HumanMadeObject" if found.movable else "HumanMadeFeature"
    return {"id": f"{settings.BASE_URL}{found.get_absolute_url()}", "type": kind, "_label": str(found)}
