"""What could still be done: prospects of restoration, each with who voiced it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.sources.models import Statement
from sites.ids import uuid7
from sites.models import Monument
from sites.models.naming import language_tag

currency_code = RegexValidator(r"^[A-Z]{3}$", _("Write a currency as its three letters (ISO 4217), such as USD."))


class Phase(models.TextChoices):
    """In the order in which they follow each other."""

    EMERGENCY_STABILISATION = "emergency_stabilisation", _("Emergency stabilisation")
    DOCUMENTATION = "documentation", _("Documentation")
    CONSERVATION = "conservation", pgettext_lazy("phase", "Conservation")
    ANASTYLOSIS = "anastylosis", pgettext_lazy("phase", "Anastylosis")
    RECONSTRUCTION = "reconstruction", pgettext_lazy("phase", "Reconstruction")
    PRESENTATION_MAINTENANCE = "presentation_maintenance", _("Presentation and maintenance")


class PlanStatus(models.TextChoices):
    HOPED = "hoped", pgettext_lazy("plan", "Hoped for")
    PROPOSED = "proposed", pgettext_lazy("plan", "Proposed")
    UNDER_STUDY = "under_study", pgettext_lazy("plan", "Under study")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Submitted")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    FUNDED = "funded", pgettext_lazy("plan", "Funded")
    IN_PROGRESS = "in_progress", pgettext_lazy("plan", "In progress")
    COMPLETED = "completed", pgettext_lazy("plan", "Completed")
    SUSPENDED = "suspended", pgettext_lazy("plan", "Suspended")
    REJECTED = "rejected", pgettext_lazy("plan", "Rejected")
    ABANDONED = "abandoned", pgettext_lazy("plan", "Abandoned")


class Letter(models.TextChoices):
    """Priority: Historic England, Heritage at Risk Register."""

    A = "A", _("A: immediate risk of further loss; no solution agreed")
    B = "B", _("B: immediate risk of further loss; solution agreed, not yet carried out")
    C = "C", _("C: slow decay; no solution agreed")
    D = "D", _("D: slow decay; solution agreed, not yet carried out")
    E = "E", _("E: in fair to good repair, but without a user or threatened by vacancy")
    F = "F", _("F: repair under way")


class Feasibility(models.TextChoices):
    HIGH = "high", pgettext_lazy("feasibility", "High")
    MEDIUM = "medium", pgettext_lazy("feasibility", "Medium")
    LOW = "low", pgettext_lazy("feasibility", "Low")
    NOT_FEASIBLE = "not_feasible", pgettext_lazy("feasibility", "Not feasible")
    UNKNOWN = "unknown", pgettext_lazy("feasibility", "Unknown")


class PlanQuerySet(QuerySet):
    def in_full(self) -> Self:
        return self.select_related("source", "monument")


def _money(name: str) -> Q:
    """Amount and currency go together, and nobody gives less than nothing."""
    amount, currency = f"{name}_amount", f"{name}_currency"
    return Q(**{f"{amount}__isnull": True, currency: ""}) | (Q(**{f"{amount}__gte": 0}) & ~Q(**{currency: ""}))


class Plan(Statement):
    """A wish, a proposal or works on one monument, as its source tells."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(Monument, models.PROTECT, related_name="plans", verbose_name=_("monument"))
    part = models.CharField(_("part"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    phase = models.CharField(_("phase"), max_length=30, choices=Phase.choices)
    status = models.CharField(_("status"), max_length=15, choices=PlanStatus.choices)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(
        _("language of title and note"), max_length=35, default="en", validators=[language_tag]
    )
    contested = models.BooleanField(_("contested"), default=False)
    feasibility = models.CharField(_("feasibility"), max_length=15, choices=Feasibility.choices, blank=True)
    cost_amount = models.DecimalField(_("cost"), max_digits=14, decimal_places=2, null=True, blank=True)
    cost_currency = models.CharField(_("currency of the cost"), max_length=3, blank=True, validators=[currency_code])
    cost_covers = models.CharField(_("what the cost covers"), max_length=200, blank=True)
    funding_amount = models.DecimalField(_("funds"), max_digits=14, decimal_places=2, null=True, blank=True)
    funding_currency = models.CharField(
        _("currency of the funds"), max_length=3, blank=True, validators=[currency_code]
    )
    funding_approximate = models.BooleanField(_("funds are approximate"), default=False)

    objects: ClassVar = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("restoration plan")
        verbose_name_plural = _("restoration plans")
        ordering = ["date_to", "id"]
        indexes = [models.Index(fields=["monument", "date_to"], name="plan_of_monument")]
        constraints = [
            *Statement.constraints_of("plan"),
            models.CheckConstraint(
                name="plan_cost_with_currency",
                condition=_money("cost"),
                violation_error_message=_("A cost has an amount of 0 or more and a currency."),
            ),
            models.CheckConstraint(
                name="plan_funding_with_currency",
                condition=_money("funding"),
                violation_error_message=_("Funds have an amount of 0 or more and a currency."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PriorityOverride(models.Model):
    """What an editor decided about a monument's priority against the suggestion, and why; the last one holds.

    An empty letter goes back to the suggestion.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monument = models.ForeignKey(
        Monument, models.CASCADE, related_name="priority_overrides", verbose_name=_("monument")
    )
    letter = models.CharField(
        _("priority"),
        max_length=1,
        choices=Letter.choices,
        blank=True,
        help_text=_("Empty: back to the one that is suggested."),
    )
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision on a priority")
        verbose_name_plural = _("decisions on priorities")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["monument", "-at"], name="override_of_monument")]

    def __str__(self) -> str:
        return f"{self.monument}: {self.letter or '–'}"
