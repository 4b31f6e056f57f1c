import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import sites.ids


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0001_initial"),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "effect",
                "verbose_name_plural": "effects",
                "ordering": ["id"],
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
            ],
            options={
                "verbose_name": "risk to people",
                "verbose_name_plural": "risks to people",
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="disturbance",
            name="occurred_from",
            field=models.DateField(blank=True, null=True, verbose_name="happened from"),
        ),
        migrations.AddField(
            model_name="disturbance",
            name="occurred_to",
            field=models.DateField(
                blank=True,
                help_text="Only this one: it happened before that day.",
                null=True,
                verbose_name="happened until",
            ),
        ),
        migrations.AddConstraint(
            model_name="disturbance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("occurred_from__isnull", True),
                    models.Q(("occurred_to__gte", models.F("occurred_from")), ("occurred_to__isnull", False)),
                    _connector="OR",
                ),
                name="disturbance_dates_in_order",
                violation_error_message="Give the last day on which it can have happened, not before the first.",
            ),
        ),
        migrations.AddField(
            model_name="effect",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="effects",
                to="conditions.conditionreport",
                verbose_name="report",
            ),
        ),
        migrations.AddField(
            model_name="risktopeople",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="risks",
                to="conditions.conditionreport",
                verbose_name="report",
            ),
        ),
    ]
