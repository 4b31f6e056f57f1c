import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sites.ids


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0003_assessment"),
        ("sites", "0002_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-date_to", "-id"],
            },
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="repeats",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="repeated_by",
                to="conditions.conditionreport",
                verbose_name="repeats the account of",
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incidents",
                to="sites.site",
                verbose_name="site",
            ),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="incident",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="conditions.incident",
                verbose_name="incident",
            ),
        ),
        migrations.AddConstraint(
            model_name="conditionreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("repeats__isnull", True), models.Q(("repeats", models.F("id")), _negated=True), _connector="OR"
                ),
                name="report_not_repeating_itself",
                violation_error_message="A report cannot repeat itself.",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["site", "date_to"], name="incident_of_site"),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_to__gte", models.F("date_from"))),
                name="incident_dates_in_order",
                violation_error_message="The time ends before it begins.",
            ),
        ),
    ]
