from reports.situation.models.event import SituationEvent
from reports.situation.models.party import Party
from reports.situation.vocabulary import AccessLevel, EventKind, Outcome

__all__ = ["AccessLevel", "EventKind", "Outcome", "Party", "SituationEvent"]
