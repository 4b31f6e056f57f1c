"""Every write about inspections. The admin, the pages, REST and commands call these."""

from reports.inspections.actions.calendar import close_calendar, open_calendar
from reports.inspections.actions.planning import assign, cancel, plan, record, reschedule, tick

__all__ = ["assign", "cancel", "close_calendar", "open_calendar", "plan", "record", "reschedule", "tick"]
