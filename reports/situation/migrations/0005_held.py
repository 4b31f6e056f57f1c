from django.db import migrations, models

import sites.boundaries


class Migration(migrations.Migration):
    dependencies = [
        ("situation", "0004_fill"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="situationevent",
            index=models.Index(fields=["site", "kind"], name="situation_of_kind"),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "control",
                            "fighting",
                            "air_strike",
                            "damage_nearby",
                            "looting",
                            "illegal_digging",
                            "natural_disaster",
                            "casualty",
                            "displacement",
                            "access",
                            "hazard",
                            "clearance",
                            "agreement",
                            "mission",
                            "statement",
                            "designation",
                            "development",
                            "other",
                        ],
                    )
                ),
                name="situation_kind_known",
                violation_error_message="This kind of event is not known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "control"),
                        ("to_party__isnull", False),
                        models.Q(
                            ("from_party__isnull", True),
                            models.Q(("from_party", models.F("to_party")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        models.Q(("kind", "control"), _negated=True),
                        ("from_party__isnull", True),
                        ("to_party__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="situation_party_of_control",
                violation_error_message="A change of control says with whom control is, and from another party at most; no other kind does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "displacement"),
                    models.Q(
                        models.Q(("kind", "displacement"), _negated=True),
                        ("population_before__isnull", True),
                        ("population_now__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="situation_people_of_displacement",
                violation_error_message="Only displacement has numbers of people.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "access"), ("access__in", ["open", "restricted", "closed"])),
                    models.Q(models.Q(("kind", "access"), _negated=True), ("access", "")),
                    _connector="OR",
                ),
                name="situation_level_of_access",
                violation_error_message="Say of access whether it is open, restricted or closed; of nothing else.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "hazard"),
                        (
                            "danger__in",
                            ["mines", "unexploded_ordnance", "collapse", "contamination", "armed_people", "other"],
                        ),
                    ),
                    models.Q(models.Q(("kind", "hazard"), _negated=True), ("danger", "")),
                    _connector="OR",
                ),
                name="situation_danger_of_hazard",
                violation_error_message="Say of a hazard what the danger is; of nothing else.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "clearance"),
                        ("clears__isnull", False),
                        ("outcome__in", ["ended", "reduced"]),
                        models.Q(("clears", models.F("id")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "clearance"), _negated=True), ("clears__isnull", True), ("outcome", "")
                    ),
                    _connector="OR",
                ),
                name="situation_hazard_of_clearance",
                violation_error_message="A clearance says which hazard it cleared, and whether it ended; no other kind does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cell_latitude__isnull", True), ("cell_longitude__isnull", True)),
                    models.Q(
                        ("cell_latitude__isnull", False),
                        ("cell_longitude__isnull", False),
                        ("kind__in", ("hazard", "clearance")),
                    ),
                    _connector="OR",
                ),
                name="situation_cell_of_area",
                violation_error_message="Only a hazard or its clearance has an area.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=sites.boundaries.BoundaryIsSound("area"),
                name="situation_area_sound",
                violation_error_message="The area is not a GeoJSON polygon on this earth.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retracted_at__isnull", False), models.Q(("retraction_reason", ""), _negated=True)),
                    models.Q(("retracted_at__isnull", True), ("retraction_reason", "")),
                    _connector="OR",
                ),
                name="situation_retracted_with_reason",
                violation_error_message="A retraction needs its time and its reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supersedes__isnull", True),
                    models.Q(("supersedes", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="situation_not_correcting_itself",
                violation_error_message="An event cannot correct itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retracted_at__isnull", True)),
                fields=("supersedes",),
                name="situation_corrected_once",
                violation_error_message="There is a correction of this event already.",
            ),
        ),
    ]
