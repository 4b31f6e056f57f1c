"""Restoration over REST."""

from reports.restoration.api.plans import PlanViewSet, StatementViewSet
from reports.restoration.api.priorities import PriorityViewSet
from reports.restoration.api.prospects import ProspectViewSet
from reports.restoration.api.records import CostViewSet, MilestoneViewSet, PledgeViewSet

__all__ = [
    "CostViewSet",
    "MilestoneViewSet",
    "PlanViewSet",
    "PledgeViewSet",
    "PriorityViewSet",
    "ProspectViewSet",
    "StatementViewSet",
]
