"""What is written once: rows of custody, and what an original is."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Unchangeable(TypeError):
    """What was recorded stays as it is."""


class AppendOnlyQuerySet(models.QuerySet):
    """Rows are added, and that is all."""

    def update(self, **changes: Any) -> NoReturn:
        raise Unchangeable("Custody is recorded once.")

    def delete(self) -> NoReturn:
        raise Unchangeable("Custody is recorded once.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("Custody is recorded once.")

    def bulk_create(self, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            raise Unchangeable("Custody is recorded once.")
        return super().bulk_create(*args, **kwargs)


LASTING = {"sha256", "size", "media_type"}
"""What an original is: the file that came in, and no other."""


class OriginalQuerySet(models.QuerySet):
    """Originals stay; what becomes known of them later (when they were verified) changes."""

    def update(self, **changes: Any) -> int:
        refuse_changes(changes)
        return super().update(**changes)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        refuse_changes(fields)
        return super().bulk_update(objs, fields, batch_size)

    def delete(self) -> NoReturn:
        raise Unchangeable("Originals are kept.")


def refuse_changes(fields: Any) -> None:
    if LASTING & set(fields):
        raise Unchangeable("What an original is does not change.")
