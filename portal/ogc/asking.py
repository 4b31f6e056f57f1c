"""What the address of a page of features asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.layers import Layer
from portal.ogc import cql, crs
from sites.questions import Asked

LIMIT, MOST = 100, 10_000
OWN = {"limit", "cursor", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs", "f"}
OBSERVED = ("observed_after", "observed_before")


class Page(NamedTuple):
    question: Asked
    rows: QuerySet
    limit: int
    cursor: str
    crs: str


def read(layer: Layer, given: QueryDict, reader: Any) -> Page:
    """Raises ValidationError by parameter."""
    own = {name: str(given[name]) for name in given if name in OWN}
    rest = {name: given.getlist(name) for name in given if name not in OWN}
    if own.get("f", "json") not in {"json", "geojson"}:
        raise ValidationError({"f": [_("There is JSON only: write json, or leave it out.")]})
    times = _times(layer, own.get("datetime", ""))
    if twice := rest.keys() & times.keys():
        raise ValidationError({"datetime": [_("Ask once: leave out %(name)s.") % {"name": ", ".join(sorted(twice))}]})
    question = layer.question({**rest, **times}, reader)
    rows = question.rows()
    if text := own.get("bbox", ""):
        box = crs.box(_numbers(text), crs.known("bbox-crs", own.get("bbox-crs", crs.CRS84)))
        rows = rows.filter(question.lying(box.condition))
    asked = own.get("filter", "")
    rows = _filtered(layer, question, rows, asked, own) if asked else layer.in_full(rows)
    wanted = crs.known("crs", own.get("crs", crs.CRS84))
    return Page(question, rows.order_by(*layer.order), _limit(own.get("limit", "")), own.get("cursor", ""), wanted)


def _filtered(layer: Layer, question: Asked, rows: QuerySet, text: str, own: Mapping[str, str]) -> QuerySet:
    language = own.get("filter-lang", "cql2-text")
    if language not in {"cql2-text", "cql2-json"}:
        raise ValidationError({"filter-lang": [_("Write cql2-text or cql2-json.")]})
    of = crs.known("filter-crs", own.get("filter-crs", crs.CRS84))
    condition = cql.condition(cql.read(text, language), layer, question, of)
    return layer.filterable(rows, question).filter(condition)


def _limit(text: str) -> int:
    if not text:
        return LIMIT
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise ValidationError({"limit": [_("Write a whole number from 1 to %(most)s.") % {"most": MOST}]})
    return min(int(text), MOST)


def _numbers(text: str) -> list[float]:
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        return []


def _times(layer: Layer, text: str) -> dict[str, str]:
    """`datetime` as our own parameters: the moment is its end; what has a day of its own lies within it."""
    if not text or "as_of" not in layer.asked.filters.base_filters:
        return {}
    begin, _slash, end = text.partition("/")
    end = end if "/" in text else begin
    last = "" if end in {"", ".."} else _day(end)
    found = {"as_of": last} if last else {}
    if "/" in text and begin not in {"", ".."} and OBSERVED[0] in layer.asked.filters.base_filters and _own_day(layer):
        found[OBSERVED[0]] = _day(begin)
    return found


def _own_day(layer: Layer) -> bool:
    """Whether its rows happened on a day; monuments and plans go on."""
    return any(column.lookup == "date_to" for column in layer.columns)


def _day(text: str) -> str:
    found = cql.day(text)
    if found is None:
        message = _("Write a day or a time such as 2016-06-01, or two with a slash between them; .. is open.")
        raise ValidationError({"datetime": [message]})
    return found.isoformat()
