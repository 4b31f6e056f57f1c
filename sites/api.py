"""The registry over REST: sites, and what a monument is; its status is added by `reports.conditions.api`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets

from sites import visibility
from sites.models import Designation, Monument, Name, Site
from sites.questions import SiteFilter
from sites.shapes import Shaped
from sites.vocabulary import Sensitivity

POINT = {
    "type": ["object", "null"],
    "description": "GeoJSON Point in WGS84, as far as the reader may see it; null where nothing may be shown.",
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    },
    "required": ["type", "coordinates"],
}


GEOJSON = {"type": ["object", "null"], "additionalProperties": True}


@extend_schema_field({"type": "object", "additionalProperties": True})
class AreaField(serializers.JSONField):
    """An area as GeoJSON; what may stand in it, the model says."""

    def to_internal_value(self, data: Any) -> Any:
        area = super().to_internal_value(data)
        if not isinstance(area, dict):
            raise serializers.ValidationError(_("Write an area as a GeoJSON object."))
        return area


class NameSerializer(serializers.ModelSerializer):
    class Meta:
        model = Name
        fields = ["text", "language", "kind"]


class DesignationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Designation
        fields = ["kind", "reference", "criteria", "since", "since_precision", "until"]


class PlaceSerializer(serializers.ModelSerializer):
    """What sites and monuments have in common: names, and a place as far as the reader may know it."""

    names = NameSerializer(many=True)
    designations = DesignationSerializer(many=True)
    location = serializers.SerializerMethodField()
    generalised = serializers.SerializerMethodField(help_text="The point is the centre of a grid cell.")
    coordinate_uncertainty_m = serializers.SerializerMethodField(help_text="How far off the point may be, in metres.")
    boundary = serializers.SerializerMethodField(help_text="GeoJSON; null where the exact place is not shown.")

    @extend_schema_field(POINT)
    def get_location(self, place: Site | Monument) -> dict[str, Any] | None:
        return visibility.location(place, self.context["request"].user)

    def get_generalised(self, place: Site | Monument) -> bool:
        return place.sensitivity == Sensitivity.GENERALISED and not self._exact(place)

    def get_coordinate_uncertainty_m(self, place: Site | Monument) -> int | None:
        if self.get_location(place) is None:
            return None
        return place.accuracy_m if self._exact(place) else place.cell_radius_m

    @extend_schema_field(GEOJSON)
    def get_boundary(self, place: Site | Monument) -> dict[str, Any] | None:
        return visibility.boundary(place, self.context["request"].user)

    def _exact(self, place: Site | Monument) -> bool:
        return visibility.shows_exactly(place, self.context["request"].user)


class SiteSerializer(Shaped, PlaceSerializer):
    """A heritage site, as the registry has it."""

    url = serializers.HyperlinkedIdentityField(view_name="api:site-detail", lookup_field="slug")
    country = serializers.CharField(source="country.code", help_text="ISO 3166-1 alpha-2.")
    links = serializers.DictField(child=serializers.URLField(), help_text="Addresses about the site, by label.")

    class Meta:
        model = Site
        fields = [
            "id",
            "slug",
            "url",
            "names",
            "country",
            "designations",
            "location",
            "generalised",
            "coordinate_uncertainty_m",
            "boundary",
            "note",
            "links",
        ]


class MonumentSerializer(Shaped, PlaceSerializer):
    """A monument, as the registry has it."""

    current_place = serializers.SerializerMethodField(
        help_text="Where a movable object is kept; empty where its exact place is not shown."
    )
    url = serializers.HyperlinkedIdentityField(view_name="api:monument-detail", lookup_field="slug")
    site: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    parent: Any = serializers.SlugRelatedField(
        slug_field="slug", read_only=True, allow_null=True, help_text="The whole of which this is a part."
    )

    class Meta:
        model = Monument
        fields = [
            "id",
            "slug",
            "url",
            "names",
            "site",
            "parent",
            "type",
            "period",
            "dating",
            "movable",
            "current_place",
            "scope_note",
            "designations",
            "location",
            "generalised",
            "coordinate_uncertainty_m",
            "boundary",
        ]
        expandable: ClassVar[dict[str, Any]] = {
            "site": (SiteSerializer, ["site__names", "site__designations"]),
        }

    def get_current_place(self, monument: Monument) -> str:
        return visibility.kept_at(monument, self.context["request"].user)


class SiteViewSet(viewsets.ReadOnlyModelViewSet):
    """Heritage sites, such as Palmyra."""

    queryset = Site.objects.in_full().order_by("slug")
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    lookup_field = "slug"
