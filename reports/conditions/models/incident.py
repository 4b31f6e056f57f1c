from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions.querysets import IncidentQuerySet
from reports.vocabulary import CauseType
from sites.dates import Span, describe
from sites.ids import uuid7
from sites.models import Site
from sites.vocabulary import DatePrecision


class Incident(models.Model):
    """One thing that happened, however many report it (ASOR Cultural Heritage Initiatives, incident).

    Its reports are folded into it by an editor; counts speak of incidents, not of reports.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="incidents", verbose_name=_("site"))
    cause = models.CharField(_("cause"), max_length=30, choices=CauseType.choices)
    date_from = models.DateField(_("from"))
    date_to = models.DateField(_("to"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    objects: ClassVar = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-date_to", "-id"]
        indexes = [models.Index(fields=["site", "date_to"], name="incident_of_site")]
        constraints = [
            models.CheckConstraint(
                name="incident_dates_in_order",
                condition=models.Q(date_to__gte=models.F("date_from")),
                violation_error_message=_("The time ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_cause_display()}, {self.date_text}"

    @property
    def date_text(self) -> str:
        precision = DatePrecision.DAY if self.date_from == self.date_to else DatePrecision.RANGE
        return describe(Span(self.date_from, self.date_to, precision))
