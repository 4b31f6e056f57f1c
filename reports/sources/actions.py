"""Writing sources where a rule says which."""

from __future__ import annotations

from reports.sources.models import Source, SourceKind
from sites.models import Organisation

FIELD = "Field observation"


def field_name(organisation: Organisation | None) -> str:
    """How the source is called of who saw it with own eyes: of each organisation another, so that two are independent.

    People of a silo, and those without an organisation, are not told apart in public.
    """
    return FIELD if organisation is None or organisation.silo else f"{FIELD}, {organisation.name}"


def field_source(organisation: Organisation | None) -> Source:
    """That source; it is made when it is named for the first time."""
    name = field_name(organisation)
    found = Source.objects.filter(name__iexact=name).first()
    return found or Source.objects.create(name=name, kind=SourceKind.OWN_VISIT)
