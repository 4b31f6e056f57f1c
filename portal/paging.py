"""Pages of long lists by cursor: what comes after a row, however many rows came before."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

SIZE = 50
APART = "~"


class Page(NamedTuple):
    rows: list[Any]
    next: str
    """The cursor of the next page; empty on the last one."""


def after(rows: QuerySet, cursor: str, *, by: tuple[str, ...] = ("slug",), size: int = SIZE) -> Page:
    """A page of rows that are in order of the fields `by`, which tell each from all others. Raises BadRequest."""
    try:
        found = list((rows.filter(following(by, cursor.split(APART))) if cursor else rows)[: size + 1])
    except (ValidationError, ValueError) as error:
        raise BadRequest(_("This page of the list is not known; start from its beginning.")) from error
    if len(found) <= size:
        return Page(found, "")
    return Page(found[:size], APART.join(str(getattr(found[size - 1], name.removeprefix("-"))) for name in by))


def following(by: tuple[str, ...], values: list[str]) -> Q:
    """What comes after a row: greater in the first field (less, where it is "-field"), or equal and so in the next."""
    following, equal = Q(), Q()
    for name, value in zip(by, values, strict=True):
        field, then = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        following |= equal & Q(**{f"{field}__{then}": value})
        equal &= Q(**{field: value})
    return following
