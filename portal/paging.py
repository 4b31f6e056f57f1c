"""Pages of long lists by cursor: what comes after a row, however many rows came before."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

SIZE = 50


class Page(NamedTuple):
    rows: list[Any]
    next: str
    """The cursor of the next page; empty on the last one."""


def after(rows: QuerySet, cursor: str, *, by: str = "slug", size: int = SIZE) -> Page:
    """A page of rows that are in order of `by`, which tells each from all others. Raises BadRequest."""
    try:
        following = rows.filter(**{f"{by}__gt": cursor}) if cursor else rows
    except ValidationError as error:
        raise BadRequest(_("This page of the list is not known; start from its beginning.")) from error
    found = list(following[: size + 1])
    more = len(found) > size
    return Page(found[:size], str(getattr(found[size - 1], by)) if more else "")
