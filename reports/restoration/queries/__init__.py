"""Reading what could still be done."""

from reports.restoration.queries.plans import waits_for
from reports.restoration.queries.priorities import priorities

__all__ = ["priorities", "waits_for"]
