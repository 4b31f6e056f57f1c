"""What became of a file, for the one who sent it."""

from __future__ import annotations

from rest_framework import serializers

from reports.evidence.vocabulary import Refusal, UploadState


class UsedBeforeSerializer(serializers.Serializer):
    evidence = serializers.UUIDField(source="use.earlier.pk")
    monument = serializers.CharField(source="use.earlier.monument.slug")
    report = serializers.UUIDField(source="use.earlier.report_id", allow_null=True)
    other_date = serializers.BooleanField(source="use.other_date", help_text="It was said of another date.")
    says = serializers.CharField()


class UploadSerializer(serializers.Serializer):
    """A file that you sent: how much of it is here, and what became of it."""

    id = serializers.UUIDField(source="upload.pk")
    name = serializers.CharField(source="upload.name")
    monument = serializers.CharField(source="monument.slug")
    report = serializers.UUIDField(source="upload.report_id", allow_null=True)
    plan = serializers.UUIDField(source="upload.plan_id", allow_null=True)
    size = serializers.IntegerField(source="upload.size", help_text="In bytes.")
    received = serializers.IntegerField(source="upload.received", help_text="In bytes.")
    state = serializers.ChoiceField(UploadState.choices, source="upload.state")
    client_sha256 = serializers.CharField(source="upload.client_sha256", help_text="As you counted it.")
    sha256 = serializers.CharField(source="upload.sha256", help_text="As it arrived.")
    refusal = serializers.ChoiceField(Refusal.choices, source="upload.refusal", allow_blank=True)
    reason = serializers.CharField(source="refusal.reason", default="", help_text="Why it was refused.")
    advice = serializers.CharField(source="refusal.advice", default="", help_text="What to do then.")
    evidence = serializers.UUIDField(source="upload.evidence_id", allow_null=True, help_text="What it became.")
    used_before = UsedBeforeSerializer(many=True, help_text="Where this picture, or one alike, was used before.")
    started_at = serializers.DateTimeField(source="upload.started_at")
