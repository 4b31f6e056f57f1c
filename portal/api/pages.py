"""Pages of long lists over REST, by cursor: stable while rows come and go, however many are alike in their order."""

from __future__ import annotations

import base64
import datetime
import json
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import ValidationError as FieldError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.exports.formats import FORMATS
from portal.layers import LAYERS
from portal.paging import following

LAYER_OF = {"plans": "restoration-plans"}
"""Of lists whose layer is called otherwise."""
OF_THE_PAGE = {"cursor", "page_size", "fields", "expand"}


class Cursor(NamedTuple):
    """The values of the row beside the page, in the fields of the order; `back`: the page ends before it."""

    values: list[str]
    back: bool = False

    def encode(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.back, *self.values]).encode()).decode().rstrip("=")


class CursorPages(CursorPagination):
    """Each view gives an order that ends in a unique key; what follows a row is asked of all its fields."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """Raises ValidationError."""
        by = tuple(map(str, queryset.query.order_by))
        cursor, size = self._cursor(request, len(by)), self._size(request)
        self._request, self._by = request, by
        rows, towards = queryset, by
        if cursor and cursor.back:
            rows, towards = queryset.reverse(), tuple(_turned(name) for name in by)
        try:
            found = list((rows.filter(following(towards, cursor.values)) if cursor else rows)[: size + 1])
        except (FieldError, ValueError) as error:
            raise _not_known() from error
        more, page = len(found) > size, found[:size]
        back = bool(cursor and cursor.back)
        self.page = page[::-1] if back else page
        self._goes_on = (True, more) if back else (more, cursor is not None)
        return self.page

    def get_next_link(self) -> str | None:
        return self._link(self.page[-1], back=False) if self.page and self._goes_on[0] else None

    def get_previous_link(self) -> str | None:
        return self._link(self.page[0], back=True) if self.page and self._goes_on[1] else None

    def get_paginated_response(self, data: Any) -> Response:
        """The same question as files is told beside the page (RFC 8288)."""
        answer = super().get_paginated_response(data)
        if files := self._files():
            answer["Link"] = ", ".join(f'<{address}>; rel="alternate"; type="{kind}"' for address, kind in files)
        return answer

    def _files(self) -> list[tuple[str, str]]:
        """Address and media type of each, where the list has a layer that knows all that is asked."""
        last = self._request.path.rstrip("/").rpartition("/")[2]
        layer = LAYERS.get(LAYER_OF.get(last, last))
        asked = [(name, value) for name, value in _pairs(self._request.query_params) if name not in OF_THE_PAGE]
        if layer is None or {name for name, _value in asked} - layer.asked.filters.base_filters.keys():
            return []
        query = f"?{urlencode(asked)}" if asked else ""
        address = self._request.build_absolute_uri(f"/exports/{layer.name}")
        return [(f"{address}.{form.name}{query}", form.media_type) for form in FORMATS.values()]

    def _link(self, row: Any, *, back: bool) -> str:
        asked = self._request.query_params.copy()
        asked["cursor"] = Cursor([_text(getattr(row, name.lstrip("-"))) for name in self._by], back).encode()
        return f"{self._request.build_absolute_uri(self._request.path)}?{urlencode(list(_pairs(asked)))}"

    def _cursor(self, request: Request, fields: int) -> Cursor | None:
        text = request.query_params.get("cursor", "")
        if not text:
            return None
        try:
            back, *values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (ValueError, TypeError) as error:
            raise _not_known() from error
        if len(values) != fields or not all(isinstance(value, str) for value in values):
            raise _not_known()
        return Cursor(values, bool(back))

    def _size(self, request: Request) -> int:
        text = request.query_params.get("page_size", "")
        if not text:
            return self.page_size
        if text.isascii() and text.isdecimal() and 1 <= int(text) <= self.max_page_size:
            return int(text)
        message = _("Write a whole number from 1 to %(most)s.") % {"most": self.max_page_size}
        raise ValidationError({"page_size": [message]})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return parameters

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As OpenAPI 3.1 says that something may be null."""
        found: dict[str, Any] = super().get_paginated_response_schema(schema)
        said = {"next": "Of the next page; null on the last.", "previous": "Of the page before; null on the first."}
        for name, description in said.items():
            found["properties"][name] = {"type": ["string", "null"], "format": "uri", "description": description}
        return found


def _pairs(asked: Any) -> Any:
    return ((name, value) for name, values in asked.lists() for value in values)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else str(value)


def _not_known() -> ValidationError:
    return ValidationError({"cursor": [_("This page of the list is not known; start from its beginning.")]})
