"""Reading what could still be done."""

from reports.restoration.queries.lateness import late, silent
from reports.restoration.queries.plans import under_restoration, waits_for
from reports.restoration.queries.priorities import priorities
from reports.restoration.queries.prospects import Prospect, plans_of, prospects, statements

__all__ = [
    "Prospect",
    "late",
    "plans_of",
    "priorities",
    "prospects",
    "silent",
    "statements",
    "under_restoration",
    "waits_for",
]
