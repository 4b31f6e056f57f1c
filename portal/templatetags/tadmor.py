"""What the templates need to say the domain's words."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django import template

from reports.conditions.queries import STALE_DAYS, Moment
from reports.vocabulary import GRADE_MEANING, GRADE_RANK, Certainty, DamageGrade

register = template.Library()

HIGHEST = max(GRADE_RANK.values())


@register.inclusion_tag("parts/grade.html")
def grade(code: str) -> dict[str, Any]:
    """A damage grade as a word with five marks: readable without its colour."""
    rank = GRADE_RANK.get(code)
    marks = [rank is not None and number < rank for number in range(HIGHEST)]
    return {"code": code, "label": DamageGrade(code).label, "marks": marks, "known": rank is not None}


@register.simple_tag
def grade_meaning(code: str) -> str:
    return str(GRADE_MEANING[DamageGrade(code)])


@register.simple_tag
def all_grades() -> list[str]:
    return DamageGrade.values


@register.simple_tag
def days_since(day: datetime.date | None, moment: Moment) -> int | None:
    """Days from then to the day that the page shows; None where there is no such day."""
    return None if day is None else (moment.day - day).days


@register.simple_tag
def stale_after() -> int:
    """Days after which a monument counts as not assessed for long."""
    return STALE_DAYS


@register.filter
def grade_label(code: str) -> str:
    return str(DamageGrade(code).label)


@register.filter
def certainty_label(code: str) -> str:
    return str(Certainty(code).label)


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute; the template engine escapes it."""
    return json.dumps(value)
