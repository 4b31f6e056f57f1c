"""Every change to evidence that has a rule. Portal, admin, API, importers and commands call these."""

from reports.evidence.actions.custody import record

__all__ = ["record"]
