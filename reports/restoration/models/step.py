"""What became of a plan, step by step."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.recording import AppendOnly
from reports.restoration.models.plan import Plan
from reports.restoration.vocabulary import Phase, PlanStatus
from reports.sources.models import Statement
from sites.ids import uuid7
from sites.vocabulary import DatePrecision


class PlanStep(AppendOnly, Statement):
    """One change of a plan: what it became, when that happened, who says so, who recorded it and when.

    Without progress or planned time these stay as they were. A wrong step is answered by one that
    `corrects` it and takes its place, or (`void`) says that it never happened.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps", verbose_name=_("restoration plan"))
    from_status = models.CharField(_("from status"), max_length=15, choices=PlanStatus.choices, blank=True)
    to_status = models.CharField(_("to status"), max_length=15, choices=PlanStatus.choices)
    from_phase = models.CharField(_("from phase"), max_length=30, choices=Phase.choices, blank=True)
    to_phase = models.CharField(_("to phase"), max_length=30, choices=Phase.choices)
    progress = models.PositiveSmallIntegerField(
        _("progress"), null=True, blank=True, validators=[MaxValueValidator(100)], help_text=_("In percent.")
    )
    planned_from = models.DateField(_("planned from"), null=True, blank=True)
    planned_to = models.DateField(_("planned until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("corrects")
    )
    void = models.BooleanField(_("it never happened"), default=False)

    class Meta:
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of plans")
        ordering = ["date_to", "recorded_at", "id"]
        indexes = [models.Index(fields=["plan", "recorded_at"], name="planstep_of_plan")]
        constraints = [
            *Statement.constraints_of("planstep"),
            models.CheckConstraint(
                name="planstep_known",
                condition=Q(to_status__in=PlanStatus.values, to_phase__in=Phase.values)
                & (Q(progress__isnull=True) | Q(progress__lte=100)),
                violation_error_message=_("This status or phase is not known."),
            ),
            models.CheckConstraint(
                name="planstep_planned_in_order",
                condition=Q(planned_from__isnull=True)
                | Q(planned_to__isnull=True)
                | Q(planned_to__gte=F("planned_from")),
                violation_error_message=_("The planned time ends before it begins."),
            ),
            models.CheckConstraint(
                name="planstep_void_of_something",
                condition=Q(void=False) | Q(corrects__isnull=False),
                violation_error_message=_("Say which step never happened."),
            ),
        ]

    def __str__(self) -> str:
        if not self.from_status or self.from_status == self.to_status:
            return self.get_to_status_display()
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"

    def clean(self) -> None:
        super().clean()
        today = timezone.localdate()
        unfinished = self.date_precision in {DatePrecision.MONTH, DatePrecision.YEAR}
        if unfinished and self.date_from and self.date_to and self.date_from <= today < self.date_to:
            self.date_to = today  # of a month or a year that is not over, only what has passed happened
        if self.date_to and self.date_to > today:
            raise ValidationError({"date_to": _("This day has not come yet; a step is what happened.")})

    @property
    def counts_from(self) -> datetime.date:
        return counts_from(self, self.recorded_at)


def counts_from(said: Statement, recorded_at: datetime.datetime) -> datetime.date:
    """From which day on a statement counts: the last that it can mean, and never later than it was recorded.

    Without a date it is that of its source's year, else the day on which it was recorded.
    """
    recorded = timezone.localdate(recorded_at) if timezone.is_aware(recorded_at) else recorded_at.date()
    meant = said.date_to or (datetime.date(said.source_year, 12, 31) if said.source_year else recorded)
    return min(meant, recorded)
