"""Numbers, dates, money and lists as the report's language writes them (Unicode CLDR, by Babel)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from reports.situation_reports.content import Quote
from sites.dates import Span
from sites.vocabulary import DatePrecision

SPELLED_LIKE = {"en": "en_GB"}
"""Whose customs a language without a country follows: the portal writes British English."""
A_DAY = datetime.timedelta(days=1)
FIRST_STRONG, END = "\u2068", "\u2069"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u058f]")


def locale() -> Locale:
    language = get_language() or "en"
    return Locale.parse(SPELLED_LIKE.get(language, language.replace("-", "_")))


def number(value: float | Decimal) -> str:
    return format_decimal(value, locale=locale(), numbering_system="default")


def day(date: datetime.date) -> str:
    """ "30 August 2015"; in French the first of a month is "1er"."""
    return _written(date, "d MMMM y")


def month(date: datetime.date) -> str:
    return format_date(date, "MMMM y", locale=locale())


def moment(at: datetime.datetime) -> str:
    """In UTC, as a moment that is cited must mean the same to everybody."""
    utc = at.astimezone(datetime.UTC)
    time = format_datetime(utc, "HH:mm", locale=locale())
    return _("%(day)s, %(time)s UTC") % {"day": day(utc.date()), "time": time}


def between(first: datetime.date, last: datetime.date) -> str:
    """A period by itself: "1 May to 15 September 2015", "March to April 2016"."""
    if first == last:
        return day(first)
    if _are_whole_months(first, last):
        if _are_of_one_month(first, last):
            return month(last)
        return _months(first, last, pgettext("months", "%(from)s to %(to)s"))
    return _("%(from)s to %(to)s") % _ends(first, last)


def _are_whole_months(first: datetime.date, last: datetime.date) -> bool:
    return first.day == 1 and (last + A_DAY).day == 1


def _are_of_one_month(first: datetime.date, last: datetime.date) -> bool:
    return (first.year, first.month) == (last.year, last.month)


def _months(first: datetime.date, last: datetime.date, pattern: str) -> str:
    start = _written(first, "MMMM" if first.year == last.year else "MMMM y")
    return pattern % {"from": start, "to": month(last)}


def _ends(first: datetime.date, last: datetime.date) -> dict[str, str]:
    """Both days; of the first, what it shares with the last is left out."""
    shared = "d" if _are_of_one_month(first, last) else "d MMMM"
    return {"from": _written(first, shared if first.year == last.year else "d MMMM y"), "to": day(last)}


def _written(date: datetime.date, pattern: str) -> str:
    text = format_date(date, pattern, locale=locale())
    is_first = date.day == 1 and pattern.startswith("d") and (get_language() or "").startswith("fr")
    return "1er" + text.removeprefix("1") if is_first else text


def when(span: Span) -> str:
    """The span within a sentence: "on 30 August 2015", "in August 2015", "between … and …"."""
    match span.precision:
        case DatePrecision.YEAR:
            return _("in %(year)s") % {"year": format_date(span.end, "y", locale=locale())}
        case DatePrecision.MONTH:
            return _("in %(month)s") % {"month": month(span.end)}
        case DatePrecision.BEFORE:
            return _("before %(day)s") % {"day": day(span.end)}
        case DatePrecision.RANGE:
            return _within(span.start or span.end, span.end)
        case _other:
            return _("on %(day)s") % {"day": day(span.end)}


def _within(first: datetime.date, last: datetime.date) -> str:
    if _are_whole_months(first, last):
        return _months(first, last, pgettext("months", "between %(from)s and %(to)s"))
    return _("between %(from)s and %(to)s") % _ends(first, last)


def date(span: Span) -> str:
    """The span by itself: "30 August 2015", "August 2015", "27 August to 2 September 2015"."""
    match span.precision:
        case DatePrecision.YEAR:
            return format_date(span.end, "y", locale=locale())
        case DatePrecision.MONTH:
            return month(span.end)
        case DatePrecision.BEFORE:
            return _("before %(day)s") % {"day": day(span.end)}
        case DatePrecision.RANGE:
            return between(span.start or span.end, span.end)
        case _other:
            return day(span.end)


def money(amount: Decimal, currency: str) -> str:
    """ "10,000 USD": the amount without cents, as estimates have none."""
    figure = number(amount.quantize(Decimal(1)))
    return _("%(amount)s %(currency)s") % {"amount": figure, "currency": currency}


def listed(items: Sequence[str]) -> str:
    """ "A, B and C" """
    return format_list(list(items), locale=locale())


def name(text: str) -> str:
    """A proper name within a sentence, kept together where it runs against the language's direction."""
    runs_against = LEFT_TO_RIGHT if is_right_to_left(get_language() or "") else RIGHT_TO_LEFT
    return f"{FIRST_STRONG}{text}{END}" if runs_against.search(text) else text


def is_right_to_left(language: str) -> bool:
    try:
        return Locale.parse(language.replace("-", "_")).text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


def direction(language: str) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


def quoted(text: str, language: str) -> Quote | None:
    """Somebody's words, with their language where it is another; None where there are none."""
    if not text.strip():
        return None
    own = (get_language() or "en").split("-")[0]
    note = (
        ""
        if language.split("-", maxsplit=1)[0] == own
        else _("In %(language)s") % {"language": _language_name(language)}
    )
    return Quote(text=text.strip(), language=language, direction=direction(language), note=note)


def _language_name(language: str) -> str:
    try:
        named = Locale.parse(language.replace("-", "_")).get_display_name(locale())
    except (UnknownLocaleError, ValueError):
        named = None
    return named or language


def sentence_case(text: str) -> str:
    """With a capital at its beginning, in languages that have them."""
    return text[:1].upper() + text[1:]
