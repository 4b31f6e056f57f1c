from reports.situation.admin.events import SituationEventAdmin
from reports.situation.admin.parties import PartyAdmin

__all__ = ["PartyAdmin", "SituationEventAdmin"]
