from reports.conditions.api.monuments import MonumentViewSet
from reports.conditions.api.reports import ConditionReportViewSet, IncidentViewSet

__all__ = ["ConditionReportViewSet", "IncidentViewSet", "MonumentViewSet"]
