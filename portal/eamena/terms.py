"""Our codes in EAMENA's words, spelt as its lists spell them, and back."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.utils import translation
from django_countries import countries

from reports.vocabulary import (
    ActionGroup,
    AssessmentMethod,
    CauseCategory,
    CauseType,
    Certainty,
    Condition,
    EffectType,
    Extent,
    ThreatProbability,
    Urgency,
)
from sites.vocabulary import DesignationKind, MonumentType

IMAGES = "Condition Assessment (Image Interpretation)"
LITERATURE = "Literature Interpretation/Digitisation"
RELIGIOUS, STATUS, BURIAL, TRADE = "Religious", "Status/Display/Monumental", "Funerary/Memorial", "Trade/Commercial"
TOMB, ARCH, MARKET = "Tomb/Grave/Burial", "Gateway/Arch/Intersection", "Market/Commercial Unit"
TEMPLE, CHURCH = "Temple/Sanctuary/Shrine", "Church/Chapel"
FUNCTIONS = {
    MonumentType.TEMPLE: (RELIGIOUS, TEMPLE),
    MonumentType.MONUMENTAL_ARCH: (STATUS, ARCH),
    MonumentType.TETRAPYLON: (STATUS, ARCH),
    MonumentType.COLONNADED_STREET: ("Infrastructure/Transport", "Colonnaded Street"),
    MonumentType.THEATRE: ("Entertainment/Leisure", "Theatre/Odeon"),
    MonumentType.NECROPOLIS: (BURIAL, "Funerary Complex"),
    MonumentType.MAUSOLEUM: (BURIAL, TOMB),
    MonumentType.TOWER_TOMB: (BURIAL, TOMB),
    MonumentType.HYPOGEUM: (BURIAL, TOMB),
    MonumentType.MILITARY_CAMP: ("Military", "Camp (temporary)"),
    MonumentType.BATHS: ("Public/Institutional", "Bath-house"),
    MonumentType.CASTLE: ("Defensive/Fortification", "Fort/Fortress/Castle"),
    MonumentType.PALACE: (STATUS, "Palace/High Status Complex"),
    MonumentType.ZIGGURAT: (RELIGIOUS, TEMPLE),
    MonumentType.MOSQUE: (RELIGIOUS, "Mosque/Imam/Marabout"),
    MonumentType.CHURCH: (RELIGIOUS, CHURCH),
    MonumentType.CATHEDRAL: (RELIGIOUS, CHURCH),
    MonumentType.SYNAGOGUE: (RELIGIOUS, "Synagogue"),
    MonumentType.MARKET: (TRADE, MARKET),
    MonumentType.AGORA: (TRADE, MARKET),
    MonumentType.HISTORIC_QUARTER: ("Domestic", "Settlement/Habitation Site"),
    MonumentType.MUSEUM: ("Public/Institutional", "Significant Building"),
    MonumentType.STATUE: (STATUS, "Sculpture/Statue"),
    MonumentType.SPRING: ("Hydrological", "Well"),
}
"""Function and interpretation of a type; the first of several with one interpretation is what it is read as."""
NO_FUNCTION = ("Unknown", "Unknown")

OWN = {
    CauseCategory: {"utilities": "Utilties"},
    CauseType: {
        "clearance_hand": "Clearance (Hand)",
        "excavation_hand": "Excavation (Hand)",
        "excavation_machinery": "Excavation (Bulldozing/Machinery)",
        "graffiti": "Grafitti",
        "tunnelling": "Tunelling",
        "lack_of_maintenance": "Lack of Maintenance/Management/Legal Measures and Activities",
        "mining_quarrying": "Mining/Quarrying (Unclassified)",
        "evacuation": "Unknown",
        "none": "No Visible/Known",
    },
    EffectType: {
        "erosion": "Erosion/Deterioration (micro-bio)",
        "lack_of_adhesion": "Lack of Adehsion",
        "loss_of_intangible": "Loss of Intangible Heritage Linked to Heritage Resource",
    },
    Extent: {code: label.replace("–", "-") for code, label in (("p1_10", "1-10%"), ("p11_30", "11-30%"))}
    | {"none": "No Visible/Known", "p31_60": "31-60%", "p61_90": "61-90%", "p91_100": "91-100%"},
    Condition: {"very_bad": "Very Bad"},
    Certainty: {"not_applicable": "Not Applicable"},
    ThreatProbability: {
        "planned": "Planned",
        "probable": "Probable",
        "possible": "Possible",
        "not_applicable": "Not Applicable",
    },
    ActionGroup: {
        "emergency": "Emergency Actions",
        "conservation": "Conservation, Restoration, and Maintenance Activities",
        "prevention": "Preventative and Mitigation Activities/Strategies",
    },
    Urgency: {
        "emergency": "Immediate Action (Emergency)",
        "urgent": "Within 6 months to 1 year (Urgent)",
        "high": "Within 1 to 2 years (High)",
        "medium": "Within 2 to 5 years (Medium)",
        "low": "Beyond 5 years (Low)",
    },
    AssessmentMethod: {
        "site_visit": "Condition Assessment",
        "satellite": IMAGES,
        "photographs": IMAGES,
        "drone": "Aerial Survey",
        "documents": LITERATURE,
        "witness": LITERATURE,
    },
    DesignationKind: {
        "world_heritage": "UNESCO World Heritage List",
        "in_danger": "UNESCO World Heritage in Danger List",
    },
}
"""Where EAMENA's word is another than our English label."""
ALSO_READ: dict[Any, dict[str, str]] = {
    CauseCategory: {"Utilities": "utilities"},
    CauseType: {
        "Mining/Quarrying (Surface)": "mining_quarrying",
        "Mining/Quarrying (Open Trench/Pit)": "mining_quarrying",
        "Mining/Quarrying (Underground)": "mining_quarrying",
        "Water and/or Wind Action": "water_action",
        "Precipitation": "water_action",
        "Graffiti": "graffiti",
        "Tunnelling": "tunnelling",
        "Refurbishment": "maintenance_activities",
        **dict.fromkeys(
            [
                "Animal/Pest Infestation",
                "Aquaculture",
                "Cable/Pipe Laying",
                "Coastal Advance/Accretion",
                "Coastal Erosion/Retreat",
                "Dredging",
                "Drilling",
                "Drought",
                "Grazing/Animal Movement",
                "Irrigation (Unclassified)",
                "Irrigation (Channels)",
                "Irrigation (Centre Pivot System)",
                "Landscaping",
                "Mooring/Anchoring",
                "Railway",
                "Recession of water",
                "Salvage",
                "Trawling",
                "Volcanic Eruption",
            ],
            "unknown",
        ),
    },
    EffectType: {
        "Erosion/Deterioration": "erosion",
        "Lack of Adhesion": "lack_of_adhesion",
        "Not Applicable": "unknown",
    },
    AssessmentMethod: {
        "Archaeological Assessment/Ground Survey": "site_visit",
        "Architectural Survey": "site_visit",
        "Emergency Impact Assessment": "site_visit",
        "Risk Assessment": "site_visit",
        "Salvage Recording": "site_visit",
        "Diver Survey": "site_visit",
        "Archaeological Assessment (Image Interpretation)": "satellite",
        "Emergency Impact Assessment (Image Interpretation)": "satellite",
        "Risk Assessment (Image Interpretation)": "satellite",
    },
}
"""EAMENA's words that say more than we keep, or are spelt otherwise."""
COUNTRIES = {
    "IR": "Iran (Islamic Republic of)",
    "MR": "Mauretania",
    "PS": "Palestine, State of",
    "SY": "Syrian Arab Republic",
    "TR": "Turkey",
}


@cache
def words(of: Any) -> dict[str, str]:
    """Every code of a list in EAMENA's word."""
    own = OWN.get(of, {})
    with translation.override("en"):
        return {code: own.get(code, str(label)) for code, label in of.choices}


@cache
def codes(of: Any) -> dict[str, str]:
    """The code of every word, without regard to case; of several codes with one word, the first."""
    found = {folded(word): code for word, code in ALSO_READ.get(of, {}).items()}
    return found | {folded(word): code for code, word in reversed(words(of).items())}


@cache
def countries_by_name() -> dict[str, str]:
    with translation.override("en"):
        named = {folded(str(name)): code for code, name in countries}
    return named | {folded(code): code for code, _name in countries} | {folded(n): c for c, n in COUNTRIES.items()}


@cache
def types_by_interpretation() -> dict[str, str]:
    found = {folded(word): str(kind) for kind, (_function, word) in reversed(FUNCTIONS.items())}
    return found | {folded("Unknown"): str(MonumentType.OTHER)}


def country(code: str) -> str:
    with translation.override("en"):
        return COUNTRIES.get(code) or str(countries.name(code))


def folded(word: str) -> str:
    return " ".join(word.split()).casefold()


def nearest(word: str, known: Mapping[str, str]) -> str:
    """The known word that was probably meant; empty if none is like it."""
    found = get_close_matches(folded(word), [folded(one) for one in known.values()], n=1)
    return next((one for one in known.values() if found and folded(one) == found[0]), "")
