import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sites.ids


class Migration(migrations.Migration):
    replaces = [("inspections", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0004_time_zone"),
        ("accounts", "__first__"),
        ("conditions", "0001_reports"),
        ("sites", "0002_registry"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="hash")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
            ],
            options={
                "verbose_name": "calendar link",
                "verbose_name_plural": "calendar links",
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "reason",
                    models.TextField(blank=True, help_text="What is to be found out.", verbose_name="what for"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("assigned", "Assigned"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="changed"),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="conditions.conditionreport",
                        verbose_name="result",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection",
                "verbose_name_plural": "inspections",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("planned", "assigned"))),
                        fields=["due_on", "id"],
                        name="inspection_open",
                    ),
                    models.Index(fields=["assigned_to", "due_on"], name="inspection_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("planned", "assigned"))),
                        fields=("monument",),
                        name="inspection_one_at_a_time",
                        violation_error_message="An inspection of this monument is planned already; change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "assigned", "done", "cancelled"])),
                        name="inspection_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assigned_to__isnull", False), ("state", "planned"), _negated=True),
                            models.Q(("assigned_to__isnull", True), ("state", "assigned"), _negated=True),
                        ),
                        name="inspection_assigned_to_somebody",
                        violation_error_message="Say who is to look.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("result__isnull", True)),
                            _connector="OR",
                        ),
                        name="inspection_done_with_result",
                        violation_error_message="An inspection is done when there is a report of it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "task",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("access", "Way in, and who was asked whether it is safe"),
                            ("overview", "Photographs of the whole, from the usual standpoints"),
                            ("sides", "Photographs of each side, the roof and the inside"),
                            ("damage", "Damage since the last report: grade, extent, causes"),
                            ("condition", "Condition: cracks, leaning, damp, growth, loose blocks"),
                            ("threats", "Threats: digging, building, water, people, weapons"),
                            ("looting", "Pits, missing pieces, fresh breaks"),
                            ("protection", "Whether props, fences and covers still hold"),
                            ("people", "What people nearby say"),
                        ],
                        max_length=12,
                        verbose_name="what to look at",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="in own words")),
                ("looked_at", models.BooleanField(default=False, verbose_name="looked at")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the checklist",
                "verbose_name_plural": "checklist",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "task__in",
                                    [
                                        "access",
                                        "overview",
                                        "sides",
                                        "damage",
                                        "condition",
                                        "threats",
                                        "looting",
                                        "protection",
                                        "people",
                                    ],
                                ),
                                ("text", ""),
                            ),
                            models.Q(("task", ""), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="checklistitem_says_one_thing",
                        violation_error_message="Choose from the list, or write it in your own words.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("task", ""), _negated=True),
                        fields=("inspection", "task"),
                        name="checklistitem_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionStep",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("plan", "Plan"),
                            ("assign", "Assign"),
                            ("reschedule", "Put off or bring forward"),
                            ("record", "Record the result"),
                            ("cancel", "Cancel the inspection"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an inspection",
                "verbose_name_plural": "steps of inspections",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["plan", "assign", "reschedule", "record", "cancel"]),
                            models.Q(
                                models.Q(("step__in", ("reschedule", "cancel")), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="inspectionstep_with_reason",
                        violation_error_message="Give a reason: it is kept with the inspection.",
                    )
                ],
            },
        ),
    ]
