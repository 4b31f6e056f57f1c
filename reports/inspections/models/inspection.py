"""Somebody is to look at a monument by a day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions.models import ConditionReport
from reports.inspections.querysets import InspectionQuerySet
from reports.inspections.vocabulary import OPEN, WITH_REASON, State, Step, Task
from reports.recording import AppendOnly
from sites.ids import uuid7
from sites.models import Monument, Organisation


class Inspection(models.Model):
    """A visit, or a look at new imagery, from its planning to the report that came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="inspections", verbose_name=_("monument"))
    due_on = models.DateField(_("due on"))
    reason = models.TextField(_("what for"), blank=True, help_text=_("What is to be found out."))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("planned by"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("organisation")
    )
    result = models.ForeignKey(
        ConditionReport,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="inspections",
        verbose_name=_("result"),
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects: ClassVar = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="inspection_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["assigned_to", "due_on"], name="inspection_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["monument"],
                condition=Q(state__in=OPEN),
                name="inspection_one_at_a_time",
                violation_error_message=_("An inspection of this monument is planned already; change that one."),
            ),
            models.CheckConstraint(name="inspection_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="inspection_assigned_to_somebody",
                condition=~Q(state=State.PLANNED, assigned_to__isnull=False)
                & ~Q(state=State.ASSIGNED, assigned_to__isnull=True),
                violation_error_message=_("Say who is to look."),
            ),
            models.CheckConstraint(
                name="inspection_done_with_result",
                condition=Q(state=State.DONE, result__isnull=False) | (~Q(state=State.DONE) & Q(result__isnull=True)),
                violation_error_message=_("An inspection is done when there is a report of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monument}, {self.due_on}"

    def get_absolute_url(self) -> str:
        return f"/inspections/{self.pk}/"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class ChecklistItem(models.Model):
    """One thing to look at: of the list that all know, or in the planner's own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="checklist", verbose_name=_("inspection"))
    task = models.CharField(_("what to look at"), max_length=12, choices=Task.choices, blank=True)
    text = models.CharField(_("in own words"), max_length=300, blank=True)
    looked_at = models.BooleanField(_("looked at"), default=False)
    note = models.CharField(_("note"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("item of the checklist")
        verbose_name_plural = _("checklist")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="checklistitem_says_one_thing",
                condition=Q(task__in=Task.values, text="") | (Q(task="") & ~Q(text="")),
                violation_error_message=_("Choose from the list, or write it in your own words."),
            ),
            models.UniqueConstraint(fields=["inspection", "task"], condition=~Q(task=""), name="checklistitem_once"),
        ]

    def __str__(self) -> str:
        return str(Task(self.task).label) if self.task else self.text


class InspectionStep(AppendOnly):
    """What was done with an inspection: by whom, when, why, and what it became."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="steps", verbose_name=_("inspection"))
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    due_on = models.DateField(_("due on"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("assigned to")
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an inspection")
        verbose_name_plural = _("steps of inspections")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="inspectionstep_with_reason",
                condition=Q(step__in=Step.values) & (~Q(step__in=WITH_REASON) | ~Q(reason="")),
                violation_error_message=_("Give a reason: it is kept with the inspection."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()
