"""What happened around a site: fighting, looting, missions, hazards such as mines."""

from __future__ import annotations

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from reports.sources.models import Statement
from sites.ids import uuid7
from sites.models import Site
from sites.models.naming import language_tag


class EventKind(models.TextChoices):
    CONTROL = "control", _("Control")
    FIGHTING = "fighting", _("Fighting")
    DAMAGE_NEARBY = "damage_nearby", _("Damage nearby")
    LOOTING = "looting", _("Looting")
    CASUALTY = "casualty", _("Casualty")
    DISPLACEMENT = "displacement", _("Displacement")
    HAZARD = "hazard", _("Hazard")
    ACCESS = "access", _("Access")
    MISSION = "mission", _("Mission")
    DESIGNATION = "designation", _("Designation")
    DEVELOPMENT = "development", _("Development")
    OTHER = "other", _("Other")


HAZARDS = (EventKind.HAZARD, EventKind.ACCESS)
"""What somebody who goes there must know first."""


class SituationEventQuerySet(QuerySet):
    def hazards(self) -> Self:
        return self.filter(kind__in=HAZARDS)

    def until(self, day: datetime.date | None) -> Self:
        """Those that had begun by that day; all, where none is given."""
        return self.filter(Q(date_from__lte=day) | Q(date_from=None, date_to__lte=day)) if day else self

    def in_full(self) -> Self:
        return self.select_related("source")


class SituationEvent(Statement):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="events", verbose_name=_("site"))
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    text = models.TextField(_("text"))
    language = models.CharField(_("language of the text"), max_length=35, default="en", validators=[language_tag])

    objects: ClassVar = SituationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("situation event")
        verbose_name_plural = _("situation events")
        ordering = ["date_to", "id"]
        indexes = [models.Index(fields=["site", "date_to"], name="situation_of_site")]
        constraints = [
            *Statement.constraints_of("situation"),
            models.CheckConstraint(
                name="situation_dated",
                condition=Q(date_to__isnull=False),
                violation_error_message=_("Say when this happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date_text}"
