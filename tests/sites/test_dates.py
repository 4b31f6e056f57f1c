"""Dates as they are written and as they are read."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sites import dates
from sites.dates import Span


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2015-08-30", "", Span(datetime.date(2015, 8, 30), datetime.date(2015, 8, 30), "day")),
        ("2016-02", "", Span(datetime.date(2016, 2, 1), datetime.date(2016, 2, 29), "month")),
        ("1980", "1980", Span(datetime.date(1980, 1, 1), datetime.date(1980, 12, 31), "year")),
        ("2015-06", "2015-08-27", Span(datetime.date(2015, 6, 1), datetime.date(2015, 8, 27), "range")),
    ],
)
def test_a_date_is_a_span_of_days(start, end, expected):
    assert dates.parse(start, end) == expected


@pytest.mark.parametrize("text", ["", "soon", "2015-02-30", "2015-13", "30.8.2015", "20150830", "2015-08-30T12:00"])
def test_what_is_no_date_is_refused_with_examples(text):
    with pytest.raises(ValueError, match="such as 2015"):
        dates.parse(text)


def test_an_interval_does_not_run_backwards():
    with pytest.raises(ValueError, match="is after"):
        dates.parse("2016", "2015")


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_reads_as_itself(day):
    assert dates.parse(day.isoformat()) == Span(day, day, "day")


@pytest.mark.parametrize(("language", "expected"), [("en", "August 2015"), ("fr", "août 2015"), ("ar", "أغسطس 2015")])
def test_a_month_is_said_in_the_readers_language(language, expected):
    with translation.override(language):
        assert dates.describe(dates.parse("2015-08")) == expected
