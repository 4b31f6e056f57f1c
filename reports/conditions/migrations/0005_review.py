import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sites.ids


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0004_incidents"),
        ("sites", "0002_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfidentialNote",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField(verbose_name="note")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "confidential note",
                "verbose_name_plural": "confidential notes",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "presence",
                "verbose_name_plural": "presences",
            },
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="assigned_to",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="assigned to",
            ),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="cites",
            field=models.ManyToManyField(
                blank=True,
                help_text="A verifier's finding that cites two reports or more takes their place from its day on.",
                related_name="cited_by",
                to="conditions.conditionreport",
                verbose_name="settles the contradiction between",
            ),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="confidential",
            field=models.BooleanField(
                default=False,
                help_text="Only verifiers see it, even when it is published; it counts in no public figure.",
                verbose_name="confidential",
            ),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="embargo_reason",
            field=models.TextField(blank=True, editable=False, verbose_name="reason of the embargo"),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="embargo_until",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="embargo until"),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sites.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="tell_after_embargo",
            field=models.BooleanField(default=False, editable=False, verbose_name="send alerts when the embargo ends"),
        ),
        migrations.AddField(
            model_name="conditionreport",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="confidentialnote",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="confidentialnote",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="confidential_notes",
                to="conditions.conditionreport",
                verbose_name="report",
            ),
        ),
        migrations.AddIndex(
            model_name="conditionreport",
            index=models.Index(
                condition=models.Q(("state", "verified")), fields=["embargo_until"], name="report_under_embargo"
            ),
        ),
        migrations.AddConstraint(
            model_name="conditionreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("embargo_reason", ""), ("embargo_until__isnull", True)),
                    models.Q(("embargo_until__isnull", False), models.Q(("embargo_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="report_embargo_with_reason",
                violation_error_message="An embargo needs its end and its reason.",
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="conditions.conditionreport"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("report", "user"), name="presence_once"),
        ),
    ]
