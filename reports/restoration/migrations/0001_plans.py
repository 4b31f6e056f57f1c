import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import reports.restoration.models.plan
import sites.ids


class Migration(migrations.Migration):
    replaces = [
        ("restoration", "0001_initial"),
        ("restoration", "0002_citation"),
        ("restoration", "0003_priority"),
        ("restoration", "0004_plans_in_full"),
        ("restoration", "0006_settled"),
        ("restoration", "0007_weighting"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("sites", "0002_registry"),
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Donor",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "verbose_name": "donor",
                "verbose_name_plural": "donors",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="donor_name_whatever_its_case",
                        violation_error_message="There is a donor of this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPlan",
            fields=[
                ("date_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("date_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("range", "Between two dates"),
                            ("before", "Some time before"),
                        ],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("date_uncertain", models.BooleanField(default=False, verbose_name="date uncertain")),
                (
                    "source_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the source"),
                ),
                (
                    "source_citation",
                    models.CharField(
                        blank=True,
                        help_text="Title, number, page, or who said it where.",
                        max_length=300,
                        verbose_name="citation",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the source")),
                (
                    "source_archive_url",
                    models.URLField(
                        blank=True,
                        help_text="Where it can still be read when the link is dead.",
                        max_length=500,
                        verbose_name="archived copy",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("definite", "Definite"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("negligible", "Negligible"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                ("id", models.UUIDField(db_index=True, default=sites.ids.uuid7, editable=False)),
                ("part", models.CharField(blank=True, max_length=100, verbose_name="part")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "language",
                    models.CharField(
                        default="en",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                                "Write a language as a BCP 47 tag, such as en, ar or ar-Latn.",
                            )
                        ],
                        verbose_name="language of title and note",
                    ),
                ),
                ("proponent", models.CharField(blank=True, max_length=200, verbose_name="proposed by")),
                ("responsible", models.CharField(blank=True, max_length=200, verbose_name="responsible body")),
                ("partners", models.TextField(blank=True, help_text="One a line.", verbose_name="partners")),
                ("method", models.TextField(blank=True, verbose_name="method")),
                (
                    "charters",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[reports.restoration.models.plan.charters_known],
                        verbose_name="charters",
                    ),
                ),
                ("charter_note", models.TextField(blank=True, verbose_name="what of them the method rests on")),
                ("authenticity_impact", models.TextField(blank=True, verbose_name="impact on authenticity")),
                (
                    "surviving_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In percent.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="share of original material that survives",
                    ),
                ),
                ("documentation", models.TextField(blank=True, verbose_name="documentation that is there")),
                (
                    "feasibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("not_feasible", "Not feasible"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=15,
                        verbose_name="feasibility",
                    ),
                ),
                ("feasibility_reason", models.TextField(blank=True, verbose_name="why")),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("emergency", "Emergency: at once"),
                            ("urgent", "Urgent: 6 to 12 months"),
                            ("high", "High: 1 to 2 years"),
                            ("medium", "Medium: 2 to 5 years"),
                            ("low", "Low: beyond 5 years"),
                        ],
                        max_length=10,
                        verbose_name="how urgent",
                    ),
                ),
                ("urgency_reason", models.TextField(blank=True, verbose_name="why so urgent")),
                (
                    "whc_notified_on",
                    models.DateField(
                        blank=True,
                        help_text="Before any major restoration (Operational Guidelines, paragraph 172).",
                        null=True,
                        verbose_name="World Heritage Centre notified",
                    ),
                ),
                ("contested", models.BooleanField(default=False, verbose_name="contested")),
                (
                    "opposing_view",
                    models.TextField(
                        blank=True, help_text="Whose it is, and what it says.", verbose_name="opposing view"
                    ),
                ),
                ("community_position", models.TextField(blank=True, verbose_name="position of the community")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="entered"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: the whole site, such as its demining.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sites.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical restoration plan",
                "verbose_name_plural": "historical restoration plans",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("date_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("date_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("range", "Between two dates"),
                            ("before", "Some time before"),
                        ],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("date_uncertain", models.BooleanField(default=False, verbose_name="date uncertain")),
                (
                    "source_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the source"),
                ),
                (
                    "source_citation",
                    models.CharField(
                        blank=True,
                        help_text="Title, number, page, or who said it where.",
                        max_length=300,
                        verbose_name="citation",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the source")),
                (
                    "source_archive_url",
                    models.URLField(
                        blank=True,
                        help_text="Where it can still be read when the link is dead.",
                        max_length=500,
                        verbose_name="archived copy",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("definite", "Definite"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("negligible", "Negligible"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("part", models.CharField(blank=True, max_length=100, verbose_name="part")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("emergency_stabilisation", "Emergency stabilisation"),
                            ("documentation", "Documentation"),
                            ("conservation", "Conservation"),
                            ("anastylosis", "Anastylosis"),
                            ("reconstruction", "Reconstruction"),
                            ("presentation_maintenance", "Presentation and maintenance"),
                        ],
                        max_length=30,
                        verbose_name="phase",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("hoped", "Hoped for"),
                            ("proposed", "Proposed"),
                            ("under_study", "Under study"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("funded", "Funded"),
                            ("in_progress", "In progress"),
                            ("completed", "Completed"),
                            ("suspended", "Suspended"),
                            ("rejected", "Rejected"),
                            ("abandoned", "Abandoned"),
                        ],
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "language",
                    models.CharField(
                        default="en",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                                "Write a language as a BCP 47 tag, such as en, ar or ar-Latn.",
                            )
                        ],
                        verbose_name="language of title and note",
                    ),
                ),
                ("proponent", models.CharField(blank=True, max_length=200, verbose_name="proposed by")),
                ("responsible", models.CharField(blank=True, max_length=200, verbose_name="responsible body")),
                ("partners", models.TextField(blank=True, help_text="One a line.", verbose_name="partners")),
                ("method", models.TextField(blank=True, verbose_name="method")),
                (
                    "charters",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[reports.restoration.models.plan.charters_known],
                        verbose_name="charters",
                    ),
                ),
                ("charter_note", models.TextField(blank=True, verbose_name="what of them the method rests on")),
                ("authenticity_impact", models.TextField(blank=True, verbose_name="impact on authenticity")),
                (
                    "surviving_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In percent.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="share of original material that survives",
                    ),
                ),
                ("documentation", models.TextField(blank=True, verbose_name="documentation that is there")),
                (
                    "feasibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("not_feasible", "Not feasible"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=15,
                        verbose_name="feasibility",
                    ),
                ),
                ("feasibility_reason", models.TextField(blank=True, verbose_name="why")),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("emergency", "Emergency: at once"),
                            ("urgent", "Urgent: 6 to 12 months"),
                            ("high", "High: 1 to 2 years"),
                            ("medium", "Medium: 2 to 5 years"),
                            ("low", "Low: beyond 5 years"),
                        ],
                        max_length=10,
                        verbose_name="how urgent",
                    ),
                ),
                ("urgency_reason", models.TextField(blank=True, verbose_name="why so urgent")),
                (
                    "whc_notified_on",
                    models.DateField(
                        blank=True,
                        help_text="Before any major restoration (Operational Guidelines, paragraph 172).",
                        null=True,
                        verbose_name="World Heritage Centre notified",
                    ),
                ),
                ("contested", models.BooleanField(default=False, verbose_name="contested")),
                (
                    "opposing_view",
                    models.TextField(
                        blank=True, help_text="Whose it is, and what it says.", verbose_name="opposing view"
                    ),
                ),
                ("community_position", models.TextField(blank=True, verbose_name="position of the community")),
                ("progress", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="progress")),
                ("planned_from", models.DateField(blank=True, null=True, verbose_name="planned from")),
                ("planned_to", models.DateField(blank=True, null=True, verbose_name="planned until")),
                ("status_on", models.DateField(editable=False, verbose_name="in this status since")),
                ("changed_on", models.DateField(editable=False, verbose_name="last news of")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="entered"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "further_monuments",
                    models.ManyToManyField(
                        blank=True, related_name="further_plans", to="sites.monument", verbose_name="further monuments"
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the whole site, such as its demining.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="sites.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "restoration plan",
                "verbose_name_plural": "restoration plans",
                "ordering": ["date_to", "id"],
                "permissions": [("decide_plan", "Can record that a plan was approved, funded, completed or given up")],
                "indexes": [
                    models.Index(fields=["monument", "date_to"], name="plan_of_monument"),
                    models.Index(fields=["site", "status"], name="plan_of_site"),
                    models.Index(fields=["status", "-status_on", "-id"], name="plan_on_board"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_from__isnull", True), ("date_precision", ""), ("date_to__isnull", True)),
                            models.Q(
                                ("date_from__isnull", True), ("date_precision", "before"), ("date_to__isnull", False)
                            ),
                            models.Q(
                                ("date_from__isnull", False),
                                ("date_precision__in", ["day", "month", "year", "range"]),
                                ("date_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plan_date_whole",
                        violation_error_message="A date needs its first day, its last day and its precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_from__isnull", True), ("date_to__gte", models.F("date_from")), _connector="OR"
                        ),
                        name="plan_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["definite", "high", "medium", "low", "negligible", "not_applicable"])
                        ),
                        name="plan_certainty_known",
                        violation_error_message="This certainty is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "phase__in",
                                [
                                    "emergency_stabilisation",
                                    "documentation",
                                    "conservation",
                                    "anastylosis",
                                    "reconstruction",
                                    "presentation_maintenance",
                                ],
                            ),
                            (
                                "status__in",
                                [
                                    "hoped",
                                    "proposed",
                                    "under_study",
                                    "submitted",
                                    "approved",
                                    "funded",
                                    "in_progress",
                                    "completed",
                                    "suspended",
                                    "rejected",
                                    "abandoned",
                                ],
                            ),
                        ),
                        name="plan_status_known",
                        violation_error_message="This status or phase is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("progress__isnull", True), ("progress__lte", 100), _connector="OR"),
                            models.Q(
                                ("surviving_percent__isnull", True), ("surviving_percent__lte", 100), _connector="OR"
                            ),
                        ),
                        name="plan_percentages",
                        violation_error_message="A share is between 0 and 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_from__isnull", True),
                            ("planned_to__isnull", True),
                            ("planned_to__gte", models.F("planned_from")),
                            _connector="OR",
                        ),
                        name="plan_planned_in_order",
                        violation_error_message="The planned time ends before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorityOverride",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "letter",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A: immediate risk of further loss; no solution agreed"),
                            ("B", "B: immediate risk of further loss; solution agreed, not yet carried out"),
                            ("C", "C: slow decay; no solution agreed"),
                            ("D", "D: slow decay; solution agreed, not yet carried out"),
                            ("E", "E: in fair to good repair, but without a user or threatened by vacancy"),
                            ("F", "F: repair under way"),
                        ],
                        help_text="Empty: back to the one that is suggested.",
                        max_length=1,
                        verbose_name="priority",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="priority_overrides",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a priority",
                "verbose_name_plural": "decisions on priorities",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["monument", "-at"], name="override_of_monument")],
            },
        ),
        migrations.CreateModel(
            name="ProspectStatement",
            fields=[
                ("date_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("date_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("range", "Between two dates"),
                            ("before", "Some time before"),
                        ],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("date_uncertain", models.BooleanField(default=False, verbose_name="date uncertain")),
                (
                    "source_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the source"),
                ),
                (
                    "source_citation",
                    models.CharField(
                        blank=True,
                        help_text="Title, number, page, or who said it where.",
                        max_length=300,
                        verbose_name="citation",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the source")),
                (
                    "source_archive_url",
                    models.URLField(
                        blank=True,
                        help_text="Where it can still be read when the link is dead.",
                        max_length=500,
                        verbose_name="archived copy",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("definite", "Definite"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("negligible", "Negligible"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded"),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="why it was withdrawn"),
                ),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("speaker", models.CharField(max_length=200, verbose_name="who said it")),
                ("office", models.CharField(blank=True, max_length=200, verbose_name="office")),
                ("words", models.TextField(verbose_name="words")),
                (
                    "language",
                    models.CharField(
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                                "Write a language as a BCP 47 tag, such as en, ar or ar-Latn.",
                            )
                        ],
                        verbose_name="language of the words",
                    ),
                ),
                (
                    "quoted",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise this is what the source reports of it.",
                        verbose_name="word for word",
                    ),
                ),
                ("translation", models.TextField(blank=True, verbose_name="translation")),
                (
                    "translation_language",
                    models.CharField(
                        blank=True,
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                                "Write a language as a BCP 47 tag, such as en, ar or ar-Latn.",
                            )
                        ],
                        verbose_name="language of the translation",
                    ),
                ),
                (
                    "supports",
                    models.CharField(
                        choices=[
                            ("lost", "Lost"),
                            ("uncertain", "Uncertain"),
                            ("hopeful", "Hopeful"),
                            ("planned", "Planned"),
                            ("under_way", "Under way"),
                            ("restored_in_part", "Restored in part"),
                            ("restored", "Restored"),
                        ],
                        max_length=20,
                        verbose_name="speaks for",
                    ),
                ),
                (
                    "earlier_of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="restoration.prospectstatement",
                        verbose_name="earlier version of",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prospects",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement on prospects",
                "verbose_name_plural": "statements on prospects",
                "ordering": ["date_to", "id"],
                "indexes": [models.Index(fields=["monument", "date_to"], name="prospect_of_monument")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_from__isnull", True), ("date_precision", ""), ("date_to__isnull", True)),
                            models.Q(
                                ("date_from__isnull", True), ("date_precision", "before"), ("date_to__isnull", False)
                            ),
                            models.Q(
                                ("date_from__isnull", False),
                                ("date_precision__in", ["day", "month", "year", "range"]),
                                ("date_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="prospect_date_whole",
                        violation_error_message="A date needs its first day, its last day and its precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_from__isnull", True), ("date_to__gte", models.F("date_from")), _connector="OR"
                        ),
                        name="prospect_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["definite", "high", "medium", "low", "negligible", "not_applicable"])
                        ),
                        name="prospect_certainty_known",
                        violation_error_message="This certainty is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("earlier_of__isnull", True), ("withdrawal_reason", ""), ("withdrawn_at__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    ("earlier_of__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="prospect_withdrawn_with_reason",
                        violation_error_message="A withdrawal needs its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "supports__in",
                                [
                                    "lost",
                                    "uncertain",
                                    "hopeful",
                                    "planned",
                                    "under_way",
                                    "restored_in_part",
                                    "restored",
                                ],
                            )
                        ),
                        name="prospect_word_known",
                        violation_error_message="This word is not one of the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("translation", ""), ("translation_language", "")),
                            models.Q(
                                models.Q(("translation", ""), _negated=True),
                                models.Q(("translation_language", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="prospect_translation_with_language",
                        violation_error_message="A translation says into which language.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Weighting",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("significance", models.PositiveSmallIntegerField(verbose_name="significance")),
                ("condition", models.PositiveSmallIntegerField(verbose_name="condition")),
                ("risk", models.PositiveSmallIntegerField(verbose_name="risk of loss")),
                ("feasibility", models.PositiveSmallIntegerField(verbose_name="feasibility")),
                ("access", models.PositiveSmallIntegerField(verbose_name="access")),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "weights of the score",
                "verbose_name_plural": "weights of the score",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("significance__gt", 0),
                            ("condition__gt", 0),
                            ("risk__gt", 0),
                            ("feasibility__gt", 0),
                            ("access__gt", 0),
                            _connector="OR",
                        ),
                        name="weighting_weighs_something",
                        violation_error_message="One part at least must weigh something.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded"),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="why it was withdrawn"),
                ),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "language",
                    models.CharField(
                        default="en",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                                "Write a language as a BCP 47 tag, such as en, ar or ar-Latn.",
                            )
                        ],
                        verbose_name="language",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                ("reached_on", models.DateField(blank=True, null=True, verbose_name="reached")),
                (
                    "earlier_of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="restoration.milestone",
                        verbose_name="earlier version of",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("reached_on__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["due_on"],
                        name="milestone_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("earlier_of__isnull", True), ("withdrawal_reason", ""), ("withdrawn_at__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    ("earlier_of__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="milestone_withdrawn_with_reason",
                        violation_error_message="A withdrawal needs its reason.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dependency",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "needs",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needed_by",
                        to="restoration.plan",
                        verbose_name="waits for",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dependencies",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "dependency",
                "verbose_name_plural": "dependencies",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "needs"),
                        name="dependency_once",
                        violation_error_message="The plan waits for this one already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("plan", models.F("needs")), _negated=True),
                        name="dependency_not_on_itself",
                        violation_error_message="A plan cannot wait for itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostEstimate",
            fields=[
                ("date_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("date_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("range", "Between two dates"),
                            ("before", "Some time before"),
                        ],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("date_uncertain", models.BooleanField(default=False, verbose_name="date uncertain")),
                (
                    "source_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the source"),
                ),
                (
                    "source_citation",
                    models.CharField(
                        blank=True,
                        help_text="Title, number, page, or who said it where.",
                        max_length=300,
                        verbose_name="citation",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the source")),
                (
                    "source_archive_url",
                    models.URLField(
                        blank=True,
                        help_text="Where it can still be read when the link is dead.",
                        max_length=500,
                        verbose_name="archived copy",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("definite", "Definite"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("negligible", "Negligible"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded"),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="why it was withdrawn"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}$", "Write a currency as its three letters (ISO 4217), such as USD."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                ("approximate", models.BooleanField(default=False, verbose_name="approximate")),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "price_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="prices of the year"),
                ),
                ("covers", models.CharField(blank=True, max_length=200, verbose_name="what it covers")),
                (
                    "whole",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise say above what it covers.",
                        verbose_name="covers the whole plan",
                    ),
                ),
                (
                    "earlier_of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="restoration.costestimate",
                        verbose_name="earlier version of",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="restoration.costestimate",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "cost estimate",
                "verbose_name_plural": "cost estimates",
                "ordering": ["date_to", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_from__isnull", True), ("date_precision", ""), ("date_to__isnull", True)),
                            models.Q(
                                ("date_from__isnull", True), ("date_precision", "before"), ("date_to__isnull", False)
                            ),
                            models.Q(
                                ("date_from__isnull", False),
                                ("date_precision__in", ["day", "month", "year", "range"]),
                                ("date_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cost_date_whole",
                        violation_error_message="A date needs its first day, its last day and its precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_from__isnull", True), ("date_to__gte", models.F("date_from")), _connector="OR"
                        ),
                        name="cost_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["definite", "high", "medium", "low", "negligible", "not_applicable"])
                        ),
                        name="cost_certainty_known",
                        violation_error_message="This certainty is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("earlier_of__isnull", True), ("withdrawal_reason", ""), ("withdrawn_at__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    ("earlier_of__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="cost_withdrawn_with_reason",
                        violation_error_message="A withdrawal needs its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), models.Q(("currency", ""), _negated=True)),
                        name="cost_amount_with_currency",
                        violation_error_message="Money has an amount of 0 or more and a currency.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whole", True), models.Q(("covers", ""), _negated=True), _connector="OR"),
                        name="cost_of_something",
                        violation_error_message="An estimate of a part says what it covers.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("date_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("date_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("range", "Between two dates"),
                            ("before", "Some time before"),
                        ],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("date_uncertain", models.BooleanField(default=False, verbose_name="date uncertain")),
                (
                    "source_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the source"),
                ),
                (
                    "source_citation",
                    models.CharField(
                        blank=True,
                        help_text="Title, number, page, or who said it where.",
                        max_length=300,
                        verbose_name="citation",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the source")),
                (
                    "source_archive_url",
                    models.URLField(
                        blank=True,
                        help_text="Where it can still be read when the link is dead.",
                        max_length=500,
                        verbose_name="archived copy",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("definite", "Definite"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("negligible", "Negligible"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hoped", "Hoped for"),
                            ("proposed", "Proposed"),
                            ("under_study", "Under study"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("funded", "Funded"),
                            ("in_progress", "In progress"),
                            ("completed", "Completed"),
                            ("suspended", "Suspended"),
                            ("rejected", "Rejected"),
                            ("abandoned", "Abandoned"),
                        ],
                        max_length=15,
                        verbose_name="from status",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("hoped", "Hoped for"),
                            ("proposed", "Proposed"),
                            ("under_study", "Under study"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("funded", "Funded"),
                            ("in_progress", "In progress"),
                            ("completed", "Completed"),
                            ("suspended", "Suspended"),
                            ("rejected", "Rejected"),
                            ("abandoned", "Abandoned"),
                        ],
                        max_length=15,
                        verbose_name="to status",
                    ),
                ),
                (
                    "from_phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("emergency_stabilisation", "Emergency stabilisation"),
                            ("documentation", "Documentation"),
                            ("conservation", "Conservation"),
                            ("anastylosis", "Anastylosis"),
                            ("reconstruction", "Reconstruction"),
                            ("presentation_maintenance", "Presentation and maintenance"),
                        ],
                        max_length=30,
                        verbose_name="from phase",
                    ),
                ),
                (
                    "to_phase",
                    models.CharField(
                        choices=[
                            ("emergency_stabilisation", "Emergency stabilisation"),
                            ("documentation", "Documentation"),
                            ("conservation", "Conservation"),
                            ("anastylosis", "Anastylosis"),
                            ("reconstruction", "Reconstruction"),
                            ("presentation_maintenance", "Presentation and maintenance"),
                        ],
                        max_length=30,
                        verbose_name="to phase",
                    ),
                ),
                (
                    "progress",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In percent.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="progress",
                    ),
                ),
                ("planned_from", models.DateField(blank=True, null=True, verbose_name="planned from")),
                ("planned_to", models.DateField(blank=True, null=True, verbose_name="planned until")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded")),
                ("void", models.BooleanField(default=False, verbose_name="it never happened")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="restoration.planstep",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a plan",
                "verbose_name_plural": "steps of plans",
                "ordering": ["date_to", "recorded_at", "id"],
                "indexes": [models.Index(fields=["plan", "recorded_at"], name="planstep_of_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_from__isnull", True), ("date_precision", ""), ("date_to__isnull", True)),
                            models.Q(
                                ("date_from__isnull", True), ("date_precision", "before"), ("date_to__isnull", False)
                            ),
                            models.Q(
                                ("date_from__isnull", False),
                                ("date_precision__in", ["day", "month", "year", "range"]),
                                ("date_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="planstep_date_whole",
                        violation_error_message="A date needs its first day, its last day and its precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_from__isnull", True), ("date_to__gte", models.F("date_from")), _connector="OR"
                        ),
                        name="planstep_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["definite", "high", "medium", "low", "negligible", "not_applicable"])
                        ),
                        name="planstep_certainty_known",
                        violation_error_message="This certainty is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "to_phase__in",
                                [
                                    "emergency_stabilisation",
                                    "documentation",
                                    "conservation",
                                    "anastylosis",
                                    "reconstruction",
                                    "presentation_maintenance",
                                ],
                            ),
                            (
                                "to_status__in",
                                [
                                    "hoped",
                                    "proposed",
                                    "under_study",
                                    "submitted",
                                    "approved",
                                    "funded",
                                    "in_progress",
                                    "completed",
                                    "suspended",
                                    "rejected",
                                    "abandoned",
                                ],
                            ),
                            models.Q(("progress__isnull", True), ("progress__lte", 100), _connector="OR"),
                        ),
                        name="planstep_known",
                        violation_error_message="This status or phase is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_from__isnull", True),
                            ("planned_to__isnull", True),
                            ("planned_to__gte", models.F("planned_from")),
                            _connector="OR",
                        ),
                        name="planstep_planned_in_order",
                        violation_error_message="The planned time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("void", False), ("corrects__isnull", False), _connector="OR"),
                        name="planstep_void_of_something",
                        violation_error_message="Say which step never happened.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("date_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("date_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "date_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("range", "Between two dates"),
                            ("before", "Some time before"),
                        ],
                        max_length=10,
                        verbose_name="precision of the date",
                    ),
                ),
                ("date_uncertain", models.BooleanField(default=False, verbose_name="date uncertain")),
                (
                    "source_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the source"),
                ),
                (
                    "source_citation",
                    models.CharField(
                        blank=True,
                        help_text="Title, number, page, or who said it where.",
                        max_length=300,
                        verbose_name="citation",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to the source")),
                (
                    "source_archive_url",
                    models.URLField(
                        blank=True,
                        help_text="Where it can still be read when the link is dead.",
                        max_length=500,
                        verbose_name="archived copy",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("definite", "Definite"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("negligible", "Negligible"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded"),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="why it was withdrawn"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}$", "Write a currency as its three letters (ISO 4217), such as USD."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                ("approximate", models.BooleanField(default=False, verbose_name="approximate")),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[("pledged", "Pledged"), ("committed", "Committed"), ("paid", "Paid")],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "donor",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the source does not name them.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="restoration.donor",
                        verbose_name="donor",
                    ),
                ),
                (
                    "earlier_of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="restoration.pledge",
                        verbose_name="earlier version of",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="kept_by",
                        to="restoration.pledge",
                        verbose_name="keeps the pledge",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pledges",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "pledge or payment",
                "verbose_name_plural": "pledges and payments",
                "ordering": ["date_to", "id"],
                "indexes": [models.Index(fields=["donor", "plan"], name="pledge_of_donor")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_from__isnull", True), ("date_precision", ""), ("date_to__isnull", True)),
                            models.Q(
                                ("date_from__isnull", True), ("date_precision", "before"), ("date_to__isnull", False)
                            ),
                            models.Q(
                                ("date_from__isnull", False),
                                ("date_precision__in", ["day", "month", "year", "range"]),
                                ("date_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pledge_date_whole",
                        violation_error_message="A date needs its first day, its last day and its precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_from__isnull", True), ("date_to__gte", models.F("date_from")), _connector="OR"
                        ),
                        name="pledge_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["definite", "high", "medium", "low", "negligible", "not_applicable"])
                        ),
                        name="pledge_certainty_known",
                        violation_error_message="This certainty is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("earlier_of__isnull", True), ("withdrawal_reason", ""), ("withdrawn_at__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    ("earlier_of__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="pledge_withdrawn_with_reason",
                        violation_error_message="A withdrawal needs its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), models.Q(("currency", ""), _negated=True)),
                        name="pledge_amount_with_currency",
                        violation_error_message="Money has an amount of 0 or more and a currency.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["pledged", "committed", "paid"])),
                        name="pledge_stage_known",
                        violation_error_message="This stage is not known.",
                    ),
                ],
            },
        ),
    ]
