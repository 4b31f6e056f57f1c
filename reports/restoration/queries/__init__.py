"""Reading what could still be done."""

from reports.restoration.queries.lateness import late, silent
from reports.restoration.queries.plans import under_restoration, waits_for
from reports.restoration.queries.priorities import priorities

__all__ = ["late", "priorities", "silent", "under_restoration", "waits_for"]
