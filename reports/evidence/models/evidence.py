"""What a photograph or document is evidence of, and how it is shown."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions.models import ConditionReport
from reports.evidence.models.original import Original
from reports.evidence.querysets import EvidenceQuerySet
from reports.evidence.vocabulary import BlurReason, Door, EvidenceKind, FlagKind, RenderProblem
from reports.restoration.models import Plan
from sites.ids import uuid7
from sites.models import Monument, Organisation
from sites.models.naming import language_tag


class Evidence(models.Model):
    """A photograph or document of one monument, of one report about it, or of one plan for it.

    CIDOC-CRM: E38 Image or E31 Document, P70 documents. Of a report it is as public as the report;
    by itself, or of a plan, once it was published. Never deleted: withdrawn with a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    original = models.ForeignKey(Original, models.PROTECT, related_name="evidence", verbose_name=_("original"))
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind.choices, editable=False)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="evidence", verbose_name=_("monument"))
    # Only drafts are deleted; their evidence stays, withdrawn.
    report = models.ForeignKey(
        ConditionReport,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("condition report"),
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("restoration plan")
    )
    name = models.CharField(_("name of the file"), max_length=255, editable=False)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    alternative = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("What somebody who cannot see the picture should know of it."),
    )
    language = models.CharField(
        _("language of caption and alternative text"), max_length=35, default="en", validators=[language_tag]
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("As it is shown; leave out names that must not be known.")
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True, help_text=_("Such as CC BY 4.0."))
    taken_from = models.DateField(_("taken on or after"), null=True, blank=True)
    taken_to = models.DateField(_("taken on or before"), null=True, blank=True)
    confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Only verifiers see it, whatever it belongs to.")
    )
    door = models.CharField(_("came through"), max_length=10, choices=Door.choices, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
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
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)
    rendered_at = models.DateTimeField(_("renditions made"), null=True, editable=False)
    """When the present renditions were made; null while there are none."""
    render_due_at = models.DateTimeField(_("renditions due"), null=True, default=timezone.now, editable=False)
    """From when on a worker may make renditions; null: nothing is to be done, or it was given up."""
    render_tries = models.PositiveSmallIntegerField(_("tries to make renditions"), default=0, editable=False)
    render_problem = models.CharField(
        _("why there are no renditions"), max_length=10, choices=RenderProblem.choices, blank=True, editable=False
    )

    objects: ClassVar = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-uploaded_at", "-id"]
        permissions = [
            ("publish_evidence", _("Can publish and withdraw evidence")),
            ("view_original", _("Can see originals and what they say of themselves")),
            ("export_package", _("Can export evidence packages")),
        ]
        indexes = [
            models.Index(fields=["monument", "taken_to", "id"], name="evidence_of_monument"),
            # What the renderer has to do still.
            models.Index(
                fields=["render_due_at"], name="evidence_due_to_render", condition=Q(render_due_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="evidence_of_one_thing",
                condition=Q(report__isnull=True) | Q(plan__isnull=True),
                violation_error_message=_("A file belongs to a report or to a plan, not to both."),
            ),
            models.CheckConstraint(
                name="evidence_taken_in_order",
                condition=Q(taken_from__isnull=True) | Q(taken_to__isnull=True) | Q(taken_to__gte=F("taken_from")),
                violation_error_message=_("The time ends before it begins."),
            ),
            models.CheckConstraint(
                name="evidence_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message=_("A withdrawal needs its time and its reason."),
            ),
            # The same file twice with the same thing tells nothing more.
            models.UniqueConstraint(
                fields=["original", "report"],
                condition=Q(withdrawn_at=None, report__isnull=False),
                name="evidence_once_of_report",
                violation_error_message=_("This file is there already."),
            ),
            models.UniqueConstraint(
                fields=["original", "plan"],
                condition=Q(withdrawn_at=None, plan__isnull=False),
                name="evidence_once_of_plan",
                violation_error_message=_("This file is there already."),
            ),
            models.UniqueConstraint(
                fields=["original", "monument"],
                condition=Q(withdrawn_at=None, report__isnull=True, plan__isnull=True),
                name="evidence_once_of_monument",
                violation_error_message=_("This file is there already."),
            ),
        ]

    def __str__(self) -> str:
        """Neither names nor words: it is read by who may not know them, and when it is withdrawn."""
        return f"{self.get_kind_display()} {str(self.pk)[-8:]}"


class Flag(models.Model):
    """Something about a piece of evidence that a verifier should look at twice."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="flags", verbose_name=_("evidence"))
    kind = models.CharField(_("kind"), max_length=15, choices=FlagKind.choices)
    metres = models.PositiveIntegerField(_("metres"), null=True)
    days = models.PositiveIntegerField(_("days"), null=True)
    other = models.ForeignKey(Evidence, models.CASCADE, null=True, related_name="+", verbose_name=_("used before as"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(fields=["evidence", "kind"], condition=Q(other=None), name="flag_once_of_a_kind"),
            models.UniqueConstraint(
                fields=["evidence", "kind", "other"], condition=Q(other__isnull=False), name="flag_once_of_a_pair"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class BlurArea(models.Model):
    """A part of a photograph that is blurred in what is published; the original stays.

    Position and size are shares of the upright picture, from its upper left corner.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="blur_areas", verbose_name=_("evidence"))
    x = models.FloatField(_("from the left"))
    y = models.FloatField(_("from above"))
    width = models.FloatField(_("width"))
    height = models.FloatField(_("height"))
    reason = models.CharField(_("reason"), max_length=10, choices=BlurReason.choices, default=BlurReason.FACE)

    class Meta:
        verbose_name = _("blurred area")
        verbose_name_plural = _("blurred areas")
        constraints = [
            models.CheckConstraint(
                name="blur_inside_the_picture",
                condition=Q(
                    x__gte=0, y__gte=0, width__gt=0, height__gt=0, x__lte=1 - F("width"), y__lte=1 - F("height")
                ),
                violation_error_message=_("The area must lie within the picture."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())
