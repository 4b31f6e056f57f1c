"""Reading what could still be done."""

from reports.restoration.queries.lateness import late, silent
from reports.restoration.queries.plans import waits_for
from reports.restoration.queries.priorities import priorities

__all__ = ["late", "priorities", "silent", "waits_for"]
