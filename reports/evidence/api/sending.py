"""What somebody says of the files that they send: what they are evidence of, and the hash of each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from reports.conditions.models import ConditionReport
from reports.evidence.targets import about
from reports.restoration.models import Plan
from sites.models import Monument
from sites.references import Keyed, Named


class TargetSerializer(serializers.Serializer):
    """What a file is evidence of: one of the three."""

    monument: Any = Named(slug_field="slug", queryset=Monument.objects.select_related("site"), required=False)
    report: Any = Keyed(queryset=ConditionReport.objects.none(), required=False)
    plan: Any = Keyed(queryset=Plan.objects.select_related("monument__site"), required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            readable = ConditionReport.objects.visible_to(request.user).select_related("monument__site")
            fields["report"].queryset = readable  # type: ignore[attr-defined]
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = [attrs[name] for name in ("monument", "report", "plan") if attrs.get(name)]
        if len(named) != 1:
            raise serializers.ValidationError(_("Name a monument, a report or a plan: one of them."))
        return {"target": about(named[0])}


class FilesSerializer(TargetSerializer):
    """Only for the document: a form of files."""

    files = serializers.ListField(child=serializers.FileField())
    sha256 = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="As you count it, one for each file."
    )
