"""What a plan needs, and who gives it."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reports.recording import Recorded
from reports.restoration.models.plan import Plan
from reports.restoration.models.step import counts_from
from reports.restoration.vocabulary import Stage
from reports.sources.models import Statement
from sites.ids import uuid7

currency_code = RegexValidator(r"^[A-Z]{3}$", _("Write a currency as its three letters (ISO 4217), such as USD."))


class Amount(models.Model):
    """So much of a currency (ISO 4217)."""

    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(_("currency"), max_length=3, validators=[currency_code])
    approximate = models.BooleanField(_("approximate"), default=False)

    class Meta:
        abstract = True

    @staticmethod
    def amount_of(model: str) -> models.CheckConstraint:
        return models.CheckConstraint(
            name=f"{model}_amount_with_currency",
            condition=Q(amount__gte=0) & ~Q(currency=""),
            violation_error_message=_("Money has an amount of 0 or more and a currency."),
        )


class CostEstimate(Amount, Recorded, Statement):
    """What somebody says that the plan, or (not `whole`) a part of it, will cost.

    An estimate that `replaces` another takes its place from its own day on.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="costs", verbose_name=_("restoration plan"))
    price_year = models.PositiveSmallIntegerField(_("prices of the year"), null=True, blank=True)
    covers = models.CharField(_("what it covers"), max_length=200, blank=True)
    whole = models.BooleanField(
        _("covers the whole plan"), default=True, help_text=_("Otherwise say above what it covers.")
    )
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    class Meta:
        verbose_name = _("cost estimate")
        verbose_name_plural = _("cost estimates")
        ordering = ["date_to", "id"]
        constraints = [
            *Statement.constraints_of("cost"),
            Recorded.withdrawal_of("cost"),
            Amount.amount_of("cost"),
            models.CheckConstraint(
                name="cost_of_something",
                condition=Q(whole=True) | ~Q(covers=""),
                violation_error_message=_("An estimate of a part says what it covers."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def clean(self) -> None:
        super().clean()
        if self.replaces and self.replaces.plan_id != self.plan_id:
            raise ValidationError({"replaces": _("An estimate replaces one of the same plan.")})

    @property
    def counts_from(self) -> datetime.date:
        return counts_from(self, self.recorded_at)


class Donor(models.Model):
    """Who gives money: a state, a body, a foundation, a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("donor")
        verbose_name_plural = _("donors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="donor_name_whatever_its_case",
                violation_error_message=_("There is a donor of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pledge(Amount, Recorded, Statement):
    """Money that was promised, committed or paid; a commitment or payment names the pledge that it keeps (`of`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="pledges", verbose_name=_("restoration plan"))
    donor = models.ForeignKey(
        Donor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pledges",
        verbose_name=_("donor"),
        help_text=_("Empty: the source does not name them."),
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="kept_by", verbose_name=_("keeps the pledge")
    )

    class Meta:
        verbose_name = _("pledge or payment")
        verbose_name_plural = _("pledges and payments")
        ordering = ["date_to", "id"]
        indexes = [models.Index(fields=["donor", "plan"], name="pledge_of_donor")]
        constraints = [
            *Statement.constraints_of("pledge"),
            Recorded.withdrawal_of("pledge"),
            Amount.amount_of("pledge"),
            models.CheckConstraint(
                name="pledge_stage_known",
                condition=Q(stage__in=Stage.values),
                violation_error_message=_("This stage is not known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.donor or _('Donors not named')}: {self.amount} {self.currency}"

    def clean(self) -> None:
        super().clean()
        if self.of is None:
            return
        errors: dict[str, Any] = {}
        if self.of.of_id is not None or self.of.pk == self.pk or self.stage == Stage.PLEDGED:
            errors["of"] = _("A commitment or a payment keeps a pledge; nothing else does.")
        same = (self.of.plan_id, self.of.donor_id, self.of.currency)
        if same != (self.plan_id, self.donor_id, self.currency):
            errors["of"] = _("A pledge is kept by the same donor, for the same plan, in the same currency.")
        if errors:
            raise ValidationError(errors)

    @property
    def counts_from(self) -> datetime.date:
        return counts_from(self, self.recorded_at)
