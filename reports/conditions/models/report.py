from __future__ import annotations

import datetime
from typing import ClassVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions.queries import ConditionReportQuerySet
from reports.conditions.workflow import ONCE_PUBLISHED, State, VerificationMethod
from reports.sources.models import Statement
from reports.vocabulary import STATUS_KINDS, Condition, DamageGrade, Extent, FabricStatus, ReportKind
from sites.ids import uuid7
from sites.models import Monument
from sites.models.naming import language_tag


class ConditionReport(Statement):
    """What somebody observed of one monument at one time (CIDOC-CRM E14 Condition Assessment).

    Never edited once published: a correction supersedes it, a retraction withdraws it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="reports", verbose_name=_("monument"))
    part = models.CharField(_("part"), max_length=100, blank=True, help_text=_("Such as “portico”; empty: the whole."))
    kind = models.CharField(_("kind"), max_length=12, choices=ReportKind.choices)
    date_contested = models.BooleanField(_("date contested"), default=False)
    attribution_contested = models.BooleanField(_("attribution contested"), default=False)
    damage_grade = models.CharField(_("damage grade"), max_length=12, choices=DamageGrade.choices, blank=True)
    extent = models.CharField(_("extent"), max_length=10, choices=Extent.choices, blank=True)
    condition = models.CharField(_("condition"), max_length=10, choices=Condition.choices, blank=True)
    fabric_status = models.CharField(_("fabric"), max_length=25, choices=FabricStatus.choices, blank=True)
    suspected = models.BooleanField(
        _("damage suspected"), default=False, help_text=_("Signs of damage that cannot be told for sure.")
    )
    narrative = models.TextField(_("narrative"))
    language = models.CharField(_("language of the narrative"), max_length=35, default="en", validators=[language_tag])

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="condition_reports",
        verbose_name=_("author"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    verification_method = models.CharField(
        _("verified by"), max_length=20, choices=VerificationMethod.choices, blank=True, editable=False
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrections",
        verbose_name=_("supersedes"),
    )
    retraction_reason = models.TextField(_("reason of the retraction"), blank=True, editable=False)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    retracted_at = models.DateTimeField(_("retracted"), null=True, editable=False)

    objects: ClassVar = ConditionReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition report")
        verbose_name_plural = _("condition reports")
        ordering = ["-date_to", "-id"]
        permissions = [
            ("submit_conditionreport", _("Can submit condition reports")),
            ("verify_conditionreport", _("Can verify and reject condition reports")),
            ("publish_conditionreport", _("Can publish condition reports")),
            ("retract_conditionreport", _("Can retract condition reports")),
        ]
        indexes = [
            # A monument's standing reports are what its status is derived from.
            models.Index(fields=["monument", "state", "date_to"], name="report_of_monument"),
            # The public list, newest first, paged by cursor.
            models.Index(fields=["-date_to", "-id"], name="report_newest", condition=Q(state="published")),
            models.Index(fields=["state", "created_at"], name="report_in_review"),
        ]
        constraints = [
            *Statement.constraints_of("report"),
            models.CheckConstraint(
                name="report_dated",
                condition=Q(date_to__isnull=False),
                violation_error_message=_("Say when this was observed."),
            ),
            models.CheckConstraint(
                name="report_graded",
                condition=(
                    Q(kind__in=STATUS_KINDS, damage_grade__in=DamageGrade.values)
                    | Q(kind__in=[ReportKind.THREAT, ReportKind.SITUATION], damage_grade="")
                ),
                violation_error_message=_(
                    "Reports of damage, assessment or intervention need a damage grade (“unknown” is one);"
                    " threats and situations have none."
                ),
            ),
            models.CheckConstraint(
                name="report_state_known",
                condition=Q(state__in=State.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="report_published_at_when_published",
                condition=(
                    Q(state__in=ONCE_PUBLISHED, published_at__isnull=False)
                    | (~Q(state__in=ONCE_PUBLISHED) & Q(published_at__isnull=True))
                ),
                violation_error_message=_("A report has a time of publication exactly when it was published."),
            ),
            models.CheckConstraint(
                name="report_retracted_with_reason",
                condition=(
                    (Q(state=State.RETRACTED, retracted_at__isnull=False) & ~Q(retraction_reason=""))
                    | (~Q(state=State.RETRACTED) & Q(retracted_at__isnull=True, retraction_reason=""))
                ),
                violation_error_message=_("A retraction needs its time and its reason."),
            ),
            models.CheckConstraint(
                name="report_not_superseding_itself",
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                violation_error_message=_("A report cannot supersede itself."),
            ),
            # A retracted correction leaves room for a better one; otherwise the chain has no forks.
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=~Q(state=State.RETRACTED),
                name="report_superseded_once",
                violation_error_message=_("There is a correction of this report already."),
            ),
        ]

    def __str__(self) -> str:
        grade = self.get_damage_grade_display() or ReportKind(self.kind).label
        return f"{self.monument}, {self.date_text}: {grade}" if self.date_to else f"{self.monument}: {grade}"

    def clean(self) -> None:
        super().clean()
        if self.date_to and self.date_to > timezone.localdate():
            raise ValidationError({"date_to": _("This day has not come yet; reports are of what was observed.")})

    @property
    def observed_on(self) -> datetime.date:
        """The last day of the time of observation: from then on the report counts."""
        return cast("datetime.date", self.date_to)  # `report_dated` keeps it set


class ReportStep(models.Model):
    """One step in the life of a report: who took it, when, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ConditionReport, models.CASCADE, related_name="steps", verbose_name=_("report"))
    from_state = models.CharField(_("from"), max_length=10, choices=State.choices)
    to_state = models.CharField(_("to"), max_length=10, choices=State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"
