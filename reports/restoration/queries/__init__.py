"""Reading what could still be done."""

from reports.restoration.queries.board import board, on_board
from reports.restoration.queries.lateness import late, silent
from reports.restoration.queries.money import budget
from reports.restoration.queries.plans import under_restoration, waits_for
from reports.restoration.queries.priorities import priorities
from reports.restoration.queries.prospects import Prospect, plans_of, prospects, statements
from reports.restoration.queries.scores import scores
from reports.restoration.queries.timeline import timeline

__all__ = [
    "Prospect",
    "board",
    "budget",
    "late",
    "on_board",
    "plans_of",
    "priorities",
    "prospects",
    "scores",
    "silent",
    "statements",
    "timeline",
    "under_restoration",
    "waits_for",
]
