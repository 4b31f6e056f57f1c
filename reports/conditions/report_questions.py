"""Which condition reports, of which moment, for whom: behind their list, layer and exports."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import rest_framework as filters

from reports.conditions import moments, queries
from reports.conditions.models import ConditionReport, Disturbance
from reports.conditions.workflow import State
from reports.vocabulary import GRADE_RANK, CauseType, Certainty, DamageGrade, ReportKind
from sites.models import Monument, Site
from sites.queries import named
from sites.questions import Asked, PlaceFilter, QuestionForm
from sites.references import CodeFilter, CodesFilter, NamedFilter
from sites.vocabulary import MonumentType, Period

GRADES = [(grade, label) for grade, label in DamageGrade.choices if grade in GRADE_RANK]


class ReportFilter(PlaceFilter):
    """Every parameter of a question about reports; where something stands is asked of the monument."""

    PLACE = "monument__"
    SITE = "monument__site"

    monument = NamedFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of a monument.",
    )
    site = NamedFilter(
        field_name="monument__site",
        queryset=Site.objects.all(),
        to_field_name="slug",
        label="Slug of a site.",
    )
    type = CodesFilter(field_name="monument__type", choices=MonumentType.choices, label="What the monument is.")
    period = CodesFilter(field_name="monument__period", choices=Period.choices, label="Of which time the monument is.")
    kind = CodesFilter(choices=ReportKind.choices)
    damage_grade = CodesFilter(choices=DamageGrade.choices)
    least_grade = CodeFilter(choices=GRADES, method="graded_from", label="Of this grade or a worse one.")
    most_grade = CodeFilter(choices=GRADES, method="graded_to", label="Of this grade or a lesser one.")
    certainty = CodesFilter(choices=Certainty.choices)
    cause = CodesFilter(choices=CauseType.choices, method="caused", label="Tells of such a cause.")
    contested = filters.BooleanFilter(
        method="contested_ones", label="Whether it is one side of a contradiction at the moment asked about."
    )
    standing = filters.BooleanFilter(
        method="standing_ones",
        label="Whether it stands at the moment asked about: published, neither corrected nor retracted.",
    )
    state = CodesFilter(choices=State.choices)
    observed_after = filters.DateFilter(field_name="date_to", lookup_expr="gte", label="On that day or later.")
    observed_before = filters.DateFilter(field_name="date_to", lookup_expr="lte", label="On that day or earlier.")
    published_after = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gte", label="Then or later.")
    published_before = filters.IsoDateTimeFilter(
        field_name="published_at", lookup_expr="lte", label="Then or earlier."
    )
    changed_since = filters.IsoDateTimeFilter(method="changed", label="Published or retracted then or later.")
    as_of = filters.DateFilter(method="unfiltered", label="Published, and observed on that day or earlier.")
    known_at = filters.IsoDateTimeFilter(method="unfiltered", label="Published at that time or earlier.")
    order = CodeFilter(
        method="ordered",
        choices=[("observed", "observed"), ("published", "published")],
        label="published: what was published, the last first; else the last observed first.",
    )

    class Meta:
        model = ConditionReport
        fields: list[str] = []
        form = QuestionForm

    def filter_queryset(self, queryset: Any) -> Any:
        found: Any = super().filter_queryset(queryset)
        moment = moments.read(self.data)
        return found if moment == queries.NOW else found.told_by(moment)

    def named(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """By the names of the monument and of its site."""
        return rows.filter(
            Q(monument__in=named("monument", text)) | Q(monument__site__in=named("site", text)),
        )

    def graded_from(self, rows: QuerySet, name: str, least: str) -> QuerySet:
        return rows.filter(damage_grade__in=[g for g, rank in GRADE_RANK.items() if rank >= GRADE_RANK[least]])

    def graded_to(self, rows: QuerySet, name: str, most: str) -> QuerySet:
        return rows.filter(damage_grade__in=[g for g, rank in GRADE_RANK.items() if rank <= GRADE_RANK[most]])

    def caused(self, rows: QuerySet, name: str, causes: list[str]) -> QuerySet:
        told = Disturbance.objects.filter(report=OuterRef("pk"), cause__in=causes)
        return rows.filter(Exists(told)) if causes else rows

    def contested_ones(self, rows: QuerySet, name: str, wanted: bool) -> QuerySet:
        return queries.disputed(rows, wanted, moments.read(self.data))

    def standing_ones(self, rows: QuerySet, name: str, wanted: bool) -> QuerySet:
        standing = ConditionReport.objects.standing(moments.read(self.data).known_at).filter(pk=OuterRef("pk"))
        return rows.filter(Exists(standing) if wanted else ~Exists(standing))

    def changed(self, rows: QuerySet, name: str, time: Any) -> QuerySet:
        return rows.filter(Q(published_at__gte=time) | Q(retracted_at__gte=time))

    def ordered(self, rows: QuerySet, name: str, order: str) -> QuerySet:
        if order == "published":
            return rows.filter(published_at__isnull=False).order_by("-published_at", "-id")
        return rows.order_by("-date_to", "-id")


class ReportQuestion(Asked):
    """Which reports, of those that the reader may read."""

    filters = ReportFilter

    def everything(self, reader: Any) -> QuerySet[ConditionReport]:
        found: QuerySet[ConditionReport] = ConditionReport.objects.visible_to(reader)
        return found
