"""What the templates need to say the domain's words."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from portal import menu, searching, staleness, work
from portal.bulk import queries as bulk
from reports.alerts import queries as alerts
from reports.alerts.models import Search
from reports.conditions.querysets import Moment
from reports.vocabulary import GRADE_MEANING, GRADE_RANK, Certainty, DamageGrade

register = template.Library()

ENDS_NOTHING = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}

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


@register.simple_tag(takes_context=True)
def unread_count(context: Any) -> dict[str, Any] | None:
    """How much news waits for the reader; None: nothing, or nobody has signed in."""
    address = getattr(context.get("user"), "email", "")
    number = alerts.number_unread(address) if address else 0
    most = alerts.MOST_UNREAD
    return {"number": number, "shown": f"{most - 1}+" if number >= most else str(number)} if number else None


@register.simple_tag
def main_menu() -> list[menu.Entry]:
    return menu.public()


@register.inclusion_tag("admin/waiting.html", takes_context=True)
def waiting_work(context: Any) -> dict[str, Any]:
    """What an editor's day begins with."""
    found, pictures = work.waiting_for(context["request"].user)
    return {"piles": found, "monuments": work.labels(found), "pictures": pictures}


@register.inclusion_tag("admin/own_jobs.html", takes_context=True)
def own_jobs(context: Any) -> dict[str, Any]:
    """The way back to what a worker does, or did lately, with rows of lists."""
    return {"jobs": bulk.lately(context["request"].user)}


@register.filter
def search_query(search: Search) -> str:
    return searching.query(search)


@register.simple_tag
def all_grades() -> list[str]:
    return DamageGrade.values


@register.simple_tag
def assessed(day: datetime.date | None, moment: Moment) -> dict[str, Any]:
    """How long nobody has looked, and whether that is long."""
    return {"text": staleness.text(day, moment), "is_long": staleness.is_long(day, moment)}


@register.inclusion_tag("parts/spread.html")
def spread(counts: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """A bar of monuments by grade, in order of loss; the words beside it say the same."""
    starts = accumulate((number for _code, number in counts), initial=0)
    return {
        "bars": [(code, start, number) for (code, number), start in zip(counts, starts, strict=False)],
        "total": sum(number for _code, number in counts),
        "counts": counts,
    }


@register.filter
def grade_label(code: str) -> str:
    return str(DamageGrade(code).label)


@register.filter
def certainty_label(code: str) -> str:
    return str(Certainty(code).label)


@register.filter
def of(values: dict, key: Any) -> Any:
    """The value of a key that is known only when the page is made; an empty list where there is none."""
    return values.get(key, [])


@register.filter
def drawing(svg: str) -> SafeString:
    """An SVG of ours (`reports.situation_reports.drawing`): numbers and fixed markup, no text of others."""
    return mark_safe(svg)  # noqa: S308


@register.filter
def as_data(value: Any) -> str:
    """JSON within a script element that is data: nothing in it can end the element."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(ENDS_NOTHING))  # noqa: S308 - escaped here


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute; the template engine escapes it."""
    return json.dumps(value)


@register.filter
def picture_address(file: str) -> str:
    """Where a published picture is, by its file."""
    evidence, _slash, name = file.partition("/")
    return reverse("picture-file", args=[evidence, name])
