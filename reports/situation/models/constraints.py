"""What the database holds of situation events: which kind has which field, and how one corrects another."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.situation.vocabulary import WITH_AREA, AccessLevel, EventKind, Outcome
from reports.vocabulary import Danger
from sites.boundaries import BoundaryIsSound


def _only_of(kind: EventKind, *, has: Q, lacks: Q, name: str, message: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"situation_{name}",
        condition=(Q(kind=kind) & has) | (~Q(kind=kind) & lacks),
        violation_error_message=message,
    )


CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        name="situation_dated",
        condition=Q(date_to__isnull=False),
        violation_error_message=_("Say when this happened."),
    ),
    models.CheckConstraint(
        name="situation_kind_known",
        condition=Q(kind__in=EventKind.values),
        violation_error_message=_("This kind of event is not known."),
    ),
    _only_of(
        EventKind.CONTROL,
        name="party_of_control",
        has=Q(to_party__isnull=False) & (Q(from_party__isnull=True) | ~Q(from_party=F("to_party"))),
        lacks=Q(to_party__isnull=True, from_party__isnull=True),
        message=_(
            "A change of control says with whom control is, and from another party at most; no other kind does."
        ),
    ),
    _only_of(
        EventKind.DISPLACEMENT,
        name="people_of_displacement",
        has=Q(),
        lacks=Q(population_before__isnull=True, population_now__isnull=True),
        message=_("Only displacement has numbers of people."),
    ),
    _only_of(
        EventKind.ACCESS,
        name="level_of_access",
        has=Q(access__in=AccessLevel.values),
        lacks=Q(access=""),
        message=_("Say of access whether it is open, restricted or closed; of nothing else."),
    ),
    _only_of(
        EventKind.HAZARD,
        name="danger_of_hazard",
        has=Q(danger__in=Danger.values),
        lacks=Q(danger=""),
        message=_("Say of a hazard what the danger is; of nothing else."),
    ),
    _only_of(
        EventKind.CLEARANCE,
        name="hazard_of_clearance",
        has=Q(clears__isnull=False, outcome__in=Outcome.values) & ~Q(clears=F("id")),
        lacks=Q(clears__isnull=True, outcome=""),
        message=_("A clearance says which hazard it cleared, and whether it ended; no other kind does."),
    ),
    models.CheckConstraint(
        name="situation_cell_of_area",
        condition=Q(cell_longitude__isnull=True, cell_latitude__isnull=True)
        | Q(kind__in=WITH_AREA, cell_longitude__isnull=False, cell_latitude__isnull=False),
        violation_error_message=_("Only a hazard or its clearance has an area."),
    ),
    models.CheckConstraint(
        name="situation_area_sound",
        condition=BoundaryIsSound("area"),
        violation_error_message=_("The area is not a GeoJSON polygon on this earth."),
    ),
    models.CheckConstraint(
        name="situation_retracted_with_reason",
        condition=(Q(retracted_at__isnull=False) & ~Q(retraction_reason=""))
        | Q(retracted_at__isnull=True, retraction_reason=""),
        violation_error_message=_("A retraction needs its time and its reason."),
    ),
    models.CheckConstraint(
        name="situation_not_correcting_itself",
        condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
        violation_error_message=_("An event cannot correct itself."),
    ),
    # A retracted correction leaves room for a better one; otherwise the chain has no forks.
    models.UniqueConstraint(
        fields=["supersedes"],
        condition=Q(retracted_at__isnull=True),
        name="situation_corrected_once",
        violation_error_message=_("There is a correction of this event already."),
    ),
]
