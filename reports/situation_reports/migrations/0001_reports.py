import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
from django.conf import settings
from django.db import migrations, models

import sites.areas
import sites.ids


class Migration(migrations.Migration):
    replaces = [
        ("situation_reports", "0001_initial"),
        ("situation_reports", "0002_weekly_of_areas"),
        ("situation_reports", "0003_back_to_sites"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("sites", "0002_registry"),
    ]

    operations = [
        migrations.CreateModel(
            name="SituationReport",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "area",
                    models.JSONField(
                        blank=True, null=True, validators=[sites.areas.validate_area], verbose_name="area"
                    ),
                ),
                ("period_from", models.DateField(verbose_name="period from")),
                (
                    "period_to",
                    models.DateField(help_text="It tells the state as of this day.", verbose_name="period to"),
                ),
                (
                    "known_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="by what was known at"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Everybody"), ("staff", "Staff: with exact places")],
                        default="public",
                        max_length=10,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic"), ("fr", "French")],
                        max_length=10,
                        verbose_name="language of who asked",
                    ),
                ),
                ("weekly", models.BooleanField(default=False, editable=False, verbose_name="one of the weekly ones")),
                (
                    "area_digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="digest of the area"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("making", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        default=0,
                        editable=False,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="percent done",
                    ),
                ),
                (
                    "doing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reading", "Reading what is known"),
                            ("drawing", "Drawing maps and charts"),
                            ("writing", "Writing it"),
                            ("setting", "Setting the PDF"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="what is being done",
                    ),
                ),
                ("reason", models.TextField(blank=True, editable=False, verbose_name="reason of the failure")),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="tries")),
                ("leased_until", models.DateTimeField(editable=False, null=True, verbose_name="leased until")),
                ("made_at", models.DateTimeField(editable=False, null=True, verbose_name="made")),
                ("told", models.JSONField(default=dict, editable=False, verbose_name="what it tells of")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situation_reports",
                        to="sites.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "situation report",
                "verbose_name_plural": "situation reports",
                "ordering": ["-id"],
                "permissions": [("ask_staff_report", "Can ask for situation reports with exact places")],
                "indexes": [
                    models.Index(fields=["site", "-id"], name="situation_report_of_site"),
                    models.Index(fields=["asked_by", "-id"], name="situation_report_of_person"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "making"])),
                        fields=["leased_until"],
                        name="situation_report_to_make",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("country", ""), ("site__isnull", False)),
                            models.Q(
                                ("area__isnull", True),
                                ("site__isnull", True),
                                models.Q(("country", ""), _negated=True),
                            ),
                            models.Q(("area__isnull", False), ("country", ""), ("site__isnull", True)),
                            _connector="OR",
                        ),
                        name="situation_report_of_one_place",
                        violation_error_message="Choose exactly one: a site, a country or an area.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))),
                        name="situation_report_period_in_order",
                        violation_error_message="The period ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "failed"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="situation_report_failed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True), ("made_at__isnull", False), _connector="OR"
                        ),
                        name="situation_report_ready_with_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("site__isnull", False), ("weekly", True)),
                        fields=("site", "period_to"),
                        name="situation_report_weekly_of_site",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", True), ("site__isnull", True), ("weekly", True)),
                        fields=("country", "period_to"),
                        name="situation_report_weekly_of_country",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", False), ("weekly", True)),
                        fields=("area_digest", "period_to"),
                        name="situation_report_weekly_of_area",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic"), ("fr", "French")],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("filed", models.JSONField(verbose_name="content")),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the content")),
                ("pdf", models.FileField(max_length=200, upload_to="situation-reports/%Y/%m/", verbose_name="PDF")),
                ("pages", models.PositiveSmallIntegerField(default=0, verbose_name="pages")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="situation_reports.situationreport",
                        verbose_name="situation report",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "language"), name="edition_once_per_language")
                ],
            },
        ),
    ]
