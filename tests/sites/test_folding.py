"""Names are found as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.folding import fold
from sites.models import Name
from sites.queries import named
from tests.factories.sites import MonumentFactory, NameFactory

ALIKE = [
    ("تدمر", "تَدْمُـر"),
    ("قلعة الحصن", "قلعه الحصن"),
    ("أفاميا", "افاميا"),
    ("إيبلا", "ايبلا"),
    ("آثار", "اثار"),
    ("مصطفى", "مصطفي"),
    ("کاخ", "كاخ"),
    ("Baalshamîn", "BAALSHAMIN"),
    ("Qalʿat al-Ḥuṣn", "Qal'at al Husn"),
    ("Hạ Long", "ha long"),
    ("Straße", "STRASSE"),
    ("Διόνυσος", "διονυσοσ"),
    ("شارع ٢٤", "شارع 24"),
    ("\u202bتدمر\u202c", "تدمر"),
    ("ﺗﺪﻣﺮ", "تدمر"),
]


@pytest.mark.parametrize(("written", "typed"), ALIKE)
def test_what_people_take_for_the_same_is_the_same(written, typed):
    assert fold(written) == fold(typed) != ""


@given(st.text(max_size=40))
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.django_db
@pytest.mark.parametrize(("written", "typed"), ALIKE)
def test_a_name_is_found_by_its_words_in_any_order(written, typed):
    monument = MonumentFactory()
    NameFactory(monument=monument, text=written, language="ar")
    NameFactory(monument=MonumentFactory(), text="Another", language="ar")

    for asked in (typed, " ".join(reversed(typed.split()))):
        assert list(named("monument", asked)) == [{"monument": monument.pk}]


@pytest.mark.django_db
def test_names_that_are_written_many_at_once_are_found_too():
    monument = MonumentFactory()
    Name.objects.bulk_create([Name(monument=monument, text="معبد بل", language="ar")])

    assert named("monument", "مَعْبَد").exists()
    assert not named("monument", "%").exists()
    assert not named("site", "معبد").exists()
