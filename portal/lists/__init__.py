"""Lists of the portal that are no maps, as tables: what their pages list, also as CSV and XLSX."""

from portal.lists.base import Table
from portal.lists.filed import SituationReports
from portal.lists.found import Hits
from portal.lists.inspections import Inspections, InspectionsToPlan
from portal.lists.money import Costs, Pledges
from portal.lists.review import Review
from portal.lists.told import Alerts, Messages

LISTS: dict[str, Table] = {
    table.name: table
    for table in (
        Review(),
        Inspections(),
        InspectionsToPlan(),
        Alerts(),
        Messages(),
        Costs(),
        Pledges(),
        Hits(),
        SituationReports(),
    )
}

__all__ = ["LISTS", "Table"]
