import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sites.ids


class Migration(migrations.Migration):
    replaces = [
        ("conditions", "0001_initial"),
        ("conditions", "0002_findings"),
        ("conditions", "0003_assessment"),
        ("conditions", "0004_incidents"),
        ("conditions", "0005_review"),
        ("conditions", "0006_steps"),
        ("conditions", "0007_assessed_on"),
        ("conditions", "0009_pyramid"),
        ("conditions", "0010_status_begun"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("sites", "0002_registry"),
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CellCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("cell", models.BigIntegerField()),
                (
                    "damage_grade",
                    models.CharField(
                        choices=[
                            ("none", "No visible damage"),
                            ("slight", "Slight"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("very_severe", "Very severe"),
                            ("destroyed", "Destroyed"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                ("contested", models.BooleanField()),
                ("number", models.BigIntegerField()),
                ("x", models.BigIntegerField()),
                ("y", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["level", "cell"], name="cellcount_place")],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("explosion_heavy_weaponry", "Explosion/Heavy Weaponry"),
                            ("gunfire_light_weaponry", "Gunfire/Light Weaponry"),
                            ("landmines", "Landmines"),
                            ("demolition_destruction", "Demolition/Destruction"),
                            ("breaking_smashing", "Breaking/Smashing"),
                            ("graffiti", "Graffiti"),
                            ("fire", "Fire"),
                            ("clearance_bulldozing", "Clearance (Bulldozing/Levelling)"),
                            ("clearance_hand", "Clearance (By Hand)"),
                            ("clearance_unclassified", "Clearance (Unclassified)"),
                            ("occupation_use", "Occupation/Continued Use"),
                            ("stationary_vehicle", "Stationary Vehicle"),
                            ("seismic_activity", "Seismic Activity"),
                            ("land_rock_slide", "Land/Rock Slide"),
                            ("temperature_humidity", "Temperature/Humidity Change"),
                            ("vegetation", "Vegetation/Crops/Trees"),
                            ("lack_of_maintenance", "Lack of Maintenance/Management/Legal Measures"),
                            ("conservation", "Conservation"),
                            ("restoration", "Restoration"),
                            ("reconstruction", "Reconstruction"),
                            ("evacuation", "Evacuation of Objects"),
                            ("structural_robbing", "Structural Robbing"),
                            ("theft_unauthorised_removal", "Theft/Unauthorised Removal of Objects"),
                            ("excavation_hand", "Excavation (By Hand)"),
                            ("excavation_machinery", "Excavation (By Machinery)"),
                            ("excavation_unclassified", "Excavation (Unclassified)"),
                            ("tunnelling", "Tunnelling"),
                            ("construction", "Construction"),
                            ("road_track", "Road/Track"),
                            ("dumping", "Dumping"),
                            ("mining_quarrying", "Mining/Quarrying"),
                            ("ploughing", "Ploughing"),
                            ("human_trampling", "Human Movement/Trampling"),
                            ("flooding", "Flooding"),
                            ("inundation", "Inundation"),
                            ("wind_action", "Wind Action"),
                            ("water_action", "Water Action"),
                            ("dissolved_salt", "Dissolved Salt"),
                            ("pollution", "Pollution"),
                            ("maintenance_activities", "Maintenance/Management Activities"),
                            ("none", "No visible/known"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=30,
                        verbose_name="cause",
                    ),
                ),
                ("date_from", models.DateField(verbose_name="from")),
                ("date_to", models.DateField(verbose_name="to")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
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
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="sites.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-date_to", "-id"],
                "indexes": [models.Index(fields=["site", "date_to"], name="incident_of_site")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("date_to__gte", models.F("date_from"))),
                        name="incident_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionReport",
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
                    "part",
                    models.CharField(
                        blank=True,
                        help_text="Such as “portico”; empty: the whole.",
                        max_length=100,
                        verbose_name="part",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("damage", "Damage: something happened"),
                            ("assessment", "Assessment: somebody looked"),
                            ("intervention", "Intervention: works changed the state"),
                            ("threat", "Threat: may happen"),
                            ("situation", "Situation: context"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("date_contested", models.BooleanField(default=False, verbose_name="date contested")),
                ("attribution_contested", models.BooleanField(default=False, verbose_name="attribution contested")),
                (
                    "damage_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No visible damage"),
                            ("slight", "Slight"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("very_severe", "Very severe"),
                            ("destroyed", "Destroyed"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=12,
                        verbose_name="damage grade",
                    ),
                ),
                (
                    "extent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No visible/known"),
                            ("p1_10", "1–10%"),
                            ("p11_30", "11–30%"),
                            ("p31_60", "31–60%"),
                            ("p61_90", "61–90%"),
                            ("p91_100", "91–100%"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                        verbose_name="extent",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "Good"),
                            ("fair", "Fair"),
                            ("poor", "Poor"),
                            ("very_bad", "Very bad"),
                            ("destroyed", "Destroyed"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                        verbose_name="condition",
                    ),
                ),
                (
                    "fabric_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("original", "Original"),
                            ("repaired", "Repaired"),
                            ("restored", "Restored"),
                            ("anastylosis", "Anastylosis"),
                            ("reconstructed_in_part", "Reconstructed in part"),
                            ("reconstructed", "Reconstructed"),
                            ("replica", "Replica"),
                        ],
                        max_length=25,
                        verbose_name="fabric",
                    ),
                ),
                (
                    "suspected",
                    models.BooleanField(
                        default=False,
                        help_text="Signs of damage that cannot be told for sure.",
                        verbose_name="damage suspected",
                    ),
                ),
                (
                    "source_scheme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("eamena", "EAMENA, overall condition state"),
                            ("unosat", "UNITAR-UNOSAT, satellite damage class"),
                            ("ems98", "EMS-98, damage grade of buildings"),
                            ("iccrom", "ICCROM, safety and access"),
                            ("heritage_at_risk", "Heritage at Risk, condition"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="scale of the source",
                    ),
                ),
                (
                    "source_value",
                    models.CharField(blank=True, editable=False, max_length=20, verbose_name="value as given"),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("site_visit", "Site visit"),
                            ("drone", "Drone or aerial photographs"),
                            ("satellite", "Satellite imagery"),
                            ("photographs", "Photographs or film of others"),
                            ("witness", "Interview of a witness"),
                            ("documents", "Documents"),
                        ],
                        max_length=15,
                        verbose_name="method",
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safe", "Safe"),
                            ("restricted", "Restricted"),
                            ("unsafe", "Unsafe"),
                            ("mined", "Mined"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                        verbose_name="access",
                    ),
                ),
                ("recommended_action", models.TextField(blank=True, verbose_name="recommended action")),
                (
                    "recommended_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("emergency", "Emergency actions"),
                            ("conservation", "Conservation, restoration and maintenance"),
                            ("prevention", "Prevention and mitigation"),
                        ],
                        max_length=15,
                        verbose_name="kind of action",
                    ),
                ),
                (
                    "recommended_urgency",
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
                ("narrative", models.TextField(verbose_name="narrative")),
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
                        verbose_name="language of the narrative",
                    ),
                ),
                (
                    "confidential",
                    models.BooleanField(
                        default=False,
                        help_text="Only verifiers see it, even when it is published; it counts in no public figure.",
                        verbose_name="confidential",
                    ),
                ),
                (
                    "embargo_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="embargo until"),
                ),
                ("embargo_reason", models.TextField(blank=True, editable=False, verbose_name="reason of the embargo")),
                (
                    "tell_after_embargo",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="send alerts when the embargo ends"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("verified", "Verified"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "verification_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("site_visit", "Site visit"),
                            ("satellite", "Satellite imagery"),
                            ("photo_geolocated", "Photograph placed on the map"),
                            ("two_sources", "Two independent sources"),
                            ("official_statement", "Official statement"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="verified by",
                    ),
                ),
                (
                    "retraction_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the retraction"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="entered"),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published")),
                ("retracted_at", models.DateTimeField(editable=False, null=True, verbose_name="retracted")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="condition_reports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "cites",
                    models.ManyToManyField(
                        blank=True,
                        help_text="A verifier's finding that cites two reports or more takes their place from its day on.",
                        related_name="cited_by",
                        to="conditions.conditionreport",
                        verbose_name="settles the contradiction between",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="repeated_by",
                        to="conditions.conditionreport",
                        verbose_name="repeats the account of",
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
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="conditions.conditionreport",
                        verbose_name="supersedes",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="conditions.incident",
                        verbose_name="incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "condition report",
                "verbose_name_plural": "condition reports",
                "ordering": ["-date_to", "-id"],
                "permissions": [
                    ("submit_conditionreport", "Can submit condition reports"),
                    ("verify_conditionreport", "Can verify and reject condition reports"),
                    ("publish_conditionreport", "Can publish condition reports"),
                    ("retract_conditionreport", "Can retract condition reports"),
                ],
                "indexes": [
                    models.Index(fields=["monument", "state", "date_to"], name="report_of_monument"),
                    models.Index(
                        condition=models.Q(("state", "published")), fields=["-date_to", "-id"], name="report_newest"
                    ),
                    models.Index(fields=["state", "created_at"], name="report_in_review"),
                    models.Index(
                        condition=models.Q(("state", "verified")),
                        fields=["embargo_until"],
                        name="report_under_embargo",
                    ),
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
                        name="report_date_whole",
                        violation_error_message="A date needs its first day, its last day and its precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_from__isnull", True), ("date_to__gte", models.F("date_from")), _connector="OR"
                        ),
                        name="report_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["definite", "high", "medium", "low", "negligible", "not_applicable"])
                        ),
                        name="report_certainty_known",
                        violation_error_message="This certainty is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_to__isnull", False)),
                        name="report_dated",
                        violation_error_message="Say when this was observed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "damage_grade__in",
                                    ["none", "slight", "moderate", "severe", "very_severe", "destroyed", "unknown"],
                                ),
                                ("kind__in", ("damage", "assessment", "intervention")),
                            ),
                            models.Q(("damage_grade", ""), ("kind__in", ["threat", "situation"])),
                            _connector="OR",
                        ),
                        name="report_graded",
                        violation_error_message="Reports of damage, assessment or intervention need a damage grade (“unknown” is one); threats and situations have none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "submitted", "verified", "published", "superseded", "retracted"])
                        ),
                        name="report_state_known",
                        violation_error_message="This state is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False),
                                ("state__in", ("published", "superseded", "retracted")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("published", "superseded", "retracted")), _negated=True),
                                ("published_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_published_at_when_published",
                        violation_error_message="A report has a time of publication exactly when it was published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retracted_at__isnull", False),
                                ("state", "retracted"),
                                models.Q(("retraction_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "retracted"), _negated=True),
                                ("retracted_at__isnull", True),
                                ("retraction_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="report_retracted_with_reason",
                        violation_error_message="A retraction needs its time and its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes__isnull", True),
                            models.Q(("supersedes", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="report_not_superseding_itself",
                        violation_error_message="A report cannot supersede itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_scheme", ""), ("source_value", "")),
                            models.Q(
                                ("source_scheme__in", ["eamena", "unosat", "ems98", "iccrom", "heritage_at_risk"]),
                                models.Q(("source_value", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_value_of_a_scale",
                        violation_error_message="A value of another scale needs both the scale and the value.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("embargo_reason", ""), ("embargo_until__isnull", True)),
                            models.Q(
                                ("embargo_until__isnull", False), models.Q(("embargo_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="report_embargo_with_reason",
                        violation_error_message="An embargo needs its end and its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeats__isnull", True),
                            models.Q(("repeats", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="report_not_repeating_itself",
                        violation_error_message="A report cannot repeat itself.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "retracted"), _negated=True),
                        fields=("supersedes",),
                        name="report_superseded_once",
                        violation_error_message="There is a correction of this report already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialNote",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField(verbose_name="note")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confidential_notes",
                        to="conditions.conditionreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "confidential note",
                "verbose_name_plural": "confidential notes",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Effect",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("collapse_structural", "Collapse/Structural Damage"),
                            ("cracked_broken_missing", "Cracked/Broken/Missing Parts"),
                            ("burning", "Burning"),
                            ("surface_loss", "Surface Loss"),
                            ("structural_alteration", "Structural Alteration"),
                            ("loss_of_material", "Loss/Removal of Archaeological Material"),
                            ("artefact_displacement", "Artefact Displacement"),
                            ("relocation", "Relocation of Archaeological Features"),
                            ("earth_displacement", "Earth Displacement"),
                            ("alteration_of_terrain", "Alteration of Terrain"),
                            ("covered", "Covered"),
                            ("compacting", "Compacting"),
                            ("erosion", "Erosion/Deterioration"),
                            ("lack_of_adhesion", "Lack of Adhesion"),
                            ("lack_of_cohesion", "Lack of Cohesion"),
                            ("chemical_leaching", "Chemical Leaching"),
                            ("water_damage", "Water Damage"),
                            ("visual_impact", "Visual Impact"),
                            ("access_restriction", "Access Restriction"),
                            ("loss_of_intangible", "Loss of Intangible Heritage"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=30,
                        verbose_name="effect",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("explosion_heavy_weaponry", "Explosion/Heavy Weaponry"),
                            ("gunfire_light_weaponry", "Gunfire/Light Weaponry"),
                            ("landmines", "Landmines"),
                            ("demolition_destruction", "Demolition/Destruction"),
                            ("breaking_smashing", "Breaking/Smashing"),
                            ("graffiti", "Graffiti"),
                            ("fire", "Fire"),
                            ("clearance_bulldozing", "Clearance (Bulldozing/Levelling)"),
                            ("clearance_hand", "Clearance (By Hand)"),
                            ("clearance_unclassified", "Clearance (Unclassified)"),
                            ("occupation_use", "Occupation/Continued Use"),
                            ("stationary_vehicle", "Stationary Vehicle"),
                            ("seismic_activity", "Seismic Activity"),
                            ("land_rock_slide", "Land/Rock Slide"),
                            ("temperature_humidity", "Temperature/Humidity Change"),
                            ("vegetation", "Vegetation/Crops/Trees"),
                            ("lack_of_maintenance", "Lack of Maintenance/Management/Legal Measures"),
                            ("conservation", "Conservation"),
                            ("restoration", "Restoration"),
                            ("reconstruction", "Reconstruction"),
                            ("evacuation", "Evacuation of Objects"),
                            ("structural_robbing", "Structural Robbing"),
                            ("theft_unauthorised_removal", "Theft/Unauthorised Removal of Objects"),
                            ("excavation_hand", "Excavation (By Hand)"),
                            ("excavation_machinery", "Excavation (By Machinery)"),
                            ("excavation_unclassified", "Excavation (Unclassified)"),
                            ("tunnelling", "Tunnelling"),
                            ("construction", "Construction"),
                            ("road_track", "Road/Track"),
                            ("dumping", "Dumping"),
                            ("mining_quarrying", "Mining/Quarrying"),
                            ("ploughing", "Ploughing"),
                            ("human_trampling", "Human Movement/Trampling"),
                            ("flooding", "Flooding"),
                            ("inundation", "Inundation"),
                            ("wind_action", "Wind Action"),
                            ("water_action", "Water Action"),
                            ("dissolved_salt", "Dissolved Salt"),
                            ("pollution", "Pollution"),
                            ("maintenance_activities", "Maintenance/Management Activities"),
                            ("none", "No visible/known"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=30,
                        verbose_name="by which cause",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effects",
                        to="conditions.conditionreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "effect",
                "verbose_name_plural": "effects",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="MonumentStatus",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(null=True, verbose_name="until")),
                (
                    "damage_grade",
                    models.CharField(
                        choices=[
                            ("none", "No visible damage"),
                            ("slight", "Slight"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("very_severe", "Very severe"),
                            ("destroyed", "Destroyed"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=12,
                        verbose_name="damage grade",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("fair", "Fair"),
                            ("poor", "Poor"),
                            ("very_bad", "Very bad"),
                            ("destroyed", "Destroyed"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                        verbose_name="condition",
                    ),
                ),
                (
                    "fabric_status",
                    models.CharField(
                        choices=[
                            ("original", "Original"),
                            ("repaired", "Repaired"),
                            ("restored", "Restored"),
                            ("anastylosis", "Anastylosis"),
                            ("reconstructed_in_part", "Reconstructed in part"),
                            ("reconstructed", "Reconstructed"),
                            ("replica", "Replica"),
                        ],
                        max_length=25,
                        verbose_name="fabric",
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
                ("observed_from", models.DateField(null=True, verbose_name="observed from")),
                ("observed_on", models.DateField(null=True, verbose_name="observed")),
                (
                    "observed_precision",
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
                        verbose_name="precision",
                    ),
                ),
                ("assessed_on", models.DateField(null=True, verbose_name="last assessed")),
                ("contested", models.BooleanField(verbose_name="contested")),
                ("suspected", models.BooleanField(verbose_name="damage suspected")),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conditions.conditionreport",
                        verbose_name="report that counts",
                    ),
                ),
                (
                    "rival",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conditions.conditionreport",
                        verbose_name="report that contradicts",
                    ),
                ),
            ],
            options={
                "verbose_name": "status",
                "verbose_name_plural": "statuses",
                "ordering": ["monument", "valid_from"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=["damage_grade", "monument"],
                        name="status_now",
                    ),
                    models.Index(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=["assessed_on", "monument"],
                        name="status_stale",
                    ),
                    models.Index(fields=["-valid_from", "-id"], name="status_begun"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("monument", "valid_from"), name="status_one_per_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)), fields=("monument",), name="status_one_current"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="status_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contested", True), ("rival__isnull", False)),
                            models.Q(("contested", False), ("rival__isnull", True)),
                            _connector="OR",
                        ),
                        name="status_contested_by_a_rival",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="conditions.conditionreport",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "presence",
                "verbose_name_plural": "presences",
                "constraints": [models.UniqueConstraint(fields=("report", "user"), name="presence_once")],
            },
        ),
        migrations.CreateModel(
            name="ReportStep",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submit", "Submit"),
                            ("reject", "Reject"),
                            ("verify", "Verify"),
                            ("embargo", "Put under embargo"),
                            ("publish", "Publish"),
                            ("retract", "Retract"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("verified", "Verified"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("retracted", "Retracted"),
                        ],
                        max_length=10,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("verified", "Verified"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("retracted", "Retracted"),
                        ],
                        max_length=10,
                        verbose_name="to",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("site_visit", "Site visit"),
                            ("satellite", "Satellite imagery"),
                            ("photo_geolocated", "Photograph placed on the map"),
                            ("two_sources", "Two independent sources"),
                            ("official_statement", "Official statement"),
                        ],
                        max_length=20,
                        verbose_name="verified by",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="conditions.conditionreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RiskToPeople",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "danger",
                    models.CharField(
                        choices=[
                            ("mines", "Mines"),
                            ("unexploded_ordnance", "Unexploded ordnance"),
                            ("collapse", "Collapse"),
                            ("contamination", "Contamination"),
                            ("armed_people", "Fighting or armed people"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="danger",
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
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risks",
                        to="conditions.conditionreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk to people",
                "verbose_name_plural": "risks to people",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Threat",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("agricultural_pastoral", "Agricultural/Pastoral"),
                            ("archaeological", "Archaeological"),
                            ("building_development", "Building and Development"),
                            ("defensive", "Defensive/Fortification"),
                            ("domestic_use", "Domestic Use"),
                            ("funerary_memorial", "Funerary/Memorial"),
                            ("hunting_fishing", "Hunting/Fishing"),
                            ("hydraulic_use", "Hydraulic Use"),
                            ("industrial_productive", "Industrial/Productive"),
                            ("infrastructure_transport", "Infrastructure/Transport"),
                            ("looting_illegal", "Looting/Illegal Activities"),
                            ("management_institutional", "Management and Institutional Factors"),
                            ("maritime", "Maritime"),
                            ("military_armed_conflict", "Military/Armed Conflict"),
                            ("natural", "Natural"),
                            ("public_institutional", "Public/Institutional Use"),
                            ("religious", "Religious Activities"),
                            ("social_cultural", "Social/Cultural Uses of Heritage"),
                            ("status_display", "Status/Display/Monumental"),
                            ("tourism", "Tourism/Visitor Activities"),
                            ("trade_commercial", "Trade/Commercial Use"),
                            ("utilities", "Utilities"),
                            ("vandalism", "Vandalism"),
                            ("unknown", "Unknown"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=30,
                        verbose_name="category",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("explosion_heavy_weaponry", "Explosion/Heavy Weaponry"),
                            ("gunfire_light_weaponry", "Gunfire/Light Weaponry"),
                            ("landmines", "Landmines"),
                            ("demolition_destruction", "Demolition/Destruction"),
                            ("breaking_smashing", "Breaking/Smashing"),
                            ("graffiti", "Graffiti"),
                            ("fire", "Fire"),
                            ("clearance_bulldozing", "Clearance (Bulldozing/Levelling)"),
                            ("clearance_hand", "Clearance (By Hand)"),
                            ("clearance_unclassified", "Clearance (Unclassified)"),
                            ("occupation_use", "Occupation/Continued Use"),
                            ("stationary_vehicle", "Stationary Vehicle"),
                            ("seismic_activity", "Seismic Activity"),
                            ("land_rock_slide", "Land/Rock Slide"),
                            ("temperature_humidity", "Temperature/Humidity Change"),
                            ("vegetation", "Vegetation/Crops/Trees"),
                            ("lack_of_maintenance", "Lack of Maintenance/Management/Legal Measures"),
                            ("conservation", "Conservation"),
                            ("restoration", "Restoration"),
                            ("reconstruction", "Reconstruction"),
                            ("evacuation", "Evacuation of Objects"),
                            ("structural_robbing", "Structural Robbing"),
                            ("theft_unauthorised_removal", "Theft/Unauthorised Removal of Objects"),
                            ("excavation_hand", "Excavation (By Hand)"),
                            ("excavation_machinery", "Excavation (By Machinery)"),
                            ("excavation_unclassified", "Excavation (Unclassified)"),
                            ("tunnelling", "Tunnelling"),
                            ("construction", "Construction"),
                            ("road_track", "Road/Track"),
                            ("dumping", "Dumping"),
                            ("mining_quarrying", "Mining/Quarrying"),
                            ("ploughing", "Ploughing"),
                            ("human_trampling", "Human Movement/Trampling"),
                            ("flooding", "Flooding"),
                            ("inundation", "Inundation"),
                            ("wind_action", "Wind Action"),
                            ("water_action", "Water Action"),
                            ("dissolved_salt", "Dissolved Salt"),
                            ("pollution", "Pollution"),
                            ("maintenance_activities", "Maintenance/Management Activities"),
                            ("none", "No visible/known"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=30,
                        verbose_name="cause",
                    ),
                ),
                (
                    "probability",
                    models.CharField(
                        choices=[
                            ("planned", "Planned: an intended action is known"),
                            ("probable", "Probable: considerable reason"),
                            ("possible", "Possible: limited reason"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=20,
                        verbose_name="probability",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threats",
                        to="conditions.conditionreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "threat",
                "verbose_name_plural": "threats",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Disturbance",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("agricultural_pastoral", "Agricultural/Pastoral"),
                            ("archaeological", "Archaeological"),
                            ("building_development", "Building and Development"),
                            ("defensive", "Defensive/Fortification"),
                            ("domestic_use", "Domestic Use"),
                            ("funerary_memorial", "Funerary/Memorial"),
                            ("hunting_fishing", "Hunting/Fishing"),
                            ("hydraulic_use", "Hydraulic Use"),
                            ("industrial_productive", "Industrial/Productive"),
                            ("infrastructure_transport", "Infrastructure/Transport"),
                            ("looting_illegal", "Looting/Illegal Activities"),
                            ("management_institutional", "Management and Institutional Factors"),
                            ("maritime", "Maritime"),
                            ("military_armed_conflict", "Military/Armed Conflict"),
                            ("natural", "Natural"),
                            ("public_institutional", "Public/Institutional Use"),
                            ("religious", "Religious Activities"),
                            ("social_cultural", "Social/Cultural Uses of Heritage"),
                            ("status_display", "Status/Display/Monumental"),
                            ("tourism", "Tourism/Visitor Activities"),
                            ("trade_commercial", "Trade/Commercial Use"),
                            ("utilities", "Utilities"),
                            ("vandalism", "Vandalism"),
                            ("unknown", "Unknown"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=30,
                        verbose_name="category",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("explosion_heavy_weaponry", "Explosion/Heavy Weaponry"),
                            ("gunfire_light_weaponry", "Gunfire/Light Weaponry"),
                            ("landmines", "Landmines"),
                            ("demolition_destruction", "Demolition/Destruction"),
                            ("breaking_smashing", "Breaking/Smashing"),
                            ("graffiti", "Graffiti"),
                            ("fire", "Fire"),
                            ("clearance_bulldozing", "Clearance (Bulldozing/Levelling)"),
                            ("clearance_hand", "Clearance (By Hand)"),
                            ("clearance_unclassified", "Clearance (Unclassified)"),
                            ("occupation_use", "Occupation/Continued Use"),
                            ("stationary_vehicle", "Stationary Vehicle"),
                            ("seismic_activity", "Seismic Activity"),
                            ("land_rock_slide", "Land/Rock Slide"),
                            ("temperature_humidity", "Temperature/Humidity Change"),
                            ("vegetation", "Vegetation/Crops/Trees"),
                            ("lack_of_maintenance", "Lack of Maintenance/Management/Legal Measures"),
                            ("conservation", "Conservation"),
                            ("restoration", "Restoration"),
                            ("reconstruction", "Reconstruction"),
                            ("evacuation", "Evacuation of Objects"),
                            ("structural_robbing", "Structural Robbing"),
                            ("theft_unauthorised_removal", "Theft/Unauthorised Removal of Objects"),
                            ("excavation_hand", "Excavation (By Hand)"),
                            ("excavation_machinery", "Excavation (By Machinery)"),
                            ("excavation_unclassified", "Excavation (Unclassified)"),
                            ("tunnelling", "Tunnelling"),
                            ("construction", "Construction"),
                            ("road_track", "Road/Track"),
                            ("dumping", "Dumping"),
                            ("mining_quarrying", "Mining/Quarrying"),
                            ("ploughing", "Ploughing"),
                            ("human_trampling", "Human Movement/Trampling"),
                            ("flooding", "Flooding"),
                            ("inundation", "Inundation"),
                            ("wind_action", "Wind Action"),
                            ("water_action", "Water Action"),
                            ("dissolved_salt", "Dissolved Salt"),
                            ("pollution", "Pollution"),
                            ("maintenance_activities", "Maintenance/Management Activities"),
                            ("none", "No visible/known"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=30,
                        verbose_name="cause",
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
                        verbose_name="certainty of the cause",
                    ),
                ),
                ("occurred_from", models.DateField(blank=True, null=True, verbose_name="happened from")),
                (
                    "occurred_to",
                    models.DateField(
                        blank=True,
                        help_text="Only this one: it happened before that day.",
                        null=True,
                        verbose_name="happened until",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disturbances",
                        to="conditions.conditionreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "cause of damage",
                "verbose_name_plural": "causes of damage",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occurred_from__isnull", True),
                            models.Q(("occurred_to__gte", models.F("occurred_from")), ("occurred_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="disturbance_dates_in_order",
                        violation_error_message="Give the last day on which it can have happened, not before the first.",
                    )
                ],
            },
        ),
    ]
