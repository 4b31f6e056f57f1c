"""Restoration over REST."""

from reports.restoration.api.plans import PlanViewSet, StatementViewSet
from reports.restoration.api.priorities import PriorityViewSet
from reports.restoration.api.prospects import ProspectViewSet

__all__ = ["PlanViewSet", "PriorityViewSet", "ProspectViewSet", "StatementViewSet"]
