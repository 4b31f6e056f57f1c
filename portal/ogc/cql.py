"""Filters in CQL2 (OGC 21-065r2), read by `cql2` and walked into conditions of the database.

What is said of a property that has no value is neither true nor false, also under NOT; so a negation is
carried inwards to the comparisons.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

import cql2
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from portal.layers import Column, Kind, Layer
from portal.ogc import crs as reference
from sites import areas
from sites.areas import Box
from sites.questions import Asked

FILTER = "filter"
GEOMETRY = "geometry"
COMPARISONS = {"=": "exact", "<": "lt", ">": "gt", "<=": "lte", ">=": "gte"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "<>": "<>"}
IN_TIME = {"t_after": "gt", "t_before": "lt"}
MOST_PARTS, LONGEST = 100, 8_000
NEVER = Q(pk__in=[])


def read(text: str, language: str) -> Any:
    """An expression as JSON. Raises ValidationError with what the parser says."""
    if len(text) > LONGEST:
        raise _refusal(_("This filter is too long; ask for less at a time."))
    try:
        found = cql2.parse_json(text) if language == "cql2-json" else cql2.parse_text(text)
        return json.loads(json.dumps(found.to_json()))
    except (cql2.ParseError, cql2.ValidationError, ValueError, TypeError) as error:
        said = " ".join(str(error).split())[:300]
        raise _refusal(_("This filter cannot be read: %(said)s") % {"said": said}) from error


def condition(expression: Any, layer: Layer, question: Asked, crs: str = reference.CRS84) -> Q:
    """Raises ValidationError on what is not known, with what is."""
    return _Walk(layer, question, crs).walk(expression, negated=False)


class _Walk:
    def __init__(self, layer: Layer, question: Asked, crs: str) -> None:
        self.columns = {column.name: column for column in layer.columns if column.lookup}
        self.question, self.crs = question, crs
        self.parts = 0

    def walk(self, node: Any, *, negated: bool) -> Q:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise _refusal(_("This filter is too long; ask for less at a time."))
        if isinstance(node, bool):
            return ~NEVER if node != negated else NEVER
        if isinstance(node, dict) and "property" in node:
            return self._compare("=", [node, True], negated=negated)
        if not isinstance(node, dict) or not isinstance(node.get("args"), list):
            raise _refusal(_("Write a comparison, such as damage_grade = 'severe'."))
        operator, args = str(node.get("op", "")).lower(), node["args"]
        return self._operator(operator)(operator, args, negated=negated)

    def _operator(self, operator: str) -> Callable[..., Q]:
        found = {
            "and": self._both,
            "or": self._both,
            "not": self._not,
            "isnull": self._is_null,
            "like": self._like,
            "between": self._between,
            "in": self._in,
            "s_intersects": self._lying,
            "s_within": self._lying,
            **dict.fromkeys(TURNED, self._compare),
            **dict.fromkeys([*IN_TIME, "t_during", "t_intersects", "t_equals"], self._in_time),
        }
        if operator not in found:
            message = _("“%(name)s” is not known here; known are: %(known)s.")
            raise _refusal(message % {"name": operator, "known": ", ".join(found)})
        return found[operator]

    def _both(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        parts = [self.walk(arg, negated=negated) for arg in args]
        if not parts:
            raise _refusal(_("Write a comparison, such as damage_grade = 'severe'."))
        found = parts[0]
        for part in parts[1:]:
            found = found & part if (operator == "and") != negated else found | part
        return found

    def _not(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        _count(operator, args, 1)
        return self.walk(args[0], negated=not negated)

    def _compare(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        _count(operator, args, 2)
        left, right = args
        if not _names_property(left):
            left, right, operator = right, left, TURNED[operator]
        column, folds = self._property(left)
        if _names_property(right):
            return self._two_columns(operator, column, right, negated=negated)
        value = self._value(column, right)
        turned = operator == "<>"
        lookup = "exact" if turned else COMPARISONS[operator]
        lookup = "iexact" if folds and lookup == "exact" else lookup
        return self._said(column, Q(**{f"{column.lookup}__{lookup}": value}), negated=negated != turned)

    def _two_columns(self, operator: str, column: Column, right: Any, *, negated: bool) -> Q:
        other, _folds = self._property(right)
        turned = operator == "<>"
        lookup = "exact" if turned else COMPARISONS[operator]
        there = Q(**{f"{other.lookup}__isnull": False})
        return there & self._said(
            column, Q(**{f"{column.lookup}__{lookup}": F(other.lookup)}), negated=negated != turned
        )

    def _is_null(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        _count(operator, args, 1)
        column, _folds = self._property(args[0])
        return Q(**{f"{column.lookup}__isnull": not negated})

    def _like(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        _count(operator, args, 2)
        column, folds = self._property(args[0])
        pattern = args[1]
        if isinstance(pattern, dict) and pattern.get("op") == "casei":
            pattern = pattern["args"][0]
        if column.kind != Kind.TEXT or not isinstance(pattern, str):
            raise _refusal(_("LIKE compares a text with a pattern."))
        found = Q(**{f"{column.lookup}__{'iregex' if folds else 'regex'}": _as_regex(pattern)})
        return self._said(column, found, negated=negated)

    def _between(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        _count(operator, args, 3)
        column, _folds = self._property(args[0])
        least, most = (self._value(column, arg) for arg in args[1:])
        return self._said(
            column, Q(**{f"{column.lookup}__gte": least, f"{column.lookup}__lte": most}), negated=negated
        )

    def _in(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        _count(operator, args, 2)
        column, folds = self._property(args[0])
        if not isinstance(args[1], list):
            raise _refusal(_("IN needs a list, such as type IN ('temple', 'castle')."))
        values = [self._value(column, arg) for arg in args[1]]
        found = NEVER
        for value in values if folds else []:
            found |= Q(**{f"{column.lookup}__iexact": value})
        return self._said(column, found if folds else Q(**{f"{column.lookup}__in": values}), negated=negated)

    def _in_time(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        _count(operator, args, 2)
        column, _folds = self._property(args[0])
        if column.kind not in {Kind.DAY, Kind.TIME}:
            raise _refusal(_("“%(name)s” is no time.") % {"name": column.name})
        if operator in IN_TIME:
            found = Q(**{f"{column.lookup}__{IN_TIME[operator]}": self._value(column, args[1])})
            return self._said(column, found, negated=negated)
        ends = args[1].get("interval") if isinstance(args[1], dict) else None
        least, most = ends if isinstance(ends, list) and len(ends) == 2 else (args[1], args[1])  # noqa: PLR2004
        found = ~NEVER
        after, before = ("gt", "lt") if operator == "t_during" else ("gte", "lte")
        if least != "..":
            found &= Q(**{f"{column.lookup}__{after}": self._value(column, least)})
        if most != "..":
            found &= Q(**{f"{column.lookup}__{before}": self._value(column, most)})
        return self._said(column, found, negated=negated)

    def _lying(self, operator: str, args: list[Any], *, negated: bool) -> Q:
        """Of points: to intersect is to lie within."""
        _count(operator, args, 2)
        place, shape = args if _names_property(args[0]) else reversed(args)
        if place != {"property": GEOMETRY} or not isinstance(shape, dict):
            raise _refusal(_("Ask of “geometry”, with a bbox, a point or a polygon."))
        within = self._shape(shape)
        found, somewhere = self.question.lying(within), self.question.lying(Box(-180, -90, 180, 90).condition)
        return somewhere & ~found if negated else found

    def _shape(self, shape: dict[str, Any]) -> Callable[[str, str], Q]:
        try:
            if "bbox" in shape:
                return reference.box(shape["bbox"], self.crs, FILTER).condition
            if shape.get("type") == "Point":
                first, second = shape["coordinates"][:2]
                longitude, latitude = reference.read(first, second, self.crs)
                return Box(longitude, latitude, longitude, latitude).condition
            area = _turned(shape, self.crs)
            areas.validate_area(area)
        except ValidationError as error:
            raise _refusal(" ".join(error.messages)) from error
        except (TypeError, ValueError, KeyError, IndexError) as error:
            raise _refusal(_("Ask of “geometry”, with a bbox, a point or a polygon.")) from error
        return lambda longitude, latitude: areas.within(area, longitude, latitude)

    def _said(self, column: Column, found: Q, *, negated: bool) -> Q:
        return Q(**{f"{column.lookup}__isnull": False}) & ~found if negated else found

    def _property(self, node: Any) -> tuple[Column, bool]:
        """The column, and whether case is left aside."""
        folds = isinstance(node, dict) and node.get("op") == "casei"
        name = node["args"][0] if folds else node
        name = name.get("property") if isinstance(name, dict) else None
        if name not in self.columns:
            message = _("There is no property “%(name)s” to filter by; known are: %(known)s.")
            raise _refusal(message % {"name": name, "known": ", ".join([*self.columns, GEOMETRY])})
        return self.columns[name], folds

    def _value(self, column: Column, node: Any) -> Any:
        if isinstance(node, dict) and node.get("op") == "casei":
            node = node["args"][0]
        if isinstance(node, dict):
            node = node.get("date") or node.get("timestamp") or node
        value = _READ[column.kind](node)
        if value is None:
            facts = {"name": column.name, "kind": _WORDS[column.kind]}
            raise _refusal(_("“%(name)s” is compared with %(kind)s.") % facts)
        return value


def _names_property(node: Any) -> bool:
    if isinstance(node, dict) and node.get("op") == "casei":
        node = node["args"][0]
    return isinstance(node, dict) and "property" in node


def _turned(shape: dict[str, Any], crs: str) -> dict[str, Any]:
    """A polygon in longitude and latitude."""

    def turn(inner: Any) -> Any:
        if isinstance(inner[0], (int, float)):
            return list(reference.read(inner[0], inner[1], crs))
        return [turn(one) for one in inner]

    return {"type": shape.get("type"), "coordinates": turn(shape["coordinates"])}


def _as_regex(pattern: str) -> str:
    """% is any text, _ any character, a backslash takes either as it is."""
    found, escaped = "", False
    for character in pattern:
        if escaped or character not in "\\%_":
            found, escaped = found + re.escape(character), False
        elif character == "\\":
            escaped = True
        else:
            found += "(.|\n)*" if character == "%" else "(.|\n)"
    return f"^{found}$"


def day(node: Any) -> datetime.date | None:
    try:
        return parse_date(str(node)[:10]) if isinstance(node, str) else None
    except ValueError:
        return None


def _time(node: Any) -> datetime.datetime | None:
    try:
        found = parse_datetime(node) if isinstance(node, str) else None
        if found is None and (found_day := day(node)):
            found = datetime.datetime(found_day.year, found_day.month, found_day.day, tzinfo=datetime.UTC)
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=datetime.UTC)


_READ: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: lambda node: node if isinstance(node, str) and "\x00" not in node else None,
    Kind.NUMBER: lambda node: node if isinstance(node, (int, float)) and not isinstance(node, bool) else None,
    Kind.DAY: day,
    Kind.TIME: _time,
    Kind.YES: lambda node: node if isinstance(node, bool) else None,
}
_WORDS = {
    Kind.TEXT: "'text'",
    Kind.NUMBER: "1",
    Kind.DAY: "DATE('2016-06-01')",
    Kind.TIME: "TIMESTAMP('2016-06-01T12:00:00Z')",
    Kind.YES: "true, false",
}


def _count(operator: str, args: list[Any], number: int) -> None:
    if len(args) != number:
        raise _refusal(_("“%(name)s” takes %(number)s arguments.") % {"name": operator, "number": number})


def _refusal(message: str) -> ValidationError:
    return ValidationError({FILTER: [message]})
