"""Code lists of what is reported. Codes are stored as they stand; labels are translated.

Each list names the body whose list it is; the wording of labels and help is ours.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DamageGrade(models.TextChoices):
    """How much of the monument was lost against its baseline: the unified scale (after EMS-98 and UNITAR-UNOSAT)."""

    NONE = "none", _("No visible damage")
    SLIGHT = "slight", pgettext_lazy("damage", "Slight")
    MODERATE = "moderate", pgettext_lazy("damage", "Moderate")
    SEVERE = "severe", pgettext_lazy("damage", "Severe")
    VERY_SEVERE = "very_severe", pgettext_lazy("damage", "Very severe")
    DESTROYED = "destroyed", pgettext_lazy("damage", "Destroyed")
    UNKNOWN = "unknown", pgettext_lazy("damage", "Unknown")


GRADE_RANK: dict[str, int] = {
    DamageGrade.NONE: 0,
    DamageGrade.SLIGHT: 1,
    DamageGrade.MODERATE: 2,
    DamageGrade.SEVERE: 3,
    DamageGrade.VERY_SEVERE: 4,
    DamageGrade.DESTROYED: 5,
}
"""Known grades in order of loss. `unknown` is outside the order."""

GRADE_MEANING = {
    DamageGrade.NONE: _("Looked at, nothing found."),
    DamageGrade.SLIGHT: _("Surface or isolated loss, structure unaffected, repairable."),
    DamageGrade.MODERATE: _("Parts lost or cracked, structure stable or lightly affected."),
    DamageGrade.SEVERE: _("Structural damage or loss of important parts, may become unstable."),
    DamageGrade.VERY_SEVERE: _("Partial collapse; most of the significant fabric lost, parts still stand."),
    DamageGrade.DESTROYED: _("No longer stands as a structure."),
    DamageGrade.UNKNOWN: _("Not seen, not reported, or cannot be told."),
}


class Condition(models.TextChoices):
    """How stable is what stands today: EAMENA, Overall Condition State."""

    GOOD = "good", pgettext_lazy("condition", "Good")
    FAIR = "fair", pgettext_lazy("condition", "Fair")
    POOR = "poor", pgettext_lazy("condition", "Poor")
    VERY_BAD = "very_bad", pgettext_lazy("condition", "Very bad")
    DESTROYED = "destroyed", pgettext_lazy("condition", "Destroyed")
    UNKNOWN = "unknown", pgettext_lazy("condition", "Unknown")


class FabricStatus(models.TextChoices):
    """What the fabric is; rebuilding never erases a loss."""

    ORIGINAL = "original", _("Original")
    REPAIRED = "repaired", _("Repaired")
    RESTORED = "restored", _("Restored")
    ANASTYLOSIS = "anastylosis", _("Anastylosis")
    RECONSTRUCTED_IN_PART = "reconstructed_in_part", _("Reconstructed in part")
    RECONSTRUCTED = "reconstructed", _("Reconstructed")
    REPLICA = "replica", _("Replica")


class Certainty(models.TextChoices):
    """How sure a statement is: EAMENA."""

    DEFINITE = "definite", pgettext_lazy("certainty", "Definite")
    HIGH = "high", pgettext_lazy("certainty", "High")
    MEDIUM = "medium", pgettext_lazy("certainty", "Medium")
    LOW = "low", pgettext_lazy("certainty", "Low")
    NEGLIGIBLE = "negligible", pgettext_lazy("certainty", "Negligible")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("certainty", "Not applicable")


CERTAINTY_RANK: dict[str, int] = {
    Certainty.DEFINITE: 5,
    Certainty.HIGH: 4,
    Certainty.MEDIUM: 3,
    Certainty.LOW: 2,
    Certainty.NEGLIGIBLE: 1,
}

COUNTING = (Certainty.DEFINITE, Certainty.HIGH, Certainty.MEDIUM)
"""Sure enough to count; what is less sure only raises a suspicion."""


class ReportKind(models.TextChoices):
    DAMAGE = "damage", _("Damage: something happened")
    ASSESSMENT = "assessment", _("Assessment: somebody looked")
    INTERVENTION = "intervention", _("Intervention: works changed the state")
    THREAT = "threat", _("Threat: may happen")
    SITUATION = "situation", _("Situation: context")


STATUS_KINDS = (ReportKind.DAMAGE, ReportKind.ASSESSMENT, ReportKind.INTERVENTION)
"""The kinds of report that may set a status; the others carry no grade."""


class Extent(models.TextChoices):
    """Share of the horizontal extent that is affected: EAMENA, Damage Extent."""

    NONE = "none", _("No visible/known")
    P1_10 = "p1_10", _("1–10%")
    P11_30 = "p11_30", _("11–30%")
    P31_60 = "p31_60", _("31–60%")
    P61_90 = "p61_90", _("61–90%")
    P91_100 = "p91_100", _("91–100%")
    UNKNOWN = "unknown", pgettext_lazy("extent", "Unknown")


class CauseCategory(models.TextChoices):
    """Disturbance and threat category: EAMENA."""

    AGRICULTURAL_PASTORAL = "agricultural_pastoral", _("Agricultural/Pastoral")
    ARCHAEOLOGICAL = "archaeological", _("Archaeological")
    BUILDING_DEVELOPMENT = "building_development", _("Building and Development")
    DEFENSIVE = "defensive", _("Defensive/Fortification")
    DOMESTIC_USE = "domestic_use", _("Domestic Use")
    FUNERARY_MEMORIAL = "funerary_memorial", _("Funerary/Memorial")
    HUNTING_FISHING = "hunting_fishing", _("Hunting/Fishing")
    HYDRAULIC_USE = "hydraulic_use", _("Hydraulic Use")
    INDUSTRIAL_PRODUCTIVE = "industrial_productive", _("Industrial/Productive")
    INFRASTRUCTURE_TRANSPORT = "infrastructure_transport", _("Infrastructure/Transport")
    LOOTING_ILLEGAL = "looting_illegal", _("Looting/Illegal Activities")
    MANAGEMENT_INSTITUTIONAL = "management_institutional", _("Management and Institutional Factors")
    MARITIME = "maritime", _("Maritime")
    MILITARY_ARMED_CONFLICT = "military_armed_conflict", _("Military/Armed Conflict")
    NATURAL = "natural", _("Natural")
    PUBLIC_INSTITUTIONAL = "public_institutional", _("Public/Institutional Use")
    RELIGIOUS = "religious", _("Religious Activities")
    SOCIAL_CULTURAL = "social_cultural", _("Social/Cultural Uses of Heritage")
    STATUS_DISPLAY = "status_display", _("Status/Display/Monumental")
    TOURISM = "tourism", _("Tourism/Visitor Activities")
    TRADE_COMMERCIAL = "trade_commercial", _("Trade/Commercial Use")
    UTILITIES = "utilities", _("Utilities")
    VANDALISM = "vandalism", _("Vandalism")
    UNKNOWN = "unknown", pgettext_lazy("cause", "Unknown")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("cause", "Not applicable")


class CauseType(models.TextChoices):
    """What acted: a subset of EAMENA, Disturbance Cause Type; `evacuation` is ours."""

    EXPLOSION_HEAVY_WEAPONRY = "explosion_heavy_weaponry", _("Explosion/Heavy Weaponry")
    GUNFIRE_LIGHT_WEAPONRY = "gunfire_light_weaponry", _("Gunfire/Light Weaponry")
    LANDMINES = "landmines", _("Landmines")
    DEMOLITION_DESTRUCTION = "demolition_destruction", _("Demolition/Destruction")
    BREAKING_SMASHING = "breaking_smashing", _("Breaking/Smashing")
    GRAFFITI = "graffiti", _("Graffiti")
    FIRE = "fire", _("Fire")
    CLEARANCE_BULLDOZING = "clearance_bulldozing", _("Clearance (Bulldozing/Levelling)")
    CLEARANCE_HAND = "clearance_hand", _("Clearance (By Hand)")
    CLEARANCE_UNCLASSIFIED = "clearance_unclassified", _("Clearance (Unclassified)")
    OCCUPATION_USE = "occupation_use", _("Occupation/Continued Use")
    STATIONARY_VEHICLE = "stationary_vehicle", _("Stationary Vehicle")
    SEISMIC_ACTIVITY = "seismic_activity", _("Seismic Activity")
    LAND_ROCK_SLIDE = "land_rock_slide", _("Land/Rock Slide")
    TEMPERATURE_HUMIDITY = "temperature_humidity", _("Temperature/Humidity Change")
    VEGETATION = "vegetation", _("Vegetation/Crops/Trees")
    LACK_OF_MAINTENANCE = "lack_of_maintenance", _("Lack of Maintenance/Management/Legal Measures")
    CONSERVATION = "conservation", pgettext_lazy("cause", "Conservation")
    RESTORATION = "restoration", pgettext_lazy("cause", "Restoration")
    RECONSTRUCTION = "reconstruction", pgettext_lazy("cause", "Reconstruction")
    EVACUATION = "evacuation", _("Evacuation of Objects")
    STRUCTURAL_ROBBING = "structural_robbing", _("Structural Robbing")
    THEFT_UNAUTHORISED_REMOVAL = "theft_unauthorised_removal", _("Theft/Unauthorised Removal of Objects")
    EXCAVATION_HAND = "excavation_hand", _("Excavation (By Hand)")
    EXCAVATION_MACHINERY = "excavation_machinery", _("Excavation (By Machinery)")
    EXCAVATION_UNCLASSIFIED = "excavation_unclassified", _("Excavation (Unclassified)")
    TUNNELLING = "tunnelling", _("Tunnelling")
    CONSTRUCTION = "construction", _("Construction")
    ROAD_TRACK = "road_track", _("Road/Track")
    DUMPING = "dumping", _("Dumping")
    MINING_QUARRYING = "mining_quarrying", _("Mining/Quarrying")
    PLOUGHING = "ploughing", _("Ploughing")
    HUMAN_TRAMPLING = "human_trampling", _("Human Movement/Trampling")
    FLOODING = "flooding", _("Flooding")
    INUNDATION = "inundation", _("Inundation")
    WIND_ACTION = "wind_action", _("Wind Action")
    WATER_ACTION = "water_action", _("Water Action")
    DISSOLVED_SALT = "dissolved_salt", _("Dissolved Salt")
    POLLUTION = "pollution", _("Pollution")
    MAINTENANCE_ACTIVITIES = "maintenance_activities", _("Maintenance/Management Activities")
    NONE = "none", _("No visible/known")
    UNKNOWN = "unknown", pgettext_lazy("cause", "Unknown")


class ThreatProbability(models.TextChoices):
    """EAMENA; in order of severity."""

    PLANNED = "planned", _("Planned: an intended action is known")
    PROBABLE = "probable", _("Probable: considerable reason")
    POSSIBLE = "possible", _("Possible: limited reason")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("probability", "Not applicable")


class EffectType(models.TextChoices):
    """What a disturbance did to the monument: EAMENA, Effect Type."""

    COLLAPSE_STRUCTURAL = "collapse_structural", _("Collapse/Structural Damage")
    CRACKED_BROKEN_MISSING = "cracked_broken_missing", _("Cracked/Broken/Missing Parts")
    BURNING = "burning", _("Burning")
    SURFACE_LOSS = "surface_loss", _("Surface Loss")
    STRUCTURAL_ALTERATION = "structural_alteration", _("Structural Alteration")
    LOSS_OF_MATERIAL = "loss_of_material", _("Loss/Removal of Archaeological Material")
    ARTEFACT_DISPLACEMENT = "artefact_displacement", _("Artefact Displacement")
    RELOCATION = "relocation", _("Relocation of Archaeological Features")
    EARTH_DISPLACEMENT = "earth_displacement", _("Earth Displacement")
    ALTERATION_OF_TERRAIN = "alteration_of_terrain", _("Alteration of Terrain")
    COVERED = "covered", _("Covered")
    COMPACTING = "compacting", _("Compacting")
    EROSION = "erosion", _("Erosion/Deterioration")
    LACK_OF_ADHESION = "lack_of_adhesion", _("Lack of Adhesion")
    LACK_OF_COHESION = "lack_of_cohesion", _("Lack of Cohesion")
    CHEMICAL_LEACHING = "chemical_leaching", _("Chemical Leaching")
    WATER_DAMAGE = "water_damage", _("Water Damage")
    VISUAL_IMPACT = "visual_impact", _("Visual Impact")
    ACCESS_RESTRICTION = "access_restriction", _("Access Restriction")
    LOSS_OF_INTANGIBLE = "loss_of_intangible", _("Loss of Intangible Heritage")
    UNKNOWN = "unknown", pgettext_lazy("effect", "Unknown")


class Access(models.TextChoices):
    """Whether people can go there: ICCROM, First Aid to Cultural Heritage (2018), on-site form."""

    SAFE = "safe", pgettext_lazy("access", "Safe")
    RESTRICTED = "restricted", pgettext_lazy("access", "Restricted")
    UNSAFE = "unsafe", pgettext_lazy("access", "Unsafe")
    MINED = "mined", pgettext_lazy("access", "Mined")
    UNKNOWN = "unknown", pgettext_lazy("access", "Unknown")


class Danger(models.TextChoices):
    """What endangers people on the site."""

    MINES = "mines", _("Mines")
    UNEXPLODED_ORDNANCE = "unexploded_ordnance", _("Unexploded ordnance")
    COLLAPSE = "collapse", _("Collapse")
    CONTAMINATION = "contamination", _("Contamination")
    ARMED_PEOPLE = "armed_people", _("Fighting or armed people")
    OTHER = "other", pgettext_lazy("danger", "Other")


class AssessmentMethod(models.TextChoices):
    """How the observation was made."""

    SITE_VISIT = "site_visit", _("Site visit")
    DRONE = "drone", _("Drone or aerial photographs")
    SATELLITE = "satellite", _("Satellite imagery")
    PHOTOGRAPHS = "photographs", _("Photographs or film of others")
    WITNESS = "witness", _("Interview of a witness")
    DOCUMENTS = "documents", _("Documents")


class ActionGroup(models.TextChoices):
    """What kind of work is recommended: EAMENA, Recommendation."""

    EMERGENCY = "emergency", _("Emergency actions")
    CONSERVATION = "conservation", _("Conservation, restoration and maintenance")
    PREVENTION = "prevention", _("Prevention and mitigation")


class Urgency(models.TextChoices):
    """How soon the recommended work is needed: EAMENA, Priority."""

    EMERGENCY = "emergency", _("Emergency: at once")
    URGENT = "urgent", _("Urgent: 6 to 12 months")
    HIGH = "high", _("High: 1 to 2 years")
    MEDIUM = "medium", _("Medium: 2 to 5 years")
    LOW = "low", _("Low: beyond 5 years")
