"""Plans of restoration, from a wish to completed works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reports.restoration.vocabulary import Charter, Feasibility, Phase, PlanStatus
from reports.sources.models import Statement
from reports.vocabulary import Urgency
from sites.ids import uuid7
from sites.models import Monument, Site
from sites.models.naming import language_tag

if TYPE_CHECKING:
    from reports.restoration.models.money import CostEstimate, Pledge


def charters_known(value: Any) -> None:
    if not isinstance(value, list) or set(value) - set(Charter.values):
        raise ValidationError(_("Choose from the list of charters."))


class PlanQuerySet(QuerySet):
    def in_full(self) -> Self:
        """With what a list of plans shows of each."""
        from reports.restoration.models import CostEstimate, Pledge

        return self.select_related("source", "monument", "site").prefetch_related(
            Prefetch(
                "costs", queryset=CostEstimate.objects.known().select_related("source"), to_attr="standing_costs"
            ),
            Prefetch(
                "pledges",
                queryset=Pledge.objects.known().select_related("donor", "source"),
                to_attr="standing_pledges",
            ),
        )

    def titled(self, text: str) -> Self:
        """Those of which the title has all words of the text; none without a word."""
        words = text.split()
        return self.filter(*(Q(title__icontains=word) for word in words)) if words else self.none()

    def about(self, monument: Monument) -> Self:
        """Those that concern it, alone or with others; plans of the whole site are not among them."""
        return self.filter(Q(monument=monument) | Q(further_monuments=monument)).distinct()


class Plan(Statement):
    """A wish, a proposal or works on one monument, on several or on a whole site, as its source tells.

    Status, phase, progress and planned time follow from its steps (`PlanStep`) and are kept here for
    reading; the actions write both. `further_monuments` are on the same site. `version` rises with
    every change.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="plans", verbose_name=_("site"))
    monument = models.ForeignKey(
        Monument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("monument"),
        help_text=_("Empty: the whole site, such as its demining."),
    )
    further_monuments = models.ManyToManyField(
        Monument, blank=True, related_name="further_plans", verbose_name=_("further monuments")
    )
    part = models.CharField(_("part"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    phase = models.CharField(_("phase"), max_length=30, choices=Phase.choices)
    status = models.CharField(_("status"), max_length=15, choices=PlanStatus.choices)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(
        _("language of title and note"), max_length=35, default="en", validators=[language_tag]
    )

    proponent = models.CharField(_("proposed by"), max_length=200, blank=True)
    responsible = models.CharField(_("responsible body"), max_length=200, blank=True)
    partners = models.TextField(_("partners"), blank=True, help_text=_("One a line."))

    method = models.TextField(_("method"), blank=True)
    charters = models.JSONField(_("charters"), default=list, blank=True, validators=[charters_known])
    charter_note = models.TextField(_("what of them the method rests on"), blank=True)
    authenticity_impact = models.TextField(_("impact on authenticity"), blank=True)
    surviving_percent = models.PositiveSmallIntegerField(
        _("share of original material that survives"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent."),
    )
    documentation = models.TextField(_("documentation that is there"), blank=True)
    feasibility = models.CharField(_("feasibility"), max_length=15, choices=Feasibility.choices, blank=True)
    feasibility_reason = models.TextField(_("why"), blank=True)
    urgency = models.CharField(_("how urgent"), max_length=10, choices=Urgency.choices, blank=True)
    urgency_reason = models.TextField(_("why so urgent"), blank=True)
    whc_notified_on = models.DateField(
        _("World Heritage Centre notified"),
        null=True,
        blank=True,
        help_text=_("Before any major restoration (Operational Guidelines, paragraph 172)."),
    )

    contested = models.BooleanField(_("contested"), default=False)
    opposing_view = models.TextField(_("opposing view"), blank=True, help_text=_("Whose it is, and what it says."))
    community_position = models.TextField(_("position of the community"), blank=True)

    progress = models.PositiveSmallIntegerField(_("progress"), null=True, editable=False)
    planned_from = models.DateField(_("planned from"), null=True, blank=True)
    planned_to = models.DateField(_("planned until"), null=True, blank=True)
    status_on = models.DateField(_("in this status since"), editable=False)
    changed_on = models.DateField(_("last news of"), editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )

    standing_costs: list[CostEstimate]
    standing_pledges: list[Pledge]
    """With `in_full()`: what counts today."""

    objects: ClassVar = PlanQuerySet.as_manager()
    # What follows from steps has its history in them.
    history = HistoricalRecords(
        excluded_fields=[
            "status",
            "phase",
            "progress",
            "planned_from",
            "planned_to",
            "status_on",
            "changed_on",
            "version",
        ]
    )

    class Meta:
        verbose_name = _("restoration plan")
        verbose_name_plural = _("restoration plans")
        ordering = ["date_to", "id"]
        permissions = [("decide_plan", _("Can record that a plan was approved, funded, completed or given up"))]
        indexes = [
            models.Index(fields=["monument", "date_to"], name="plan_of_monument"),
            models.Index(fields=["site", "status"], name="plan_of_site"),
            # The board: each column by its last change.
            models.Index(fields=["status", "-status_on", "-id"], name="plan_on_board"),
        ]
        constraints = [
            *Statement.constraints_of("plan"),
            models.CheckConstraint(
                name="plan_status_known",
                condition=Q(status__in=PlanStatus.values, phase__in=Phase.values),
                violation_error_message=_("This status or phase is not known."),
            ),
            models.CheckConstraint(
                name="plan_percentages",
                condition=(Q(progress__isnull=True) | Q(progress__lte=100))
                & (Q(surviving_percent__isnull=True) | Q(surviving_percent__lte=100)),
                violation_error_message=_("A share is between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                name="plan_planned_in_order",
                condition=Q(planned_from__isnull=True)
                | Q(planned_to__isnull=True)
                | Q(planned_to__gte=F("planned_from")),
                violation_error_message=_("The planned time ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/restoration/plans/{self.pk}/"

    def clean(self) -> None:
        super().clean()
        if self.monument and self.site_id is None:
            self.site = self.monument.site
        if self.monument and self.monument.site_id != self.site_id:
            raise ValidationError({"monument": _("This monument is on another site.")})

    @property
    def partner_list(self) -> list[str]:
        return [line.strip() for line in self.partners.splitlines() if line.strip()]

    @property
    def charter_labels(self) -> list[str]:
        return [str(Charter(code).label) for code in self.charters]
