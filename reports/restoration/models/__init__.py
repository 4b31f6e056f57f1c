"""What could still be done: who says so, what is planned, what it costs, what became of it."""

from reports.restoration.models.milestone import Dependency, Milestone
from reports.restoration.models.money import CostEstimate, Donor, Pledge
from reports.restoration.models.plan import Plan
from reports.restoration.models.priority import PriorityOverride, Weighting
from reports.restoration.models.statement import ProspectStatement
from reports.restoration.models.step import PlanStep
from reports.restoration.vocabulary import Feasibility, Letter, Phase, PlanStatus

__all__ = [
    "CostEstimate",
    "Dependency",
    "Donor",
    "Feasibility",
    "Letter",
    "Milestone",
    "Phase",
    "Plan",
    "PlanStatus",
    "PlanStep",
    "Pledge",
    "PriorityOverride",
    "ProspectStatement",
    "Weighting",
]
