"""Inspections as REST tells and takes them; the actions check what comes in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from rest_framework import serializers

from reports.conditions.models import ConditionReport
from reports.inspections.due import Why
from reports.inspections.models import ChecklistItem, Inspection, InspectionStep
from reports.inspections.vocabulary import Task
from reports.situation.queries import Warnings
from sites.models import Monument
from sites.references import Keyed, Named


class PersonField(Named):
    """Somebody with an account, by their address; told by the name that they chose."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("read_only"):
            kwargs["queryset"] = get_user_model().objects.filter(is_active=True)
        super().__init__(slug_field="email", **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(value)


class ItemSerializer(serializers.ModelSerializer):
    label: Any = serializers.CharField(source="__str__", read_only=True, help_text="In the language of the request.")

    class Meta:
        model = ChecklistItem
        fields = ["id", "task", "text", "label", "looked_at", "note"]
        read_only_fields = ["task", "text"]
        extra_kwargs = {"looked_at": {"required": True}}


class InspectionStepSerializer(serializers.ModelSerializer):
    by = PersonField(read_only=True)
    assigned_to = PersonField(read_only=True)

    class Meta:
        model = InspectionStep
        fields = ["step", "at", "by", "due_on", "assigned_to", "reason"]


class InspectionSerializer(serializers.ModelSerializer):
    """Somebody is to look at a monument by a day. `warnings`: what to know before going there."""

    url = serializers.HyperlinkedIdentityField(view_name="api:inspection-detail")
    monument: Any = Named(slug_field="slug", queryset=Monument.objects.select_related("site"))
    assigned_to = PersonField(
        required=False, allow_null=True, help_text="Sent as the address of an account; told as its name."
    )
    planned_by = PersonField(read_only=True)
    overdue = serializers.BooleanField(source="is_overdue", read_only=True)
    warnings = serializers.SerializerMethodField()
    tasks = serializers.ListField(
        child=serializers.ChoiceField(Task.choices),
        required=False,
        write_only=True,
        help_text="What to look at; all of them, where it is left out.",
    )
    own_words = serializers.ListField(
        child=serializers.CharField(max_length=300), required=False, write_only=True, max_length=30
    )

    class Meta:
        model = Inspection
        fields = [
            "id",
            "url",
            "version",
            "monument",
            "due_on",
            "overdue",
            "reason",
            "state",
            "assigned_to",
            "planned_by",
            "result",
            "changed_at",
            "warnings",
            "tasks",
            "own_words",
        ]
        read_only_fields = ["version", "state", "result", "changed_at"]
        validators: list[Any] = []  # the action says in words that one is planned already

    def get_warnings(self, inspection: Inspection) -> str:
        warned: dict[Any, Warnings] = self.context["warnings"]
        return warned[inspection.monument_id].text


class InspectionDetailSerializer(InspectionSerializer):
    """With its checklist and its history."""

    checklist = ItemSerializer(many=True, read_only=True)
    steps = InspectionStepSerializer(many=True, read_only=True)

    class Meta(InspectionSerializer.Meta):
        fields = [*InspectionSerializer.Meta.fields, "checklist", "steps"]


class SeenSerializer(serializers.Serializer):
    """The version that was read; whoever changed it since is not overwritten."""

    version = serializers.IntegerField(min_value=1)


class AssignSerializer(SeenSerializer):
    assigned_to = PersonField(allow_null=True, help_text="The address of an account; null: nobody any more.")


class RescheduleSerializer(SeenSerializer):
    due_on = serializers.DateField()
    reason = serializers.CharField()


class CancelSerializer(SeenSerializer):
    reason = serializers.CharField()


class RecordSerializer(SeenSerializer):
    result: Any = Keyed(queryset=ConditionReport.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request:
            known = ConditionReport.objects.visible_to(request.user).select_related("monument")
            self.fields["result"].queryset = known  # type: ignore[attr-defined]


class TickSerializer(serializers.Serializer):
    item = serializers.UUIDField()
    looked_at = serializers.BooleanField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class DueSerializer(serializers.Serializer):
    """A monument at which somebody should look, and of which no inspection is planned."""

    monument = serializers.SlugField()
    due_on = serializers.DateField()
    interval_days = serializers.IntegerField()
    why = serializers.ChoiceField(Why.choices)
    label: Any = serializers.CharField(help_text="Why, in the language of the request.")
    warnings = serializers.CharField()
