"""Which plans, of which moment, for whom: behind REST, their layer and exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import rest_framework as filters

from reports.conditions import moments
from reports.conditions.queries import NOW
from reports.restoration import course
from reports.restoration.models import Plan
from reports.restoration.queries import plans_then
from reports.restoration.vocabulary import Feasibility, Phase, PlanStatus
from reports.vocabulary import Urgency
from sites.models import Monument, Site
from sites.queries import EVERYBODY
from sites.questions import Asked, QuestionForm, SiteOrMonumentFilter
from sites.references import CodesFilter, NamedFilter

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


class PlanFilter(SiteOrMonumentFilter):
    """Every parameter of a question about plans; status and phase are asked of the moment."""

    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")
    monument = NamedFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        method="concerning",
        label="Slug of a monument.",
    )
    status = CodesFilter(
        choices=PlanStatus.choices, field_name="status_then", label="Its status at the moment asked about."
    )
    phase = CodesFilter(choices=Phase.choices, field_name="phase_then", label="Its phase at the moment asked about.")
    urgency = CodesFilter(choices=Urgency.choices)
    feasibility = CodesFilter(choices=Feasibility.choices)
    contested = filters.BooleanFilter()
    as_of = filters.DateFilter(method="unfiltered", label="What plans were on this day, by what is known now.")
    known_at = filters.IsoDateTimeFilter(method="unfiltered", label="What was known of them at this time.")

    class Meta:
        model = Plan
        fields: list[str] = []
        form = QuestionForm

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(plans_then(queryset, moments.read(self.data)))

    def concerning(self, plans: Any, name: str, monument: Monument) -> Any:
        return plans.about(monument)


class PlanQuestion(Asked):
    """Which plans, and what they were at the moment asked about."""

    filters = PlanFilter

    def __init__(
        self, parameters: Mapping[str, Any] | QueryDict, reader: PermissionsMixin | AnonymousUser = EVERYBODY
    ) -> None:
        super().__init__(parameters, reader)
        self.moment = moments.read(self._filter.data)

    def everything(self, reader: Any) -> QuerySet[Plan]:
        found: QuerySet[Plan] = Plan.objects.all()
        return found

    def rows(self) -> Any:
        found = super().rows()
        return found if self.moment == NOW else found.prefetch_related("steps")

    def state_of(self, plan: Plan) -> Plan | course.State:
        """What a plan that was found was then; a plan is its present state."""
        if self.moment == NOW:
            return plan
        then = course.state_on(course.standing(plan.steps.all(), self.moment.known_at), self.moment.day)
        return cast("course.State", then)
