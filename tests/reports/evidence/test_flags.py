"""What a verifier is told to look at twice."""

from __future__ import annotations

import datetime

import pytest

from reports.conditions import actions as condition_actions
from reports.evidence import actions
from reports.evidence.models import Flag
from reports.evidence.vocabulary import FlagKind
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import DraftFactory
from tests.factories.sites import MonumentFactory
from tests.files import exif, photograph
from tests.reports.evidence.intake import evidence_of

pytestmark = pytest.mark.django_db
HERE = (38.274321, 34.547123)
THAT_DAY = {"date_from": datetime.date(2015, 8, 30), "date_to": datetime.date(2015, 8, 30)}


def flags_of(evidence):
    return {flag.kind: flag for flag in Flag.objects.filter(evidence=evidence)}


def taken(*, to=None, seed=0, **facts):
    facts = {"place": HERE} | facts
    return evidence_of(photograph(seed=seed, exif=exif(**facts)), to=to or DraftFactory(**THAT_DAY))


def test_a_photograph_that_fits_raises_none():
    assert flags_of(taken()) == {}


def test_one_taken_far_from_the_monument_is_flagged_with_the_distance(settings):
    settings.EVIDENCE_FAR_METRES = 1000

    flag = flags_of(taken(place=(38.274321, 34.557123)))[FlagKind.FAR_FROM_PLACE]

    assert flag.metres == pytest.approx(1112, abs=5)


def test_from_where_on_it_is_far_is_a_setting(settings):
    settings.EVIDENCE_FAR_METRES = 2000

    assert flags_of(taken(place=(38.274321, 34.557123))) == {}


def test_within_the_boundary_of_a_large_monument_nothing_is_far():
    walls = [[38.2, 34.5], [38.4, 34.5], [38.4, 34.6], [38.2, 34.6], [38.2, 34.5]]
    monument = MonumentFactory(boundary={"type": "Polygon", "coordinates": [walls]})
    report = DraftFactory(monument=monument, **THAT_DAY)

    assert flags_of(taken(to=report, place=(38.25, 34.59))) == {}


def test_a_vague_place_is_far_only_beyond_its_accuracy():
    report = DraftFactory(monument__accuracy_m=5000, **THAT_DAY)

    assert flags_of(taken(to=report, place=(38.274321, 34.557123))) == {}


def test_of_a_monument_without_a_place_nothing_is_far():
    report = DraftFactory(monument__longitude=None, monument__latitude=None, **THAT_DAY)

    assert flags_of(taken(to=report, place=(0.1, 0.1))) == {}


def test_one_dated_after_its_upload_is_flagged():
    flags = flags_of(taken(to=MonumentFactory(), taken="2099:01:01 00:00:00"))

    assert flags[FlagKind.AFTER_UPLOAD].days > 20_000


def test_a_clock_without_a_zone_may_be_ahead_of_ours():
    ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=12)

    assert flags_of(taken(to=MonumentFactory(), taken=f"{ahead:%Y:%m:%d %H:%M:%S}", offset=None)) == {}


def test_one_taken_long_before_the_observed_date_is_flagged(settings):
    settings.EVIDENCE_FAR_DAYS = 30

    flag = flags_of(taken(taken="2013:08:30 12:00:00"))[FlagKind.FAR_FROM_DATE]

    assert flag.days == 730


def test_without_a_report_it_is_compared_with_what_its_sender_says():
    evidence = taken(to=MonumentFactory())
    actions.describe(evidence, by=evidence.uploaded_by, taken_from=datetime.date(2017, 1, 1))

    assert FlagKind.FAR_FROM_DATE in flags_of(evidence)


def test_the_dates_count_that_a_draft_has_when_it_is_submitted():
    report = DraftFactory(**THAT_DAY)
    evidence = taken(to=report)
    report.date_from = report.date_to = datetime.date(2017, 8, 30)
    condition_actions.save_draft(report, by=report.author)

    condition_actions.submit(report, by=report.author)

    assert flags_of(evidence)[FlagKind.FAR_FROM_DATE].days == 731


def test_a_picture_that_was_used_for_another_report_is_flagged():
    first = taken(seed=5)
    smaller = photograph("WEBP", seed=5, size=(200, 150), exif=None)

    again = evidence_of(smaller, to=DraftFactory())

    assert flags_of(again)[FlagKind.USED_BEFORE].other == first
    assert flags_of(first) == {}


def test_the_very_same_file_is_flagged_too():
    content = photograph(seed=5)
    first = evidence_of(content)

    assert flags_of(evidence_of(content))[FlagKind.USED_BEFORE].other == first


def test_pictures_of_one_report_may_look_alike():
    report = DraftFactory(**THAT_DAY)
    taken(to=report, seed=5)

    assert flags_of(taken(to=report, seed=5, orientation=1, taken="2015:08:30 12:13:20")) == {}


def test_what_was_withdrawn_is_remembered():
    first = taken(seed=5)
    actions.withdraw(first, by=VerifierFactory(), reason="Photograph is of 2013.")

    assert FlagKind.USED_BEFORE in flags_of(taken(seed=5, to=MonumentFactory()))


def test_another_picture_is_not_flagged():
    taken(seed=5)

    assert flags_of(taken(seed=6, to=DraftFactory(author=EditorFactory(), **THAT_DAY))) == {}
