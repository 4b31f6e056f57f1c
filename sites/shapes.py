"""How much of each thing an answer of REST holds: `fields` leaves out, `expand` says more of what is only named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.serializers import Serializer as Base
else:
    Base = object

FIELDS, EXPAND = "fields", "expand"
SAFE = {"GET", "HEAD"}


class Shaped(Base):
    """For serializers, before their base. `Meta.expandable`: by field, what tells it, and what to prefetch."""

    Meta: ClassVar[Any]

    def get_fields(self) -> dict[str, Any]:
        """Those that were asked for. Raises ValidationError on one that does not exist."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request is None or request.method not in SAFE or not self._is_outermost():
            return fields
        for name in self.expanded(request):
            source = fields[name].source
            shape = self.expandable()[name][0]
            fields[name] = shape(read_only=True, **({"source": source} if source else {}))
        wanted = asked_names(request, FIELDS, set(fields))
        return {name: field for name, field in fields.items() if name in wanted} if wanted else fields

    def _is_outermost(self) -> bool:
        return self.parent is None or (self.parent is self.root and hasattr(self.parent, "child"))

    @classmethod
    def expandable(cls) -> dict[str, Any]:
        found: dict[str, Any] = getattr(cls.Meta, "expandable", {})
        return found

    @classmethod
    def expanded(cls, request: Request) -> set[str]:
        return asked_names(request, EXPAND, set(cls.expandable())) if cls.expandable() else set()

    @classmethod
    def with_expanded(cls, rows: QuerySet, request: Request) -> QuerySet:
        """With what `expand` asks for, in a query for each kind and not for each row."""
        paths = [path for name in sorted(cls.expanded(request)) for path in cls.expandable()[name][1]]
        return rows.prefetch_related(*paths)


def asked_names(request: Request, parameter: str, known: set[str]) -> set[str]:
    """Names in a parameter, commas between them. Raises ValidationError on one that is not known."""
    given = ",".join(request.query_params.getlist(parameter))
    names = {name.strip() for name in given.split(",")} - {""}
    if unknown := sorted(names - known):
        message = _("There is no “%(name)s” here; known are: %(known)s.")
        raise ValidationError({parameter: [message % {"name": unknown[0], "known": ", ".join(sorted(known))}]})
    return names
