"""When a plan is to have come how far, and what it waits for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.recording import Recorded
from reports.restoration.models.plan import Plan
from sites.ids import uuid7
from sites.models.naming import language_tag


class Milestone(Recorded):
    """What is to be reached by a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="milestones", verbose_name=_("restoration plan"))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=35, default="en", validators=[language_tag])
    due_on = models.DateField(_("due"))
    reached_on = models.DateField(_("reached"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "id"]
        constraints = [Recorded.withdrawal_of("milestone")]
        indexes = [
            # What is overdue is looked for every day.
            models.Index(
                fields=["due_on"],
                name="milestone_open",
                condition=Q(reached_on__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Dependency(models.Model):
    """A plan that cannot begin before another one is completed, such as works before demining."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="dependencies", verbose_name=_("restoration plan"))
    needs = models.ForeignKey(Plan, models.PROTECT, related_name="needed_by", verbose_name=_("waits for"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "needs"],
                name="dependency_once",
                violation_error_message=_("The plan waits for this one already."),
            ),
            models.CheckConstraint(
                name="dependency_not_on_itself",
                condition=~Q(plan=F("needs")),
                violation_error_message=_("A plan cannot wait for itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.needs)
