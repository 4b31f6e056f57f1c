"""All rows of a load, kept and put back: a fraction of what making them anew takes."""

from __future__ import annotations

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from reports.conditions.models import CellCount

# Made by migrations, and by triggers while the others are put back.
NOT_LOADED = ("auth.", "contenttypes.", CellCount._meta.label)


class Rows:
    def __init__(self) -> None:
        self.kept: dict[type[models.Model], list[models.Model]] = {}

    def keep(self) -> None:
        loaded = (model for model in apps.get_models(True) if not model._meta.label.startswith(NOT_LOADED))
        self.kept = {model: rows for model in loaded if (rows := list(model._base_manager.all()))}

    def put_back(self) -> None:
        for model, rows in self.kept.items():
            model._base_manager.bulk_create(rows)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.kept)):
                cursor.execute(statement)
