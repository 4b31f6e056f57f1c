from reports.inspections.models.calendar import CalendarLink
from reports.inspections.models.inspection import ChecklistItem, Inspection, InspectionStep

__all__ = ["CalendarLink", "ChecklistItem", "Inspection", "InspectionStep"]
