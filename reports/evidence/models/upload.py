"""A file on its way in, until it is stored or refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.conditions.models import ConditionReport
from reports.evidence.models.original import sha256
from reports.evidence.vocabulary import Door, Refusal, UploadState
from reports.restoration.models import Plan
from sites.ids import uuid7
from sites.models import Monument


class Upload(models.Model):
    """One file that somebody sends: how much of it is here, and what became of it.

    Its bytes lie in the quarantine until it is stored as an original or refused with a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="+", verbose_name=_("monument"))
    report = models.ForeignKey(
        ConditionReport, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("condition report")
    )
    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("restoration plan")
    )
    name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    received = models.PositiveBigIntegerField(_("bytes received"), default=0)
    client_sha256 = models.CharField(
        _("SHA-256 as the sender sees it"), max_length=64, blank=True, validators=[sha256]
    )
    door = models.CharField(_("came through"), max_length=10, choices=Door.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=UploadState.choices, default=UploadState.RECEIVING, editable=False
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, validators=[sha256], editable=False)
    refusal = models.CharField(
        _("why it was refused"), max_length=20, choices=Refusal.choices, blank=True, editable=False
    )
    refusal_facts = models.JSONField(default=dict, blank=True, editable=False)
    """What the refusal says in figures: `limit`, `found` and the like."""
    evidence = models.OneToOneField(
        "evidence.Evidence", models.SET_NULL, null=True, editable=False, related_name="upload"
    )
    started_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    touched_at = models.DateTimeField(_("last heard of"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "touched_at"], name="upload_to_go_on_with")]
        constraints = [
            models.CheckConstraint(
                name="upload_of_one_thing",
                condition=Q(report__isnull=True) | Q(plan__isnull=True),
                violation_error_message=_("A file belongs to a report or to a plan, not to both."),
            ),
            models.CheckConstraint(
                name="upload_refused_with_reason",
                condition=(Q(state=UploadState.REFUSED) & ~Q(refusal=""))
                | (~Q(state=UploadState.REFUSED) & Q(refusal="")),
                violation_error_message=_("A refusal says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
