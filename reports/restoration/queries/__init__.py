"""Reading what could still be done."""

from reports.restoration.queries.board import board, on_board
from reports.restoration.queries.lateness import late, silent
from reports.restoration.queries.money import budget, counted, in_sum
from reports.restoration.queries.plans import under_restoration, waits_for
from reports.restoration.queries.priorities import priorities
from reports.restoration.queries.prospects import Prospect, of_prospect, plans_of, prospects, statements
from reports.restoration.queries.scores import scores, weights_now
from reports.restoration.queries.then import plans_then, statements_then, steps_then
from reports.restoration.queries.timeline import timeline

__all__ = [
    "Prospect",
    "board",
    "budget",
    "counted",
    "in_sum",
    "late",
    "of_prospect",
    "on_board",
    "plans_of",
    "plans_then",
    "priorities",
    "prospects",
    "scores",
    "silent",
    "statements",
    "statements_then",
    "steps_then",
    "timeline",
    "under_restoration",
    "waits_for",
    "weights_now",
]
