from reports.restoration.admin.plans import PlanAdmin
from reports.restoration.admin.priorities import PriorityOverrideAdmin, WeightingAdmin
from reports.restoration.admin.statements import DonorAdmin, ProspectStatementAdmin
from reports.restoration.admin.steps import PlanStepAdmin

__all__ = [
    "DonorAdmin",
    "PlanAdmin",
    "PlanStepAdmin",
    "PriorityOverrideAdmin",
    "ProspectStatementAdmin",
    "WeightingAdmin",
]
