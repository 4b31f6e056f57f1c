"""Values of other scales are kept as given and read into ours."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from reports.conditions import actions, scales
from reports.conditions.scales import SCALES, Scheme
from reports.vocabulary import Access, Certainty, Condition, DamageGrade, Extent
from tests.factories.conditions import DraftFactory

IN = [
    (Scheme.EAMENA, "good", DamageGrade.NONE, Condition.GOOD),
    (Scheme.EAMENA, "fair", DamageGrade.SLIGHT, Condition.FAIR),
    (Scheme.EAMENA, "poor", DamageGrade.MODERATE, Condition.POOR),
    (Scheme.EAMENA, "very_bad", DamageGrade.SEVERE, Condition.VERY_BAD),
    (Scheme.EAMENA, "destroyed", DamageGrade.DESTROYED, Condition.DESTROYED),
    (Scheme.EAMENA, "unknown", DamageGrade.UNKNOWN, Condition.UNKNOWN),
    (Scheme.UNOSAT, "no_visible_damage", DamageGrade.NONE, ""),
    (Scheme.UNOSAT, "possible", DamageGrade.UNKNOWN, ""),
    (Scheme.UNOSAT, "moderate", DamageGrade.MODERATE, ""),
    (Scheme.UNOSAT, "severe", DamageGrade.SEVERE, ""),
    (Scheme.UNOSAT, "destroyed", DamageGrade.DESTROYED, ""),
    (Scheme.EMS98, "1", DamageGrade.SLIGHT, ""),
    (Scheme.EMS98, "2", DamageGrade.MODERATE, ""),
    (Scheme.EMS98, "3", DamageGrade.SEVERE, ""),
    (Scheme.EMS98, "4", DamageGrade.VERY_SEVERE, ""),
    (Scheme.EMS98, "5", DamageGrade.DESTROYED, ""),
    (Scheme.HERITAGE_AT_RISK, "good", DamageGrade.NONE, Condition.GOOD),
    (Scheme.HERITAGE_AT_RISK, "very_bad", DamageGrade.SEVERE, Condition.VERY_BAD),
]


@pytest.mark.parametrize(("scheme", "value", "grade", "condition"), IN)
def test_each_value_has_its_meaning(scheme, value, grade, condition):
    meaning = scales.meaning(scheme, value)

    assert (meaning.damage_grade, meaning.condition) == (grade, condition)


@pytest.mark.parametrize("access", Access.values)
def test_iccrom_tells_of_access_and_not_of_damage(access):
    assert scales.meaning(Scheme.ICCROM, access) == scales.Meaning(access=access)


def test_a_large_extent_tells_which_very_bad_is_meant():
    assert scales.meaning(Scheme.EAMENA, "very_bad", Extent.P61_90).damage_grade == DamageGrade.VERY_SEVERE


def test_a_value_that_the_scale_lacks_is_refused():
    with pytest.raises(scales.UnknownValue, match="ems98:6"):
        scales.meaning(Scheme.EMS98, "6")


def test_every_scale_has_values():
    assert all(SCALES[scheme] for scheme in Scheme)


@pytest.mark.django_db
def test_the_grade_is_taken_from_the_scale_and_the_value_is_kept():
    draft = DraftFactory()
    draft.damage_grade, draft.source_scheme, draft.source_value = "", Scheme.EMS98, "4"

    actions.save_draft(draft, by=draft.author)

    assert (draft.damage_grade, draft.source_value) == (DamageGrade.VERY_SEVERE, "4")


@pytest.mark.django_db
def test_an_own_grade_stands_beside_the_value_as_given():
    draft = DraftFactory(damage_grade=DamageGrade.DESTROYED, source_scheme=Scheme.EMS98, source_value="4")

    actions.save_draft(draft, by=draft.author)

    assert draft.damage_grade == DamageGrade.DESTROYED
    assert draft.as_given.damage_grade == DamageGrade.VERY_SEVERE


@pytest.mark.django_db
def test_a_satellite_that_sees_nothing_is_never_sure():
    draft = DraftFactory(
        damage_grade="none", certainty=Certainty.HIGH, source_scheme="unosat", source_value="no_visible_damage"
    )

    with pytest.raises(ValidationError, match="at most"):
        actions.save_draft(draft, by=draft.author)


@pytest.mark.django_db
def test_possible_damage_is_a_suspicion():
    draft = DraftFactory(
        damage_grade="unknown", certainty=Certainty.LOW, source_scheme="unosat", source_value="possible"
    )

    actions.save_draft(draft, by=draft.author)

    assert draft.suspected
