"""Dates of uncertain precision: a span of days and how precisely it is meant.

ISO 8601 and EDTF (ISO 8601-2 level 0) go in: `2015`, `2015-08`, `2015-08-30`, and intervals of these.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext
from edtf import EDTFParseException, parse_edtf

from sites.vocabulary import DatePrecision


class Span(NamedTuple):
    """First and last possible day, both included. `start` is None only where the precision is "before"."""

    start: datetime.date | None
    end: datetime.date
    precision: str


def parse(text: str, until: str = "") -> Span:
    """The span of one EDTF date, or from the first day of one to the last day of another.

    Raises ValueError with a message for people.
    """
    start, end, precision = _bounds(text)
    if not until or until == text:
        return Span(start, end, precision)
    last = _bounds(until).end
    if last < start:
        raise ValueError(gettext("%(from)s is after %(to)s.") % {"from": text, "to": until})
    return Span(start, last, DatePrecision.RANGE)


class _Bounds(NamedTuple):
    start: datetime.date
    end: datetime.date
    precision: str


@lru_cache(maxsize=4096)  # parsing takes a millisecond, and imports repeat their dates
def _bounds(text: str) -> _Bounds:
    precisions = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}
    try:
        parsed = parse_edtf(text)
        start = datetime.date(*parsed.lower_strict()[:3])
        end = datetime.date(*parsed.upper_strict()[:3])
        return _Bounds(start, end, precisions[len(text)])
    except (EDTFParseException, ValueError, KeyError, AttributeError) as error:
        message = gettext("“%(text)s” is not a date such as 2015, 2015-08 or 2015-08-30.")
        raise ValueError(message % {"text": text}) from error


def describe(span: Span) -> str:
    """The span in the reader's language: "30 August 2015", "August 2015", "between … and …"."""
    match span.precision:
        case DatePrecision.YEAR:
            return formats.date_format(span.end, "Y")
        case DatePrecision.MONTH:
            return formats.date_format(span.end, "YEAR_MONTH_FORMAT")
        case DatePrecision.BEFORE:
            return gettext("before %(date)s") % {"date": formats.date_format(span.end)}
        case DatePrecision.RANGE:
            between = {"from": formats.date_format(span.start or span.end), "to": formats.date_format(span.end)}
            return gettext("between %(from)s and %(to)s") % between
        case _:
            return formats.date_format(span.end)
