from reports.conditions.models.findings import Disturbance, Threat
from reports.conditions.models.report import ConditionReport, ReportStep
from reports.conditions.models.status import MonumentStatus

__all__ = ["ConditionReport", "Disturbance", "MonumentStatus", "ReportStep", "Threat"]
