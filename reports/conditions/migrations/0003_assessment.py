from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0002_findings"),
    ]

    operations = [
        migrations.AddField(
            model_name="conditionreport",
            name="access",
            field=models.CharField(
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
        migrations.AddField(
            model_name="conditionreport",
            name="method",
            field=models.CharField(
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
        migrations.AddField(
            model_name="conditionreport",
            name="recommended_action",
            field=models.TextField(blank=True, verbose_name="recommended action"),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="recommended_group",
            field=models.CharField(
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
        migrations.AddField(
            model_name="conditionreport",
            name="recommended_urgency",
            field=models.CharField(
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
        migrations.AddField(
            model_name="conditionreport",
            name="source_archive_url",
            field=models.URLField(
                blank=True,
                help_text="Where it can still be read when the link is dead.",
                max_length=500,
                verbose_name="archived copy",
            ),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="source_citation",
            field=models.CharField(
                blank=True,
                help_text="Title, number, page, or who said it where.",
                max_length=300,
                verbose_name="citation",
            ),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="source_scheme",
            field=models.CharField(
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
        migrations.AddField(
            model_name="conditionreport",
            name="source_value",
            field=models.CharField(blank=True, editable=False, max_length=20, verbose_name="value as given"),
        ),
        migrations.AddConstraint(
            model_name="conditionreport",
            constraint=models.CheckConstraint(
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
        ),
    ]
