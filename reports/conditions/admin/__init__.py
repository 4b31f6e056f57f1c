from reports.conditions.admin.incidents import IncidentAdmin
from reports.conditions.admin.reports import ConditionReportAdmin
from reports.conditions.admin.statuses import MonumentStatusAdmin

__all__ = ["ConditionReportAdmin", "IncidentAdmin", "MonumentStatusAdmin"]
