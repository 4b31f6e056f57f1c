"""Restoration over REST."""

from reports.restoration.api.priorities import PriorityViewSet
from reports.restoration.api.prospects import ProspectViewSet

__all__ = ["PriorityViewSet", "ProspectViewSet"]
