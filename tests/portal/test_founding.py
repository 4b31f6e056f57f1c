"""Loading the founding data: all of it, or nothing and one clear line."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands.load_founding_data import FOUNDING_FILE
from reports.conditions.models import ConditionReport
from reports.restoration.models import Plan
from reports.situation.models import SituationEvent
from sites.models import Monument, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def founding(tmp_path):
    """A way to load a changed copy of the data."""
    data = json.loads(FOUNDING_FILE.read_text())

    def load(change):
        change(data)
        path = tmp_path / "founding.json"
        path.write_text(json.dumps(data))
        call_command("load_founding_data", file=path, stdout=StringIO())

    return load


def test_everything_of_the_file_is_there(palmyra):
    assert (Site.objects.count(), Monument.objects.count()) == (11, 34)
    assert ConditionReport.objects.count() == 62
    assert (SituationEvent.objects.count(), Plan.objects.count()) == (15, 30)


def test_the_statuses_follow(palmyra):
    call_command("rebuild_status", check=True, stdout=StringIO())


def test_loading_again_changes_nothing(palmyra):
    out = StringIO()

    call_command("load_founding_data", stdout=out)

    assert "nothing loaded" in out.getvalue()
    assert Site.objects.count() == 11


def first_event(data):
    return data["sites"][0]["monuments"][0]["events"][0]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda data: first_event(data).update(grade="gone"), "sites.0.monuments.0.events.0.grade"),
        (lambda data: first_event(data).update(date_from="2015-02-30"), "2015-02-30"),
        (lambda data: first_event(data).update(date_to="2015-08-29"), "2015-08-30 is after 2015-08-29"),
        (lambda data: first_event(data).update(date_precision="year"), "date_precision"),
        (lambda data: first_event(data).update(grade=None), "damage grade"),
        (lambda data: first_event(data).update(colour="red"), "colour"),
        (lambda data: data["sites"][0]["location"].update(lon=238), "location.lon"),
        (lambda data: data["sites"][1].update(id="palmyra"), "already exists"),
        (lambda data: data.pop("sites"), "sites"),
    ],
)
def test_a_broken_file_is_named_at_its_place_and_nothing_is_loaded(founding, change, named):
    with pytest.raises(CommandError) as refusal:
        founding(change)

    assert named in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not Site.objects.exists()


def test_a_file_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "founding.json"
    path.write_text("{")

    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_founding_data", file=path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_founding_data", file=tmp_path / "nothing.json")
