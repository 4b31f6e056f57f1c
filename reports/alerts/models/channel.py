"""The ways on which somebody is told: one file each in `transports`."""

from __future__ import annotations

from typing import Any

EMAIL, PORTAL, WEBHOOK = "email", "portal", "webhook"
"""Those that others name."""


def channels() -> list[tuple[str, Any]]:
    """All that there are, with their labels; asked late, as each is a class that needs the models."""
    from reports.alerts.transports import TRANSPORTS

    return [(name, transport.label) for name, transport in TRANSPORTS.items()]


def channels_of_people() -> list[tuple[str, Any]]:
    """Those that somebody chooses among; programs are called where their owner names them."""
    from reports.alerts.transports import TRANSPORTS

    return [(name, label) for name, label in channels() if not TRANSPORTS[name].to_programs]
