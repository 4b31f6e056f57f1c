"""Which monuments, of which moment, for whom: one question behind every list, map, interface and export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import rest_framework as filters

from reports.conditions import moments, queries, told
from reports.vocabulary import GRADE_RANK, CauseType, DamageGrade
from sites.models import Monument, Site
from sites.queries import EVERYBODY, MonumentQuerySet, named
from sites.questions import Asked, PlaceFilter, QuestionForm
from sites.references import CodeFilter, CodesFilter, NamedFilter
from sites.vocabulary import MonumentType, Period

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

MOMENT = ("as_of", "known_at")


class MonumentFilter(PlaceFilter):
    """Every parameter of a question about monuments."""

    SITE = "site"

    site = NamedFilter(queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.")
    parent = NamedFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of the whole: lists its parts.",
    )
    type = CodesFilter(choices=MonumentType.choices)
    period = CodesFilter(choices=Period.choices)
    damage_grade = CodesFilter(
        choices=DamageGrade.choices, method="graded", label="Damage grade at the moment asked about."
    )
    least_grade = CodeFilter(
        choices=[(grade, label) for grade, label in DamageGrade.choices if grade in GRADE_RANK],
        method="graded_from",
        label="Damage of this grade or a worse one at the moment asked about.",
    )
    most_grade = CodeFilter(
        choices=[(grade, label) for grade, label in DamageGrade.choices if grade in GRADE_RANK],
        method="graded_to",
        label="Damage of this grade or a lesser one at the moment asked about; what is not known is neither.",
    )
    cause = CodesFilter(
        choices=CauseType.choices, method="unfiltered", label="A report tells of this cause of damage."
    )
    observed_after = filters.DateFilter(method="unfiltered", label="A report was observed on that day or later.")
    observed_before = filters.DateFilter(method="unfiltered", label="A report was observed on that day or earlier.")
    published_after = filters.IsoDateTimeFilter(method="unfiltered", label="A report was published then or later.")
    published_before = filters.IsoDateTimeFilter(method="unfiltered", label="A report was published then or earlier.")
    changed_since = filters.IsoDateTimeFilter(
        method="changed", label="Its entry was changed, or a report of it published or retracted, then or later."
    )
    contested = filters.BooleanFilter(method="contested_ones", label="Whether two sources contradict each other now.")
    stale_days = filters.NumberFilter(
        method="stale", min_value=1, label="Nobody sure has looked for so many days, or ever."
    )
    order = CodeFilter(
        method="ordered",
        choices=[("slug", "slug"), ("stale", "stale")],
        label="stale: the longest not assessed first.",
    )
    as_of = filters.DateFilter(
        method="unfiltered",
        label="What was true on that day, such as 2016-06-01.",
        error_messages=moments.NO_SUCH_DATE,
    )
    known_at = filters.IsoDateTimeFilter(
        method="unfiltered",
        label="What was believed at that time, such as 2016-06-01T12:00:00Z.",
        error_messages=moments.NO_SUCH_TIME,
    )

    class Meta:
        model = Monument
        fields: list[str] = []
        form = QuestionForm

    def filter_queryset(self, queryset: Any) -> Any:
        """What is asked of reports is asked of one and the same report."""
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        wanted = {name: asked[name] for name in told.CONDITIONS if asked.get(name)}
        return told.of_reports(found, wanted, moments.read(self.data)) if wanted else found  # type: ignore[arg-type]

    def named(self, monuments: QuerySet[Monument], name: str, text: str) -> QuerySet[Monument]:
        return monuments.filter(pk__in=named("monument", text))

    def graded(self, monuments: QuerySet[Monument], name: str, grades: list[str]) -> QuerySet[Monument]:
        return queries.of_grade(monuments, grades, moments.read(self.data)) if grades else monuments

    def graded_from(self, monuments: QuerySet[Monument], name: str, least: str) -> QuerySet[Monument]:
        reached = [grade for grade, rank in GRADE_RANK.items() if rank >= GRADE_RANK[least]]
        return queries.of_grade(monuments, reached, moments.read(self.data))

    def graded_to(self, monuments: QuerySet[Monument], name: str, most: str) -> QuerySet[Monument]:
        reached = [grade for grade, rank in GRADE_RANK.items() if rank <= GRADE_RANK[most]]
        return queries.of_grade(monuments, reached, moments.read(self.data))

    def changed(self, monuments: Any, name: str, time: Any) -> MonumentQuerySet:
        return told.changed_since(monuments, time)

    def contested_ones(self, monuments: QuerySet[Monument], name: str, wanted: bool) -> QuerySet[Monument]:
        return queries.contested(monuments, wanted, moments.read(self.data))

    def stale(self, monuments: QuerySet[Monument], name: str, days: Any) -> QuerySet[Monument]:
        return queries.stale(monuments, int(days), moments.read(self.data))

    def ordered(self, monuments: QuerySet[Monument], name: str, order: str) -> QuerySet[Monument]:
        return queries.longest_not_assessed_first(monuments) if order == "stale" else monuments


class Question(Asked):
    """What somebody asks for: which monuments, of which moment, for which reader."""

    filters = MonumentFilter

    def __init__(
        self, parameters: Mapping[str, Any] | QueryDict, reader: PermissionsMixin | AnonymousUser = EVERYBODY
    ) -> None:
        super().__init__(parameters, reader)
        self.moment = moments.read(self._filter.data)

    def everything(self, reader: Any) -> MonumentQuerySet:
        found: MonumentQuerySet = Monument.objects.all()
        return found

    @property
    def asks_for_all(self) -> bool:
        """Of which moment, but not for which monuments."""
        return not self.parameters.keys() - {*MOMENT, "order"}

    def monuments(self) -> MonumentQuerySet:
        """In no order of their own but where one was asked for."""
        found: MonumentQuerySet = self.rows()
        return found
