"""What a piece of evidence is over REST, as far as its reader may know it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.evidence import links, visibility
from reports.evidence.models import Capture, CustodyEntry, Evidence, Flag, Rendition
from reports.evidence.vocabulary import PUBLIC_SIZES

OF_STAFF = ("name", "uploaded_by", "came_through", "sha256", "size")
"""For who may know where it came from."""
TOLD_OF_WITHDRAWN = {"id", "url", "monument", "withdrawn_at", "withdrawal_reason"}


class FlagSerializer(serializers.ModelSerializer):
    says = serializers.CharField(source="get_kind_display")

    class Meta:
        model = Flag
        fields = ["kind", "says", "metres", "days", "other"]
        read_only_fields = fields


class CaptureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Capture
        fields = ["taken_at", "taken_at_local", "longitude", "latitude", "camera", "orientation"]


class CustodySerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="by.name", default="")

    class Meta:
        model = CustodyEntry
        fields = ["step", "at", "by", "facts"]


class PictureSerializer(serializers.ModelSerializer):
    """A picture made of the original, without its metadata and with areas blurred."""

    media_type = serializers.CharField(source="format")
    url = serializers.SerializerMethodField(help_text="Of what is not public, valid for a few minutes.")

    class Meta:
        model = Rendition
        fields = ["size", "media_type", "width", "height", "url"]

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, rendition: Rendition) -> str:
        request = self.context["request"]
        if self.context["public"]:
            evidence, _slash, name = rendition.file.partition("/")
            return request.build_absolute_uri(reverse("picture-file", args=[evidence, name]))
        return request.build_absolute_uri(links.to_rendition(rendition, request.user))


class EvidenceSerializer(serializers.ModelSerializer):
    """A photograph or document. Who may not know a thing is given null for it; of the withdrawn, when and why."""

    url = serializers.HyperlinkedIdentityField(view_name="api:evidence-detail")
    monument: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    media_type = serializers.CharField(source="original.media_type", help_text="Of the original.")
    width = serializers.IntegerField(source="original.width", allow_null=True, help_text="In pixels, upright.")
    height = serializers.IntegerField(source="original.height", allow_null=True)
    name = serializers.CharField(help_text="Of the file; for staff and who sent it.")
    uploaded_by = serializers.CharField(source="uploaded_by.name", default=None, allow_null=True)
    came_through = serializers.CharField(source="door")
    sha256 = serializers.CharField(source="original_id", help_text="Of the original.")
    size = serializers.IntegerField(source="original.size", help_text="Of the original, in bytes.")
    flags = FlagSerializer(many=True, help_text="What a verifier should look at twice; for staff.")
    pictures = serializers.SerializerMethodField(help_text="Of several sizes and formats; none until they are made.")

    class Meta:
        model = Evidence
        fields = [
            "id",
            "url",
            "kind",
            "monument",
            "report",
            "plan",
            "caption",
            "alternative",
            "language",
            "credit",
            "licence",
            "taken_from",
            "taken_to",
            "confidential",
            "media_type",
            "width",
            "height",
            "uploaded_at",
            "published_at",
            "withdrawn_at",
            "withdrawal_reason",
            "pictures",
            *OF_STAFF,
            "flags",
        ]
        read_only_fields = fields

    def get_pictures(self, evidence: Evidence) -> PictureSerializer(many=True):  # type: ignore[valid-type]
        made = [one for one in evidence.renditions.all() if one.size in PUBLIC_SIZES]
        context = {**self.context, "public": evidence.is_public}  # type: ignore[attr-defined]
        return PictureSerializer(made, many=True, context=context).data

    def to_representation(self, evidence: Evidence) -> dict[str, Any]:
        shown = super().to_representation(evidence)
        user = self.context["request"].user
        if evidence.withdrawn_at:
            return {name: value if name in TOLD_OF_WITHDRAWN else None for name, value in shown.items()}
        if not visibility.names_people_to(user, evidence):
            shown |= dict.fromkeys(OF_STAFF)
        if not visibility.reads_flags(user, evidence):
            shown["flags"] = None
        return shown


class EvidenceInFullSerializer(EvidenceSerializer):
    capture = serializers.SerializerMethodField(help_text="What the file says of itself; logged when it is shown.")
    custody = serializers.SerializerMethodField(help_text="What happened to it, step by step.")

    class Meta(EvidenceSerializer.Meta):
        fields = [*EvidenceSerializer.Meta.fields, "capture", "custody"]
        read_only_fields = fields

    def get_capture(self, evidence: Evidence) -> CaptureSerializer(allow_null=True):  # type: ignore[valid-type]
        if not hasattr(evidence.original, "capture"):
            return None
        if evidence.withdrawn_at or not visibility.views_original(self.context["request"].user, evidence):
            return None
        return CaptureSerializer(evidence.original.capture).data

    def get_custody(self, evidence: Evidence) -> CustodySerializer(many=True, allow_null=True):  # type: ignore[valid-type]
        if evidence.withdrawn_at or not visibility.reads_custody(self.context["request"].user, evidence):
            return None
        return CustodySerializer(evidence.custody.select_related("by"), many=True).data


class DescriptionSerializer(serializers.ModelSerializer):
    """What people say about the file; what is left out stays as it is."""

    class Meta:
        model = Evidence
        fields = ["caption", "alternative", "language", "credit", "licence", "taken_from", "taken_to"]


class WithdrawalSerializer(serializers.Serializer):
    reason = serializers.CharField(help_text="It stays with the file.")


class ConfidenceSerializer(WithdrawalSerializer):
    confidential = serializers.BooleanField()
