from __future__ import annotations

from django.db import models

from reports.vocabulary import DamageGrade


class CellCount(models.Model):
    """How many monuments that the public sees in a cell have which grade today: the pyramid under the map.

    The database keeps it, whoever writes places and statuses (`reports.conditions.pyramid`). PostgreSQL adds
    rows, so that publications do not wait for one another; the sum of the rows of a cell is what counts.
    """

    level = models.PositiveSmallIntegerField()
    cell = models.BigIntegerField()
    damage_grade = models.CharField(max_length=12, choices=DamageGrade.choices)
    contested = models.BooleanField()
    number = models.BigIntegerField()
    x = models.BigIntegerField()
    """The sum of the columns of the finest grid: divided by the number, where the monuments stand on average."""
    y = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["level", "cell"], name="cellcount_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.cell}: {self.number} {self.damage_grade}"
