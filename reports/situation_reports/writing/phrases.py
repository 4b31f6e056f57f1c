"""The domain's terms as they stand within a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from reports.situation.models import EventKind
from reports.situation_reports.writing import words
from reports.vocabulary import CauseType, Certainty, DamageGrade, ThreatProbability

HOW_SURE = {
    Certainty.DEFINITE: gettext_lazy("beyond doubt"),
    Certainty.HIGH: gettext_lazy("little reason to doubt it"),
    Certainty.MEDIUM: gettext_lazy("some doubt remains"),
    Certainty.LOW: gettext_lazy("considerable doubt"),
    Certainty.NEGLIGIBLE: gettext_lazy("hardly credible"),
    Certainty.NOT_APPLICABLE: gettext_lazy("certainty not stated"),
}

DAMAGED = {
    DamageGrade.NONE: gettext_lazy("No visible damage %(when)s, according to %(source)s (%(certainty)s)."),
    DamageGrade.SLIGHT: gettext_lazy("Slightly damaged %(when)s, according to %(source)s (%(certainty)s)."),
    DamageGrade.MODERATE: gettext_lazy("Moderately damaged %(when)s, according to %(source)s (%(certainty)s)."),
    DamageGrade.SEVERE: gettext_lazy("Severely damaged %(when)s, according to %(source)s (%(certainty)s)."),
    DamageGrade.VERY_SEVERE: gettext_lazy("Very severely damaged %(when)s, according to %(source)s (%(certainty)s)."),
    DamageGrade.DESTROYED: gettext_lazy("Destroyed %(when)s, according to %(source)s (%(certainty)s)."),
    DamageGrade.UNKNOWN: gettext_lazy(
        "Damaged %(when)s, nobody knows how much, according to %(source)s (%(certainty)s)."
    ),
}
"""Something happened."""

FOUND = {
    DamageGrade.NONE: gettext_lazy("Found without visible damage %(when)s by %(source)s (%(certainty)s)."),
    DamageGrade.SLIGHT: gettext_lazy("Found slightly damaged %(when)s by %(source)s (%(certainty)s)."),
    DamageGrade.MODERATE: gettext_lazy("Found moderately damaged %(when)s by %(source)s (%(certainty)s)."),
    DamageGrade.SEVERE: gettext_lazy("Found severely damaged %(when)s by %(source)s (%(certainty)s)."),
    DamageGrade.VERY_SEVERE: gettext_lazy("Found very severely damaged %(when)s by %(source)s (%(certainty)s)."),
    DamageGrade.DESTROYED: gettext_lazy("Found destroyed %(when)s by %(source)s (%(certainty)s)."),
    DamageGrade.UNKNOWN: gettext_lazy("Its state could not be told %(when)s: so says %(source)s (%(certainty)s)."),
}
"""Somebody looked."""

REMAINS = {
    DamageGrade.NONE: gettext_lazy("After works no damage is visible: so %(source)s %(when)s (%(certainty)s)."),
    DamageGrade.SLIGHT: gettext_lazy("After works slight damage remains: so %(source)s %(when)s (%(certainty)s)."),
    DamageGrade.MODERATE: gettext_lazy("After works moderate damage remains: so %(source)s %(when)s (%(certainty)s)."),
    DamageGrade.SEVERE: gettext_lazy("After works severe damage remains: so %(source)s %(when)s (%(certainty)s)."),
    DamageGrade.VERY_SEVERE: gettext_lazy(
        "After works very severe damage remains: so %(source)s %(when)s (%(certainty)s)."
    ),
    DamageGrade.DESTROYED: gettext_lazy("After works it remains destroyed: so %(source)s %(when)s (%(certainty)s)."),
    DamageGrade.UNKNOWN: gettext_lazy(
        "What state works left it in is not known; they are reported %(when)s by %(source)s (%(certainty)s)."
    ),
}
"""Works changed the state."""

NUMBER_OF_GRADE = {
    DamageGrade.DESTROYED: ngettext_lazy("%(shown)s destroyed", "%(shown)s destroyed", "number"),
    DamageGrade.VERY_SEVERE: ngettext_lazy(
        "%(shown)s very severely damaged", "%(shown)s very severely damaged", "number"
    ),
    DamageGrade.SEVERE: ngettext_lazy("%(shown)s severely damaged", "%(shown)s severely damaged", "number"),
    DamageGrade.MODERATE: ngettext_lazy("%(shown)s moderately damaged", "%(shown)s moderately damaged", "number"),
    DamageGrade.SLIGHT: ngettext_lazy("%(shown)s slightly damaged", "%(shown)s slightly damaged", "number"),
    DamageGrade.NONE: ngettext_lazy("%(shown)s without visible damage", "%(shown)s without visible damage", "number"),
}
"""Of monuments, for lists such as "6 destroyed, 2 severely damaged"; the worst first."""

STATE = {
    DamageGrade.NONE: pgettext_lazy("state of a monument", "no visible damage"),
    DamageGrade.SLIGHT: pgettext_lazy("state of a monument", "slightly damaged"),
    DamageGrade.MODERATE: pgettext_lazy("state of a monument", "moderately damaged"),
    DamageGrade.SEVERE: pgettext_lazy("state of a monument", "severely damaged"),
    DamageGrade.VERY_SEVERE: pgettext_lazy("state of a monument", "very severely damaged"),
    DamageGrade.DESTROYED: pgettext_lazy("state of a monument", "destroyed"),
    DamageGrade.UNKNOWN: pgettext_lazy("state of a monument", "state unknown"),
}

STATE_OF_SEVERAL = {
    DamageGrade.NONE: pgettext_lazy("state of monuments", "no visible damage"),
    DamageGrade.SLIGHT: pgettext_lazy("state of monuments", "slightly damaged"),
    DamageGrade.MODERATE: pgettext_lazy("state of monuments", "moderately damaged"),
    DamageGrade.SEVERE: pgettext_lazy("state of monuments", "severely damaged"),
    DamageGrade.VERY_SEVERE: pgettext_lazy("state of monuments", "very severely damaged"),
    DamageGrade.DESTROYED: pgettext_lazy("state of monuments", "destroyed"),
    DamageGrade.UNKNOWN: pgettext_lazy("state of monuments", "state unknown"),
}

CAUSE = {
    CauseType.EXPLOSION_HEAVY_WEAPONRY: gettext_lazy("explosives or heavy weapons"),
    CauseType.GUNFIRE_LIGHT_WEAPONRY: gettext_lazy("gunfire"),
    CauseType.LANDMINES: gettext_lazy("landmines"),
    CauseType.DEMOLITION_DESTRUCTION: gettext_lazy("deliberate demolition"),
    CauseType.BREAKING_SMASHING: gettext_lazy("breaking and smashing"),
    CauseType.GRAFFITI: gettext_lazy("graffiti"),
    CauseType.FIRE: gettext_lazy("fire"),
    CauseType.CLEARANCE_BULLDOZING: gettext_lazy("bulldozing and levelling"),
    CauseType.CLEARANCE_HAND: gettext_lazy("clearance by hand"),
    CauseType.CLEARANCE_UNCLASSIFIED: gettext_lazy("clearance of the ground"),
    CauseType.OCCUPATION_USE: gettext_lazy("occupation and use"),
    CauseType.STATIONARY_VEHICLE: gettext_lazy("vehicles left standing"),
    CauseType.SEISMIC_ACTIVITY: gettext_lazy("an earthquake"),
    CauseType.LAND_ROCK_SLIDE: gettext_lazy("a landslide or rockfall"),
    CauseType.TEMPERATURE_HUMIDITY: gettext_lazy("changes of temperature and humidity"),
    CauseType.VEGETATION: gettext_lazy("plants"),
    CauseType.LACK_OF_MAINTENANCE: gettext_lazy("lack of maintenance"),
    CauseType.CONSERVATION: gettext_lazy("conservation works"),
    CauseType.RESTORATION: gettext_lazy("restoration"),
    CauseType.RECONSTRUCTION: gettext_lazy("reconstruction"),
    CauseType.EVACUATION: gettext_lazy("evacuation of objects"),
    CauseType.STRUCTURAL_ROBBING: gettext_lazy("robbing of building material"),
    CauseType.THEFT_UNAUTHORISED_REMOVAL: gettext_lazy("theft or removal of objects"),
    CauseType.EXCAVATION_HAND: gettext_lazy("digging by hand"),
    CauseType.EXCAVATION_MACHINERY: gettext_lazy("digging by machine"),
    CauseType.EXCAVATION_UNCLASSIFIED: gettext_lazy("digging"),
    CauseType.TUNNELLING: gettext_lazy("tunnelling"),
    CauseType.CONSTRUCTION: gettext_lazy("construction"),
    CauseType.ROAD_TRACK: gettext_lazy("a road or track"),
    CauseType.DUMPING: gettext_lazy("dumping"),
    CauseType.MINING_QUARRYING: gettext_lazy("mining or quarrying"),
    CauseType.PLOUGHING: gettext_lazy("ploughing"),
    CauseType.HUMAN_TRAMPLING: gettext_lazy("trampling"),
    CauseType.FLOODING: gettext_lazy("a flood"),
    CauseType.INUNDATION: gettext_lazy("inundation by works"),
    CauseType.WIND_ACTION: gettext_lazy("wind"),
    CauseType.WATER_ACTION: gettext_lazy("water"),
    CauseType.DISSOLVED_SALT: gettext_lazy("dissolved salt"),
    CauseType.POLLUTION: gettext_lazy("pollution"),
    CauseType.MAINTENANCE_ACTIVITIES: gettext_lazy("maintenance works"),
}
"""What acted; "unknown" and "none" are said by saying nothing."""

EVENTS = {
    EventKind.CONTROL: ngettext_lazy("a change of control", "%(shown)s changes of control", "number"),
    EventKind.FIGHTING: ngettext_lazy("fighting", "fighting at %(shown)s times", "number"),
    EventKind.AIR_STRIKE: ngettext_lazy("an air strike", "%(shown)s air strikes", "number"),
    EventKind.DAMAGE_NEARBY: ngettext_lazy("damage nearby", "damage nearby at %(shown)s times", "number"),
    EventKind.LOOTING: ngettext_lazy("looting", "looting at %(shown)s times", "number"),
    EventKind.ILLEGAL_DIGGING: ngettext_lazy("illegal digging", "illegal digging at %(shown)s times", "number"),
    EventKind.NATURAL_DISASTER: ngettext_lazy("a natural disaster", "%(shown)s natural disasters", "number"),
    EventKind.CASUALTY: ngettext_lazy("loss of life", "loss of life at %(shown)s times", "number"),
    EventKind.DISPLACEMENT: ngettext_lazy(
        "displacement of people", "displacement of people at %(shown)s times", "number"
    ),
    EventKind.HAZARD: ngettext_lazy("a hazard", "%(shown)s hazards", "number"),
    EventKind.ACCESS: ngettext_lazy("a change of access", "%(shown)s changes of access", "number"),
    EventKind.CLEARANCE: ngettext_lazy("a clearance", "%(shown)s clearances", "number"),
    EventKind.AGREEMENT: ngettext_lazy("an agreement", "%(shown)s agreements", "number"),
    EventKind.STATEMENT: ngettext_lazy("a statement", "%(shown)s statements", "number"),
    EventKind.MISSION: ngettext_lazy("a mission", "%(shown)s missions", "number"),
    EventKind.DESIGNATION: ngettext_lazy("a designation", "%(shown)s designations", "number"),
    EventKind.DEVELOPMENT: ngettext_lazy("building on the site", "building on the site at %(shown)s times", "number"),
    EventKind.OTHER: ngettext_lazy("another event", "%(shown)s other events", "number"),
}

PROBABILITY = {
    ThreatProbability.PLANNED: gettext_lazy("planned"),
    ThreatProbability.PROBABLE: gettext_lazy("probable"),
    ThreatProbability.POSSIBLE: gettext_lazy("possible"),
    ThreatProbability.NOT_APPLICABLE: gettext_lazy("likelihood not stated"),
}


def events(kind: str, number: int) -> str:
    """So many events of a kind: "a mission", "2 changes of control"."""
    if kind not in EVENTS:
        return f"{EventKind(kind).label} ({words.number(number)})"
    return str(EVENTS[EventKind(kind)] % {"number": number, "shown": words.number(number)})


def how_sure(certainty: str) -> str:
    return str(HOW_SURE[Certainty(certainty)])


def threat(named: Any) -> str:
    """ "lack of maintenance (probable)" """
    cause = CAUSE.get(named.cause, named.get_cause_display())
    return _("%(cause)s (%(probability)s)") % {"cause": cause, "probability": PROBABILITY[named.probability]}


def cause(code: str) -> str:
    """What acted; empty where nobody knows."""
    return str(CAUSE.get(CauseType(code), ""))


def number_of_grade(grade: str, number: int) -> str:
    """So many monuments of a grade: "6 destroyed"."""
    return str(NUMBER_OF_GRADE[DamageGrade(grade)] % {"number": number, "shown": words.number(number)})


def state(grade: str) -> str:
    return str(STATE[DamageGrade(grade)])


def state_of(grade: str, number: int) -> str:
    """What can be said of so many monuments."""
    return state(grade) if number == 1 else str(STATE_OF_SEVERAL[DamageGrade(grade)])


def doubts(said: object) -> tuple[str, ...]:
    """What a statement itself marks as doubtful, each as a sentence."""
    marks = {
        "date_uncertain": _("The date is uncertain."),
        "date_contested": _("The date is contested."),
        "attribution_contested": _("Who did it is contested."),
    }
    return tuple(sentence for mark, sentence in marks.items() if getattr(said, mark, False))
