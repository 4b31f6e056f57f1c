"""What happened around a site: control, fighting, displacement, access, hazards such as mines, clearance, visits."""

from __future__ import annotations

import datetime
from typing import ClassVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.situation.models.constraints import CONSTRAINTS
from reports.situation.models.party import Party
from reports.situation.querysets import SituationEventQuerySet
from reports.situation.vocabulary import WITH_AREA, AccessLevel, EventKind, Outcome
from reports.sources.models import Statement
from reports.vocabulary import Danger
from sites.areas import validate_area
from sites.geometry import public_cell
from sites.ids import uuid7
from sites.models import Monument, Site
from sites.models.naming import language_tag


class SituationEvent(Statement):
    """One thing that happened at a site, or that somebody said of it. Never edited once entered.

    A correction is a new event that supersedes this one, a withdrawal a retraction with its reason. Which
    kind has which of the typed fields is held by the database (`constraints.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="events", verbose_name=_("site"))
    monument = models.ForeignKey(
        Monument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("monument"),
        help_text=_("Only where it concerns this one; empty: the whole site."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    text = models.TextField(_("text"), help_text=_("Everybody reads it: no names of witnesses, no exact places."))
    language = models.CharField(_("language of the text"), max_length=35, default="en", validators=[language_tag])

    from_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("control passed from")
    )
    to_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("control is with")
    )
    population_before = models.PositiveIntegerField(_("people before"), null=True, blank=True)
    population_now = models.PositiveIntegerField(_("people who remain"), null=True, blank=True)
    access = models.CharField(_("access"), max_length=12, choices=AccessLevel.choices, blank=True)
    danger = models.CharField(_("danger"), max_length=20, choices=Danger.choices, blank=True)
    clears = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clearances",
        verbose_name=_("clears the hazard"),
    )
    outcome = models.CharField(_("outcome of the clearance"), max_length=10, choices=Outcome.choices, blank=True)
    area = models.JSONField(
        _("area"),
        null=True,
        blank=True,
        validators=[validate_area],
        help_text=_("GeoJSON polygon, for those who may see exact places; everybody else sees a grid cell."),
    )
    cell_longitude = models.FloatField(_("longitude of the grid cell"), null=True, editable=False)
    cell_latitude = models.FloatField(_("latitude of the grid cell"), null=True, editable=False)

    recorded_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, editable=False)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("retracted by"),
    )
    retraction_reason = models.TextField(_("reason of the retraction"), blank=True, editable=False)

    objects: ClassVar = SituationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("situation event")
        verbose_name_plural = _("situation events")
        ordering = ["date_to", "id"]
        indexes = [
            models.Index(fields=["site", "date_to"], name="situation_of_site"),
            models.Index(fields=["site", "kind"], name="situation_of_kind"),
        ]
        constraints = [*Statement.constraints_of("situation"), *CONSTRAINTS]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date_text}"

    def clean(self) -> None:
        super().clean()
        self.keep_to_the_past()
        if self.monument and self.monument.site_id != self.site_id:
            raise ValidationError({"monument": _("This monument stands on another site.")})
        if self.area is not None and self.kind not in WITH_AREA:
            raise ValidationError({"area": _("Only a hazard or its clearance has an area.")})
        self.cell_longitude, self.cell_latitude = public_cell(self.area) if self.area else (None, None)
        if self.kind == EventKind.CLEARANCE and self.clears:
            self._check_clearance(self.clears)

    def _check_clearance(self, hazard: SituationEvent) -> None:
        if hazard.kind != EventKind.HAZARD or hazard.site_id != self.site_id:
            raise ValidationError({"clears": _("Choose a hazard of this site.")})
        begins = hazard.date_from or hazard.date_to
        if self.date_to and begins and self.date_to < begins:
            raise ValidationError({"clears": _("This hazard began later than the clearance.")})

    @property
    def happened_on(self) -> datetime.date:
        """The last day that it can mean: from then on it counts."""
        return cast("datetime.date", self.date_to)  # `situation_dated` keeps it set

    @property
    def typed_text(self) -> str:
        """What its own fields say, in a few words of the reader's language; empty where they say nothing."""
        from reports.situation.wording import typed_text

        return typed_text(self)
