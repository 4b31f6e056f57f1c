"""Adds maps and charts to a written report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from reports.conditions.queries import worst
from reports.situation_reports import drawing
from reports.situation_reports.content import Content, Picture, Section
from reports.situation_reports.facts import Facts, Subject
from reports.situation_reports.queries import Told
from reports.situation_reports.writing import phrases, words
from reports.vocabulary import DamageGrade
from sites.vocabulary import Sensitivity

MOST_NUMBERED = 120
"""Of more, the numbers would cover the plan."""


def illustrate(content: Content, facts: Facts) -> Content:
    drawn = {"map": _map(facts), "spread": _spread(facts, right_to_left=content.direction == "rtl")}
    sections = tuple(
        replace(section, pictures=tuple(p for p in drawn.get(section.key, ()) if p.svg))
        for section in content.sections
    )
    return replace(content, sections=tuple(_keyed(section, facts) for section in sections))


def told(facts: Facts) -> Told:
    """What is to be asked again when somebody reads the report."""
    placed = [subject for subject in facts.subjects if subject.place]
    cited = {*facts.reports, *(report.pk for report in [*facts.threats, *facts.risks])}
    return Told(
        reports=sorted(str(pk) for pk in cited),
        places={str(s.monument.pk): list(s.place or ()) for s in placed},
        exact=[str(s.monument.pk) for s in placed if s.is_exact and s.monument.sensitivity != Sensitivity.PUBLIC],
    )


def _map(facts: Facts) -> list[Picture]:
    if len(facts.sites) > 1:
        return [_plan_of_sites(facts)]
    return [*_locator(facts), *_plan_of_monuments(facts)]


def _locator(facts: Facts) -> list[Picture]:
    if not facts.sites:
        return []
    site = facts.sites[0]
    point = site.point(exact=False)
    if not point:
        return []
    longitude, latitude = point["coordinates"]
    said = {"place": words.name(str(site)), "country": str(site.country.name)}
    caption = _("%(place)s, %(country)s. Base map: Natural Earth.") % said
    svg = drawing.locator(longitude, latitude)
    return [Picture(svg, _("Map: where %(place)s is.") % said, caption, share=62)]


def _plan_of_monuments(facts: Facts) -> list[Picture]:
    placed = [subject for subject in facts.subjects if subject.place]
    if not placed:
        return []
    numbered = len(placed) <= MOST_NUMBERED
    points = [_point(subject, numbered=numbered) for subject in placed]
    alternative = _("Plan of the monuments by their numbers and states; the table of figures says the same.")
    parts = [_("The monuments by the numbers of the table of figures; the colour is the state.")]
    if any(point.spread_m for point in points):
        parts.append(_("Broken lines: somewhere in this square, as the place is at risk."))
    if hidden := len(facts.subjects) - len(placed):
        parts.append(_("Not shown: %(number)s.") % {"number": words.number(hidden)})
    return [
        Picture(drawing.plan(points), alternative, " ".join(parts), legend=_legend(point.grade for point in points))
    ]


def _legend(grades: Iterable[str]) -> tuple[tuple[str, str], ...]:
    shown = set(grades)
    return tuple((grade, phrases.state(grade)) for grade in DamageGrade.values if grade in shown)


def _point(subject: Subject, *, numbered: bool) -> drawing.Point:
    longitude, latitude = subject.place or (0.0, 0.0)
    monument = subject.monument
    generalised = monument.sensitivity == Sensitivity.GENERALISED and not subject.is_exact
    return drawing.Point(
        number=words.number(subject.number) if numbered else "",
        longitude=longitude,
        latitude=latitude,
        grade=subject.after.damage_grade,
        spread_m=drawing.METRES_PER_DEGREE / monument.cells_per_degree / 2 if generalised else 0,
    )


def _plan_of_sites(facts: Facts) -> Picture:
    """Each site by its number, coloured by the worst state of its monuments."""
    grades: dict[Any, list[str]] = {site.pk: [] for site in facts.sites}
    for subject in facts.subjects:
        grades[subject.monument.site_id].append(subject.after.damage_grade)
    points = []
    for number, site in enumerate(facts.sites, 1):
        if point := site.point(exact=False):
            longitude, latitude = point["coordinates"]
            points.append(drawing.Point(words.number(number), longitude, latitude, worst(grades[site.pk])))
    caption = _(
        "The sites by their numbers; the colour is the worst state of their monuments. Base map: Natural Earth."
    )
    svg = drawing.plan(points, with_ground=True) if points else ""
    alternative = _("Map of the sites by their numbers and worst states.")
    return Picture(svg, alternative, caption, legend=_legend(point.grade for point in points))


def _keyed(section: Section, facts: Facts) -> Section:
    """Under a map of sites: which number is which."""
    if section.key != "map" or len(facts.sites) < 2:  # noqa: PLR2004
        return section
    named = [f"{words.number(at)}: {words.name(str(site))}" for at, site in enumerate(facts.sites, 1)]
    return replace(section, paragraphs=(words.listed(named) + ".",))


def _spread(facts: Facts, *, right_to_left: bool) -> list[Picture]:
    before, after = facts.spread_before, facts.spread_after
    rows = [(grade, before[grade], after[grade]) for grade in DamageGrade.values]
    if not facts.subjects:
        return []
    said = {"before": words.day(facts.question.eve), "after": words.day(facts.question.period_to)}
    return [
        Picture(
            drawing.bars(rows, right_to_left=right_to_left),
            _("Chart of the numbers of monuments by state; the table says the same."),
            _("Above: %(before)s. Below: %(after)s.") % said,
            legend=_legend(grade for grade, *numbers in rows if any(numbers)),
        )
    ]
