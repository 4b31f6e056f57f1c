import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0005_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reportstep",
            name="method",
            field=models.CharField(
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
        migrations.AddField(
            model_name="reportstep",
            name="step",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="reportstep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="reportstep",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="conditions.conditionreport",
                verbose_name="report",
            ),
        ),
    ]
