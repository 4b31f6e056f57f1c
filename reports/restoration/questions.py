"""Which plans, of which moment, for whom: behind their list, layer and exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import rest_framework as filters

from reports.conditions import moments
from reports.conditions.queries import NOW
from reports.conditions.querysets import Moment
from reports.conditions.questions import NO_SUCH_MONUMENT, NO_SUCH_SITE
from reports.restoration import course
from reports.restoration.models import Plan
from reports.restoration.vocabulary import Feasibility, Phase, PlanStatus
from reports.vocabulary import Urgency
from sites.models import Monument, Site
from sites.queries import EVERYBODY
from sites.questions import Asked, QuestionForm, SiteOrMonumentFilter

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


class PlanFilter(SiteOrMonumentFilter):
    """Every parameter of a question about plans; status and phase are asked of the moment."""

    site = filters.ModelChoiceFilter(
        queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.", error_messages=NO_SUCH_SITE
    )
    monument = filters.ModelChoiceFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        method="concerning",
        label="Slug of a monument.",
        error_messages=NO_SUCH_MONUMENT,
    )
    status = filters.MultipleChoiceFilter(choices=PlanStatus.choices, method="in_status")
    phase = filters.MultipleChoiceFilter(choices=Phase.choices, method="in_phase")
    urgency = filters.MultipleChoiceFilter(choices=Urgency.choices)
    feasibility = filters.MultipleChoiceFilter(choices=Feasibility.choices)
    contested = filters.BooleanFilter()
    as_of = filters.DateFilter(method="unfiltered", label="As they were on that day; those that had begun by then.")
    known_at = filters.IsoDateTimeFilter(method="unfiltered", label="By what had been recorded at that time.")

    class Meta:
        model = Plan
        fields: list[str] = []
        form = QuestionForm

    states: dict[UUID, course.State] | None = None
    """What the plans were at a past moment; None: the present one is asked about."""

    def filter_queryset(self, queryset: Any) -> Any:
        moment = moments.read(self.data)
        self.states = None if moment == NOW else states(queryset, moment)
        found = super().filter_queryset(queryset)
        return found if self.states is None else found.filter(pk__in=list(self.states))

    def concerning(self, plans: Any, name: str, monument: Monument) -> Any:
        return plans.about(monument)

    def in_status(self, plans: Any, name: str, wanted: list[str]) -> Any:
        return self._being(plans, "status", wanted)

    def in_phase(self, plans: Any, name: str, wanted: list[str]) -> Any:
        return self._being(plans, "phase", wanted)

    def _being(self, plans: Any, of: str, wanted: list[str]) -> Any:
        if not wanted:
            return plans
        if self.states is None:
            return plans.filter(**{f"{of}__in": wanted})
        return plans.filter(pk__in=[pk for pk, state in self.states.items() if getattr(state, of) in wanted])


def states(plans: Any, moment: Moment) -> dict[UUID, course.State]:
    """What each plan was at that moment; those that had not begun are left out."""
    found = {}
    for plan in plans.prefetch_related(None).prefetch_related("steps"):
        state = course.state_on(course.standing(plan.steps.all(), moment.known_at), moment.day)
        if state is not None:
            found[plan.pk] = state
    return found


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

    def state_of(self, plan: Plan) -> Plan | course.State:
        """What a plan that was found was then; a plan is its present state."""
        self.rows()
        kept: dict[UUID, course.State] | None = self._filter.states
        return plan if kept is None else kept[plan.pk]
