"""Where something stands, and what the public may know of it."""

from __future__ import annotations

import math
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from sites.boundaries import BoundaryIsSound
from sites.geometry import validate_boundary
from sites.vocabulary import Sensitivity

METRES_PER_DEGREE = 111_320


def as_the_public_sees(axis: str) -> Case:
    """The coordinate for those without the right to the exact one.

    Generalised places become the centre of their cell in a fixed grid: noise would average out.
    """
    return Case(
        When(sensitivity=Sensitivity.PUBLIC, then=F(axis)),
        When(
            sensitivity=Sensitivity.GENERALISED,
            then=Round(F(axis) * F("cells_per_degree")) / F("cells_per_degree"),
        ),
        default=Value(None),
        output_field=FloatField(),
    )


def kept_by_the_database(expression: Expression, field: models.Field) -> models.GeneratedField:
    """So that no write, however made, can leave the exact place in a public column, or another in its cell."""
    return models.GeneratedField(expression=expression, output_field=field, db_persist=True, editable=False)


class Place(models.Model):
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("WGS84, decimal degrees; east is positive."),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("WGS84, decimal degrees; north is positive."),
    )
    accuracy_m = models.PositiveIntegerField(
        _("accuracy in metres"), null=True, blank=True, help_text=_("How far off the point may be.")
    )
    sensitivity = models.CharField(
        _("sensitivity"), max_length=12, choices=Sensitivity.choices, default=Sensitivity.PUBLIC
    )
    cells_per_degree = models.PositiveSmallIntegerField(
        _("grid for the public"),
        choices=[(100, _("0.01° (about 1 km)")), (10, _("0.1° (about 10 km)"))],
        default=100,
    )
    public_longitude = kept_by_the_database(as_the_public_sees("longitude"), FloatField(null=True))
    public_latitude = kept_by_the_database(as_the_public_sees("latitude"), FloatField(null=True))
    boundary = models.JSONField(
        _("boundary"), null=True, blank=True, validators=[validate_boundary], help_text=_("GeoJSON polygon.")
    )

    class Meta:
        abstract = True

    @staticmethod
    def constraints_of(model: str) -> list[models.BaseConstraint]:
        """What holds for every place; abstract constraints would need `%(class)s`, this names them plainly."""
        return [
            models.CheckConstraint(
                name=f"{model}_point_whole",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False),
                violation_error_message=_("A point needs both longitude and latitude."),
            ),
            models.CheckConstraint(
                name=f"{model}_longitude_in_range",
                condition=Q(longitude__isnull=True) | Q(longitude__gte=-180, longitude__lte=180),
                violation_error_message=_("Longitude is between -180 and 180."),
            ),
            models.CheckConstraint(
                name=f"{model}_latitude_in_range",
                condition=Q(latitude__isnull=True) | Q(latitude__gte=-90, latitude__lte=90),
                violation_error_message=_("Latitude is between -90 and 90."),
            ),
            models.CheckConstraint(
                name=f"{model}_grid_known",
                condition=Q(cells_per_degree__in=[10, 100]),
                violation_error_message=_("The grid for the public is 0.01° or 0.1°."),
            ),
            models.CheckConstraint(
                name=f"{model}_sensitivity_known",
                condition=Q(sensitivity__in=Sensitivity.values),
                violation_error_message=_("This sensitivity is not known."),
            ),
            models.CheckConstraint(
                name=f"{model}_boundary_sound",
                condition=BoundaryIsSound("boundary"),
                violation_error_message=_("The boundary is not a GeoJSON polygon on this earth."),
            ),
        ]

    @property
    def cell_radius_m(self) -> int:
        """From the centre of the public grid cell to its corner at the equator, in metres: the most it can be off."""
        return round(METRES_PER_DEGREE / self.cells_per_degree / math.sqrt(2))

    def point(self, *, exact: bool) -> dict[str, Any] | None:
        """GeoJSON Point: the exact place, or what the public may see of it; None where there is none."""
        lon, lat = (self.longitude, self.latitude) if exact else (self.public_longitude, self.public_latitude)
        if lon is None or lat is None:
            return None
        return {"type": "Point", "coordinates": [lon, lat]}
