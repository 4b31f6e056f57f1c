"""Code lists of the registry. Codes are stored as they stand; labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sensitivity(models.TextChoices):
    """How much of a place the public may know."""

    PUBLIC = "public", _("Public: the exact place")
    GENERALISED = "generalised", _("Generalised: the centre of a grid cell")
    HIDDEN = "hidden", _("Hidden: no place at all")


class NameKind(models.TextChoices):
    PREFERRED = "preferred", _("Preferred")
    ALTERNATE = "alternate", _("Alternate")
    HISTORIC = "historic", _("Historic")


class DesignationKind(models.TextChoices):
    WORLD_HERITAGE = "world_heritage", _("World Heritage")
    IN_DANGER = "in_danger", _("World Heritage in Danger")
    TENTATIVE = "tentative", _("Tentative List")
    ENHANCED_PROTECTION = "enhanced_protection", _("Enhanced protection (1999 Protocol)")
    NATIONAL = "national", _("National protection")


class MonumentType(models.TextChoices):
    TEMPLE = "temple", _("Temple")
    MONUMENTAL_ARCH = "monumental_arch", _("Monumental arch")
    TETRAPYLON = "tetrapylon", _("Tetrapylon")
    COLONNADED_STREET = "colonnaded_street", _("Colonnaded street")
    THEATRE = "theatre", _("Theatre")
    NECROPOLIS = "necropolis", _("Necropolis")
    TOWER_TOMB = "tower_tomb", _("Tower tomb")
    HYPOGEUM = "hypogeum", _("Hypogeum")
    MAUSOLEUM = "mausoleum", _("Mausoleum")
    MILITARY_CAMP = "military_camp", _("Military camp")
    AGORA = "agora", _("Agora")
    BATHS = "baths", _("Baths")
    CASTLE = "castle", _("Castle")
    PALACE = "palace", _("Palace")
    ZIGGURAT = "ziggurat", _("Ziggurat")
    MOSQUE = "mosque", _("Mosque")
    CATHEDRAL = "cathedral", _("Cathedral")
    CHURCH = "church", _("Church")
    SYNAGOGUE = "synagogue", _("Synagogue")
    MARKET = "market", _("Market")
    HISTORIC_QUARTER = "historic_quarter", _("Historic quarter")
    MUSEUM = "museum", _("Museum")
    STATUE = "statue", _("Statue")
    SPRING = "spring", _("Spring")
    ARCHAEOLOGICAL_REMAINS = "archaeological_remains", _("Archaeological remains")
    OTHER = "other", _("Other")


AAT_IDS = {
    MonumentType.TEMPLE: 300007595,
    MonumentType.THEATRE: 300007117,
    MonumentType.CASTLE: 300006891,
}
"""Getty Art & Architecture Thesaurus, http://vocab.getty.edu/aat/ID; only what has been looked up."""

AAT_TOMBS = 300005926
TOMBS = {MonumentType.TOWER_TOMB, MonumentType.HYPOGEUM, MonumentType.MAUSOLEUM}
"""Kinds of tombs: there they are told by the wider term, beside our own."""


class Period(models.TextChoices):
    PREHISTORIC = "prehistoric", _("Prehistoric")
    BRONZE_AGE = "bronze_age", _("Bronze Age")
    IRON_AGE = "iron_age", _("Iron Age")
    LATE_HELLENISTIC = "late_hellenistic", _("Late Hellenistic")
    HELLENISTIC_ROMAN = "hellenistic_roman", _("Hellenistic-Roman")
    ROMAN = "roman", _("Roman")
    LATE_ROMAN = "late_roman", _("Late Roman")
    BYZANTINE = "byzantine", _("Byzantine")
    EARLY_ISLAMIC = "early_islamic", _("Early Islamic")
    MEDIEVAL = "medieval", _("Medieval")
    MAMLUK_OTTOMAN = "mamluk_ottoman", _("Mamluk-Ottoman")
    OTTOMAN = "ottoman", _("Ottoman")
    MODERN = "modern", _("Modern")
    MULTI_PERIOD = "multi_period", _("Multi-period")


class DatePrecision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    RANGE = "range", _("Between two dates")
    BEFORE = "before", _("Some time before")
