"""What the report about Palmyra says as of three days, from the founding data: sentences and figures that hold."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone, translation

from reports.situation_reports import facts, writing
from reports.situation_reports.question import Question
from reports.situation_reports.writing import words
from sites.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(palmyra):
    """What the report of a period says in a language."""

    def told(start, end, language="en"):
        question = Question(
            site=Site.objects.get(slug="palmyra"),
            period_from=datetime.date.fromisoformat(start),
            period_to=datetime.date.fromisoformat(end),
            known_at=timezone.now(),
        )
        with translation.override(language):
            return writing.write(facts.gather(question), "https://heritage.example.org/1/")

    return told


def changes(content):
    return {
        change.monument: (change.before_label, change.after_label) for change in content.section("changes").changes
    }


def row(content, monument):
    return next(row for row in content.section("figures").table.rows if monument in row[1])


def test_as_of_september_2015_the_temples_and_four_tower_tombs_are_destroyed(told):
    content = told("2015-05-01", "2015-09-15")

    assert content.summary[0] == (
        "Damage to at least 7 of the 21 monuments recorded here is reported for the period 1 May to 15 September 2015."
        " Destroyed: Temple of Baalshamin, Temple of Bel, Tower Tomb of Atenatan, Tower Tomb of Elahbel,"
        " Tower Tomb of Iamliku (Jamblique) and Tower Tomb of Kithoth. Severely damaged: Lion of Al-Lat."
        " Found severely damaged on inspection: Valley of the Tombs."
    )
    assert content.summary[1] == (
        "State of the 21 monuments recorded here on 15 September 2015: 6 destroyed, 2 severely damaged and 1 slightly"
        " damaged. Of the other 12 nothing certain is known."
    )
    assert changes(content)["Temple of Bel"] == ("State unknown", "Destroyed")
    bel = next(change for change in content.section("changes").changes if change.monument == "Temple of Bel")
    assert [" ".join(step.sentences) for step in bel.steps] == [
        "Destroyed on 30 August 2015, according to DGAM Syria (little reason to doubt it)."
        " Cause: explosives or heavy weapons.",
        "Confirmed on 31 August 2015 by UNITAR-UNOSAT (beyond doubt).",
    ]
    assert row(content, "Tetrapylon")[3] == "State unknown"
    assert row(content, "Efqa Spring")[3] == row(content, "Temple of Nabu")[3] == "State unknown"
    assert "The date is contested." in changes_flags(content, "Temple of Baalshamin")


def changes_flags(content, monument):
    change = next(change for change in content.section("changes").changes if change.monument == monument)
    return [flag for step in change.steps for flag in step.flags]


def test_as_of_september_2015_no_later_event_and_no_plan_is_known(told):
    content = told("2015-05-01", "2015-09-15")
    said = str(content.as_json())

    assert "ISIL in full control" in said
    assert "recapture" not in said
    assert content.section("plans").paragraphs == ("No plan of restoration and no hope of it is recorded.",)


def test_as_of_april_2016_the_arch_has_fallen_and_assessments_of_that_month_do_not_count_yet(told):
    content = told("2015-09-16", "2016-04-15")

    assert changes(content)["Monumental Arch (Arch of Triumph)"] == ("State unknown", "Very severely damaged")
    assert content.summary[1].startswith(
        "State of the 21 monuments recorded here on 15 April 2016: 6 destroyed, 1 very severely damaged, 4 severely"
        " damaged and 1 slightly damaged."
    )
    assert "Mines and booby traps" in str(content.section("hazards"))
    assert row(content, "Temple of Bel")[4] == "31 August 2015"
    again = [entry for entry in content.section("seen_again").entries if entry.title == "Valley of the Tombs"]
    assert again[0].sentences == (
        "Seen again on 30 March 2016 by ASOR CHI: severely damaged, as before (little reason to doubt it).",
    )


def test_today_the_lion_is_restored_and_nothing_has_been_assessed_for_years(told):
    content = told("2016-04-16", "2026-06-30")

    assert changes(content)["Lion of Al-Lat"] == ("Severely damaged", "Slightly damaged")
    assert changes(content)["Tetrapylon"] == ("State unknown", "Very severely damaged")
    assert "Improved: Lion of Al-Lat." in content.summary[0]
    assert "3 changes of control (11 December 2016, 2 March 2017 and 8 December 2024)" in content.summary[2]
    assert content.summary[3] == (
        "The last assessment that counts dates from July 2022."
        " 16 monuments of known state have not been assessed for half a year or longer."
    )
    threatened = [(entry.title, entry.when) for entry in content.section("threats").entries]
    assert ("Temple of Bel", "July 2019") in threatened


def test_the_figures_are_the_same_in_every_language(told):
    numbers = {
        language: [row[1:] for row in told("2015-05-01", "2015-09-15", language).section("spread").table.rows]
        for language in ("en", "ar", "fr")
    }

    assert numbers["en"] == numbers["ar"] == numbers["fr"]


def test_it_reads_in_arabic(told):
    content = told("2015-05-01", "2015-09-15", "ar")

    assert content.direction == "rtl"
    assert content.title == "موقع تدمر"
    assert content.summary[1].startswith(
        "حالة المعالم المسجَّلة هنا، وعددها 21، في 15 سبتمبر 2015: 6 معالم مدمَّرة ومعلمان"
    )


def test_it_reads_in_french(told):
    content = told("2015-05-01", "2015-09-15", "fr")

    assert content.period == "du 1er mai au 15 septembre 2015"
    assert "Détruits : Temple de Baalshamin, Temple de Bêl" in content.summary[0]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_no_sentence_has_a_hole_or_a_doubled_stop(told, language):
    content = told("2015-05-01", "2016-04-15", language)
    sentences = [*content.summary, *(s for section in content.sections for s in section.paragraphs + section.bullets)]

    assert not any("%(" in sentence or ".." in sentence or "  " in sentence for sentence in sentences)
    assert all(sentence.rstrip(words.END).endswith(".") for sentence in sentences)
