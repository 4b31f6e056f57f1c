"""What a chart shows, as a table: the page has the table, a script draws it, and a program downloads it."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.conditions import overview
from reports.evidence.packages.tables import BEGINS_FORMULA
from reports.restoration.money import Sum
from reports.restoration.queries.money import Budget
from reports.vocabulary import DamageGrade
from sites.models import Site

MOST_YEARS = 40
"""A longer story begins that many years ago."""


class Column(NamedTuple):
    label: str
    colour: str
    """The name of a token of the style sheet."""


class Row(NamedTuple):
    label: str
    values: Sequence[int | Decimal]


class Chart(NamedTuple):
    id: str
    title: str
    kind: str
    """`bars` beside one another, or `bands` on one another."""
    of: str
    columns: list[Column]
    rows: list[Row]
    csv: str
    """Where a program gets the same."""


def of_grades(site: Site, today: datetime.date | None = None) -> Chart | None:
    """How many monuments of a site had which grade at the end of each year, and today; None: nothing is known."""
    day = today or timezone.localdate()
    first = overview.first_day(site.pk)
    if first is None:
        return None
    years = range(max(first.year - 1, day.year - MOST_YEARS), day.year)
    days = [*(datetime.date(year, 12, 31) for year in years), day]
    counts = overview.through_time(site.pk, days)
    grades = [grade for grade in DamageGrade if any(count[grade] for count in counts)]
    labels = [*(str(year) for year in years), date_format(day)]
    return Chart(
        id="grades",
        title=_("State of the monuments at the end of each year"),
        kind="bands",
        of=_("Year"),
        columns=[Column(str(grade.label), f"grade-{grade}") for grade in grades],
        rows=[Row(label, [count[grade] for grade in grades]) for label, count in zip(labels, counts, strict=True)],
        csv=reverse("site-grades-csv", args=[site.slug]),
    )


def of_money(budget: Budget, by_site: Iterable[tuple[Site, list[Sum]]], asked: str) -> list[Chart]:
    """For each currency what is needed and given by site, and what is given by donor; nothing is ever converted."""
    sites = [(str(site), sums) for site, sums in by_site]
    donors = [(donor.name or _("Donors not named"), donor.sums) for donor in budget.by_donor]
    csv_address = reverse("restoration-money-csv") + asked
    found = []
    for row in budget.total:
        by_place = _("%(currency)s by site") % {"currency": row.currency}
        by_giver = _("%(currency)s by donor") % {"currency": row.currency}
        needs, gives = _columns(["needed", *GIVEN, "gap"]), _columns(GIVEN)
        placed, given = _rows(row.currency, needs, sites), _rows(row.currency, gives, donors)
        found.append(Chart(f"sites-{row.currency}", by_place, "bars", _("Site"), needs, placed, csv_address))
        found.append(Chart(f"donors-{row.currency}", by_giver, "bars", _("Donor"), gives, given, csv_address))
    return [chart for chart in found if chart.rows]


GIVEN = ["pledged", "committed", "paid"]


def _columns(names: list[str]) -> list[Column]:
    labels = {
        "needed": _("Needed"),
        "pledged": pgettext("money", "Pledged"),
        "committed": pgettext("money", "Committed"),
        "paid": pgettext("money", "Paid"),
        "gap": _("Gap"),
    }
    return [Column(labels[name], f"money-{name}") for name in names]


def _rows(currency: str, columns: list[Column], sums: list[tuple[str, list[Sum]]]) -> list[Row]:
    names = [column.colour.removeprefix("money-") for column in columns]
    found = [(label, one) for label, of_one in sums for one in of_one if one.currency == currency]
    return [Row(label, [getattr(one, name) for name in names]) for label, one in found]


def as_csv(chart: Chart, name: str) -> HttpResponse:
    """The same table for programs; what a spreadsheet would take for a formula is text."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow([chart.of, *(column.label for column in chart.columns)])
    writer.writerows([[_safe(row.label), *row.values] for row in chart.rows])
    return answer


def _safe(text: Any) -> Any:
    return f"'{text}" if str(text).startswith(BEGINS_FORMULA) else text
