"""Inspections over REST."""

from reports.inspections.api.inspections import InspectionViewSet

__all__ = ["InspectionViewSet"]
