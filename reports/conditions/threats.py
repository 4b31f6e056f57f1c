"""How grave a threat is. Pure."""

from __future__ import annotations

from django.db.models import Q

from reports.vocabulary import CauseCategory, CauseType, ThreatProbability

GRAVE_CATEGORIES = {CauseCategory.MILITARY_ARMED_CONFLICT, CauseCategory.LOOTING_ILLEGAL}
STRUCTURAL_CAUSES = {
    CauseType.STRUCTURAL_ROBBING,
    CauseType.LACK_OF_MAINTENANCE,
    CauseType.SEISMIC_ACTIVITY,
    CauseType.LAND_ROCK_SLIDE,
}


def is_imminent(category: str, cause: str, probability: str) -> bool:
    """Planned; or probable, with a military, looting or structural cause."""
    if probability == ThreatProbability.PLANNED:
        return True
    grave = category in GRAVE_CATEGORIES or cause in STRUCTURAL_CAUSES
    return probability == ThreatProbability.PROBABLE and grave


IMMINENT = Q(probability=ThreatProbability.PLANNED) | Q(probability=ThreatProbability.PROBABLE) & (
    Q(category__in=GRAVE_CATEGORIES) | Q(cause__in=STRUCTURAL_CAUSES)
)
"""The same, for filtering rows of `Threat`."""
