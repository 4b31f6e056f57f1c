"""Which monuments, of which moment, for whom: one question behind every list, map, interface and export.

`MonumentFilter` has every parameter that a question may have, with what it means; a new one is written
there and is understood by all. Places count as far as the reader may know them (`sites.visibility`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries
from django_filters import rest_framework as filters

from reports.conditions import moments, queries, told
from reports.vocabulary import GRADE_RANK, CauseType, DamageGrade
from sites import areas
from sites.circles import Circle, read_place
from sites.models import Monument, Site
from sites.queries import EVERYBODY, MonumentQuerySet, named
from sites.vocabulary import MonumentType, Period

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

NO_SUCH_SITE = {"invalid_choice": gettext_lazy("There is no site of this slug; /api/v1/sites/ lists them.")}
NO_SUCH_MONUMENT = {
    "invalid_choice": gettext_lazy("There is no monument of this slug; /api/v1/monuments/ lists them.")
}

MOMENT = ("as_of", "known_at")
DEFAULT_RADIUS = 1_000
"""In metres."""


def known_country(code: str) -> None:
    """Raises ValidationError."""
    if code.upper() not in countries:
        raise ValidationError(_("Write a country by its two letters (ISO 3166-1), such as SY."))


class BoxField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return areas.read_box(text) if text else None


class AreaField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return areas.read_area(text) if text else None


class NearField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return read_place(text) if text else None


class BoxFilter(filters.CharFilter):
    field_class = BoxField


class AreaFilter(filters.CharFilter):
    field_class = AreaField


class NearFilter(filters.CharFilter):
    field_class = NearField


class QuestionForm(forms.Form):
    """What parameters ask of one another."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("radius") and not cleaned.get("near"):
            self.add_error("radius", _("A radius is around a place: say where, as near=longitude,latitude."))
        return cleaned


class MonumentFilter(filters.FilterSet):
    """Every parameter of a question. `reader` is whoever gets the answer; over REST, the user of the request."""

    country = filters.CharFilter(method="of_country", label="ISO 3166-1 alpha-2.", validators=[known_country])
    site = filters.ModelChoiceFilter(
        queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.", error_messages=NO_SUCH_SITE
    )
    parent = filters.ModelChoiceFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of the whole: lists its parts.",
        error_messages=NO_SUCH_MONUMENT,
    )
    type = filters.MultipleChoiceFilter(choices=MonumentType.choices)
    period = filters.MultipleChoiceFilter(choices=Period.choices)
    search = filters.CharFilter(
        method="named", label="Words of a name, in any language and script, without regard to accents."
    )
    damage_grade = filters.MultipleChoiceFilter(
        choices=DamageGrade.choices, method="graded", label="Damage grade at the moment asked about."
    )
    least_grade = filters.ChoiceFilter(
        choices=[(grade, label) for grade, label in DamageGrade.choices if grade in GRADE_RANK],
        method="graded_from",
        label="Damage of this grade or a worse one at the moment asked about.",
    )
    most_grade = filters.ChoiceFilter(
        choices=[(grade, label) for grade, label in DamageGrade.choices if grade in GRADE_RANK],
        method="graded_to",
        label="Damage of this grade or a lesser one at the moment asked about; what is not known is neither.",
    )
    cause = filters.MultipleChoiceFilter(
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
    bbox = BoxFilter(
        method="inside",
        label="west,south,east,north in degrees (WGS84), as far as the reader may know places; "
        "west may be greater than east.",
    )
    area = AreaFilter(method="covered", label="GeoJSON polygon (WGS84), as far as the reader may know places.")
    near = NearFilter(method="around", label="longitude,latitude in degrees (WGS84); see `radius`.")
    radius = filters.NumberFilter(
        method="unfiltered",
        min_value=1,
        max_value=20_000_000,
        label="Metres around `near`, as far as the reader may know places; 1000 if left out.",
    )
    order = filters.ChoiceFilter(
        method="ordered",
        choices=[("slug", "slug"), ("stale", "stale")],
        label="stale: the longest not assessed first.",
    )
    as_of = filters.DateFilter(method="unfiltered", label="What was true on that day, such as 2016-06-01.")
    known_at = filters.IsoDateTimeFilter(
        method="unfiltered", label="What was believed at that time, such as 2016-06-01T12:00:00Z."
    )

    class Meta:
        model = Monument
        fields: list[str] = []
        form = QuestionForm

    def __init__(self, data: Any = None, queryset: Any = None, *, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        self.reader = reader or getattr(self.request, "user", EVERYBODY)

    def filter_queryset(self, queryset: Any) -> Any:
        """What is asked of reports is asked of one and the same report."""
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        wanted = {name: asked[name] for name in told.CONDITIONS if asked.get(name)}
        return told.of_reports(found, wanted, moments.read(self.data)) if wanted else found  # type: ignore[arg-type]

    def of_country(self, monuments: QuerySet[Monument], name: str, code: str) -> QuerySet[Monument]:
        return monuments.filter(site__country=code.upper())

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

    def around(self, monuments: Any, name: str, place: tuple[float, float]) -> MonumentQuerySet:
        circle = Circle(*place, float(self.form.cleaned_data.get("radius") or DEFAULT_RADIUS))
        found: MonumentQuerySet = monuments.inside(circle, self.reader)
        return found

    def contested_ones(self, monuments: QuerySet[Monument], name: str, wanted: bool) -> QuerySet[Monument]:
        return queries.contested(monuments, wanted, moments.read(self.data))

    def stale(self, monuments: QuerySet[Monument], name: str, days: Any) -> QuerySet[Monument]:
        return queries.stale(monuments, int(days), moments.read(self.data))

    def inside(self, monuments: Any, name: str, box: areas.Box) -> MonumentQuerySet:
        found: MonumentQuerySet = monuments.inside(box, self.reader)
        return found

    def covered(self, monuments: Any, name: str, area: dict[str, Any]) -> MonumentQuerySet:
        found: MonumentQuerySet = monuments.covered_by(area, self.reader)
        return found

    def ordered(self, monuments: QuerySet[Monument], name: str, order: str) -> QuerySet[Monument]:
        return queries.longest_not_assessed_first(monuments) if order == "stale" else monuments

    def unfiltered(self, monuments: QuerySet[Monument], name: str, value: object) -> QuerySet[Monument]:
        """The moment says which status is shown, not which monuments."""
        return monuments


class Question:
    """What somebody asks for, read and checked: which monuments, of which moment, for which reader."""

    def __init__(
        self, parameters: Mapping[str, Any] | QueryDict, reader: PermissionsMixin | AnonymousUser = EVERYBODY
    ) -> None:
        """Empty parameters are not asked. Raises ValidationError by parameter, also on one that does not exist."""
        asked = _asked(parameters)
        unknown = asked.keys() - MonumentFilter.base_filters.keys()
        if unknown:
            message = _("There is no such parameter; known are: %(known)s.")
            known = ", ".join(sorted(MonumentFilter.base_filters))
            raise ValidationError({name: [message % {"known": known}] for name in sorted(unknown)})
        self.reader = reader
        self.moment = moments.read(asked)
        self._filter = MonumentFilter(asked, queryset=Monument.objects.all(), reader=reader)
        if not self._filter.is_valid():
            raise ValidationError({name: list(map(str, said)) for name, said in self._filter.errors.items()})
        self.parameters = {name: asked.getlist(name) for name in sorted(asked)}

    @property
    def asks_for_all(self) -> bool:
        """Of which moment, but not for which monuments."""
        return not self.parameters.keys() - {*MOMENT, "order"}

    def monuments(self) -> MonumentQuerySet:
        """In no order of their own but where one was asked for."""
        found: MonumentQuerySet = self._filter.qs
        return found

    def query(self, **more: str) -> str:
        """The question as it stands in an address, always in the same order; `more` is added to it."""
        return urlencode({**self.parameters, **more}, doseq=True)


def _asked(parameters: Mapping[str, Any] | QueryDict) -> QueryDict:
    asked = QueryDict(mutable=True)
    for name in parameters:
        values: list[Any] = parameters.getlist(name) if isinstance(parameters, QueryDict) else [parameters[name]]
        if kept := [value for value in values if value not in ("", None)]:
            asked.setlist(name, kept)
    return asked
