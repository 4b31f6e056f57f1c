from reports.conditions.models.findings import Disturbance, Effect, RiskToPeople, Threat
from reports.conditions.models.incident import Incident
from reports.conditions.models.pyramid import CellCount
from reports.conditions.models.report import ConditionReport
from reports.conditions.models.review import ConfidentialNote, Presence, ReportStep
from reports.conditions.models.status import MonumentStatus

__all__ = [
    "CellCount",
    "ConditionReport",
    "ConfidentialNote",
    "Disturbance",
    "Effect",
    "Incident",
    "MonumentStatus",
    "Presence",
    "ReportStep",
    "RiskToPeople",
    "Threat",
]
