"""How messages are handed over: each file or folder here is a way on which somebody is told, and all it takes."""

from importlib import import_module
from pkgutil import iter_modules

from reports.alerts.transports.base import Transport


def find() -> dict[str, type[Transport]]:
    """By the name of its channel, each class of a file here; what only fills in for others comes last."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    found = sorted(Transport.__subclasses__(), key=lambda kind: (kind.only_without_others, kind.channel))
    return {kind.channel: kind for kind in found}


TRANSPORTS = find()
