from __future__ import annotations

import datetime
from typing import ClassVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions import scales
from reports.conditions.querysets import ConditionReportQuerySet
from reports.conditions.workflow import ONCE_PUBLISHED, State, VerificationMethod
from reports.sources.models import Statement
from reports.vocabulary import (
    CERTAINTY_RANK,
    STATUS_KINDS,
    Access,
    ActionGroup,
    AssessmentMethod,
    Certainty,
    Condition,
    DamageGrade,
    Extent,
    FabricStatus,
    ReportKind,
    Urgency,
)
from sites.ids import uuid7
from sites.models import Monument, Organisation
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
    source_scheme = models.CharField(
        _("scale of the source"), max_length=20, choices=scales.Scheme.choices, blank=True, editable=False
    )
    source_value = models.CharField(_("value as given"), max_length=20, blank=True, editable=False)
    method = models.CharField(_("method"), max_length=15, choices=AssessmentMethod.choices, blank=True)
    access = models.CharField(_("access"), max_length=10, choices=Access.choices, blank=True)
    recommended_action = models.TextField(_("recommended action"), blank=True)
    recommended_group = models.CharField(_("kind of action"), max_length=15, choices=ActionGroup.choices, blank=True)
    recommended_urgency = models.CharField(_("how urgent"), max_length=10, choices=Urgency.choices, blank=True)
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
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("organisation"),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Only verifiers see it, even when it is published; it counts in no public figure."),
    )
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True, editable=False)
    embargo_reason = models.TextField(_("reason of the embargo"), blank=True, editable=False)
    tell_after_embargo = models.BooleanField(_("send alerts when the embargo ends"), default=False, editable=False)
    cites = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="cited_by",
        verbose_name=_("settles the contradiction between"),
        help_text=_("A verifier's finding that cites two reports or more takes their place from its day on."),
    )
    incident = models.ForeignKey(
        "conditions.Incident",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="reports",
        verbose_name=_("incident"),
    )
    repeats = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="repeated_by",
        verbose_name=_("repeats the account of"),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
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
            models.Index(fields=["embargo_until"], name="report_under_embargo", condition=Q(state=State.VERIFIED)),
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
            models.CheckConstraint(
                name="report_value_of_a_scale",
                condition=Q(source_scheme="", source_value="")
                | (Q(source_scheme__in=scales.Scheme.values) & ~Q(source_value="")),
                violation_error_message=_("A value of another scale needs both the scale and the value."),
            ),
            models.CheckConstraint(
                name="report_embargo_with_reason",
                condition=(Q(embargo_until__isnull=True, embargo_reason=""))
                | (Q(embargo_until__isnull=False) & ~Q(embargo_reason="")),
                violation_error_message=_("An embargo needs its end and its reason."),
            ),
            models.CheckConstraint(
                name="report_not_repeating_itself",
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("id")),
                violation_error_message=_("A report cannot repeat itself."),
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
        self.keep_to_the_past()
        if self.source_scheme:
            self._read_scale()

    def _read_scale(self) -> None:
        """Fill in what the value of another scale says, where the report does not say it itself."""
        meaning = self.as_given
        self.damage_grade = self.damage_grade or (meaning.damage_grade if self.kind in STATUS_KINDS else "")
        self.condition = self.condition or meaning.condition
        self.access = self.access or meaning.access
        self.suspected = self.suspected or meaning.suspected
        most = meaning.certainty_at_most
        if most and CERTAINTY_RANK.get(self.certainty, 0) > CERTAINTY_RANK[most]:
            facts = {"value": self.as_given_text, "certainty": Certainty(most).label}
            message = _("“%(value)s” is at most of this certainty: %(certainty)s.") % facts
            raise ValidationError({"certainty": message})

    @property
    def as_given(self) -> scales.Meaning:
        """What the value that was given in another scale means in ours. Raises scales.UnknownValue."""
        return scales.meaning(self.source_scheme, self.source_value, self.extent)

    @property
    def as_given_text(self) -> str:
        """ "EMS-98 …: 4: very heavy"; empty where the report gives no other scale."""
        return scales.label(self.source_scheme, self.source_value) if self.source_scheme else ""

    @property
    def observed_on(self) -> datetime.date:
        """The last day of the time of observation: from then on the report counts."""
        return cast("datetime.date", self.date_to)  # `report_dated` keeps it set
