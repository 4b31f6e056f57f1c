import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.utils.timezone
import django_countries.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import sites.boundaries
import sites.cells
import sites.folding
import sites.geometry
import sites.ids


class Migration(migrations.Migration):
    replaces = [
        ("sites", "0001_initial"),
        ("sites", "0002_people"),
        ("sites", "0003_public_cell"),
        ("sites", "0004_original_shown"),
        ("sites", "0006_names_folded"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("sites", "0001_cells"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                (
                    "silo",
                    models.BooleanField(
                        default=False,
                        help_text="People of other organisations see of it only what is published, and no names.",
                        verbose_name="keeps its work to itself",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSite",
            fields=[
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; east is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; north is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "accuracy_m",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How far off the point may be.",
                        null=True,
                        verbose_name="accuracy in metres",
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("public", "Public: the exact place"),
                            ("generalised", "Generalised: the centre of a grid cell"),
                            ("hidden", "Hidden: no place at all"),
                        ],
                        default="public",
                        max_length=12,
                        verbose_name="sensitivity",
                    ),
                ),
                (
                    "cells_per_degree",
                    models.PositiveSmallIntegerField(
                        choices=[(100, "0.01° (about 1 km)"), (10, "0.1° (about 10 km)")],
                        default=100,
                        verbose_name="grid for the public",
                    ),
                ),
                (
                    "boundary",
                    models.JSONField(
                        blank=True,
                        help_text="GeoJSON polygon.",
                        null=True,
                        validators=[sites.geometry.validate_boundary],
                        verbose_name="boundary",
                    ),
                ),
                ("id", models.UUIDField(db_index=True, default=sites.ids.uuid7, editable=False)),
                ("slug", models.SlugField(max_length=100, verbose_name="short name in addresses")),
                ("country", django_countries.fields.CountryField(db_index=True, max_length=2, verbose_name="country")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "links",
                    models.JSONField(
                        blank=True, default=dict, help_text="Label and address of each.", verbose_name="links"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="entered")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            ],
            options={
                "verbose_name": "historical site",
                "verbose_name_plural": "historical sites",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; east is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; north is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "accuracy_m",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How far off the point may be.",
                        null=True,
                        verbose_name="accuracy in metres",
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("public", "Public: the exact place"),
                            ("generalised", "Generalised: the centre of a grid cell"),
                            ("hidden", "Hidden: no place at all"),
                        ],
                        default="public",
                        max_length=12,
                        verbose_name="sensitivity",
                    ),
                ),
                (
                    "cells_per_degree",
                    models.PositiveSmallIntegerField(
                        choices=[(100, "0.01° (about 1 km)"), (10, "0.1° (about 10 km)")],
                        default=100,
                        verbose_name="grid for the public",
                    ),
                ),
                (
                    "public_longitude",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(sensitivity="public", then=models.F("longitude")),
                            models.When(
                                sensitivity="generalised",
                                then=django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.math.Round(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("longitude"), "*", models.F("cells_per_degree")
                                        )
                                    ),
                                    "/",
                                    models.F("cells_per_degree"),
                                ),
                            ),
                            default=models.Value(None),
                            output_field=models.FloatField(),
                        ),
                        output_field=models.FloatField(null=True),
                    ),
                ),
                (
                    "public_latitude",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(sensitivity="public", then=models.F("latitude")),
                            models.When(
                                sensitivity="generalised",
                                then=django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.math.Round(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("latitude"), "*", models.F("cells_per_degree")
                                        )
                                    ),
                                    "/",
                                    models.F("cells_per_degree"),
                                ),
                            ),
                            default=models.Value(None),
                            output_field=models.FloatField(),
                        ),
                        output_field=models.FloatField(null=True),
                    ),
                ),
                (
                    "boundary",
                    models.JSONField(
                        blank=True,
                        help_text="GeoJSON polygon.",
                        null=True,
                        validators=[sites.geometry.validate_boundary],
                        verbose_name="boundary",
                    ),
                ),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="short name in addresses")),
                ("country", django_countries.fields.CountryField(db_index=True, max_length=2, verbose_name="country")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "links",
                    models.JSONField(
                        blank=True, default=dict, help_text="Label and address of each.", verbose_name="links"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
            ],
            options={
                "verbose_name": "site",
                "verbose_name_plural": "sites",
                "ordering": ["slug"],
                "permissions": [("view_exact_place", "Can see exact places of sensitive sites and monuments")],
                "indexes": [models.Index(fields=["public_longitude", "public_latitude"], name="site_public_cell")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="site_point_whole",
                        violation_error_message="A point needs both longitude and latitude.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("longitude__isnull", True),
                            models.Q(("longitude__gte", -180), ("longitude__lte", 180)),
                            _connector="OR",
                        ),
                        name="site_longitude_in_range",
                        violation_error_message="Longitude is between -180 and 180.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude__isnull", True),
                            models.Q(("latitude__gte", -90), ("latitude__lte", 90)),
                            _connector="OR",
                        ),
                        name="site_latitude_in_range",
                        violation_error_message="Latitude is between -90 and 90.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cells_per_degree__in", [10, 100])),
                        name="site_grid_known",
                        violation_error_message="The grid for the public is 0.01° or 0.1°.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sensitivity__in", ["public", "generalised", "hidden"])),
                        name="site_sensitivity_known",
                        violation_error_message="This sensitivity is not known.",
                    ),
                    models.CheckConstraint(
                        condition=sites.boundaries.BoundaryIsSound("boundary"),
                        name="site_boundary_sound",
                        violation_error_message="The boundary is not a GeoJSON polygon on this earth.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("exact_place", "Exact place"),
                            ("contact", "Contact data"),
                            ("note", "Confidential note"),
                            ("original", "Original of evidence"),
                        ],
                        max_length=15,
                        verbose_name="what",
                    ),
                ),
                ("of", models.UUIDField(verbose_name="of")),
                ("where", models.CharField(max_length=200, verbose_name="where it was shown")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "disclosure",
                "verbose_name_plural": "disclosures",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["of", "at"], name="disclosure_of")],
            },
        ),
        migrations.CreateModel(
            name="Monument",
            fields=[
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; east is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; north is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "accuracy_m",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How far off the point may be.",
                        null=True,
                        verbose_name="accuracy in metres",
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("public", "Public: the exact place"),
                            ("generalised", "Generalised: the centre of a grid cell"),
                            ("hidden", "Hidden: no place at all"),
                        ],
                        default="public",
                        max_length=12,
                        verbose_name="sensitivity",
                    ),
                ),
                (
                    "cells_per_degree",
                    models.PositiveSmallIntegerField(
                        choices=[(100, "0.01° (about 1 km)"), (10, "0.1° (about 10 km)")],
                        default=100,
                        verbose_name="grid for the public",
                    ),
                ),
                (
                    "public_longitude",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(sensitivity="public", then=models.F("longitude")),
                            models.When(
                                sensitivity="generalised",
                                then=django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.math.Round(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("longitude"), "*", models.F("cells_per_degree")
                                        )
                                    ),
                                    "/",
                                    models.F("cells_per_degree"),
                                ),
                            ),
                            default=models.Value(None),
                            output_field=models.FloatField(),
                        ),
                        output_field=models.FloatField(null=True),
                    ),
                ),
                (
                    "public_latitude",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(sensitivity="public", then=models.F("latitude")),
                            models.When(
                                sensitivity="generalised",
                                then=django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.math.Round(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("latitude"), "*", models.F("cells_per_degree")
                                        )
                                    ),
                                    "/",
                                    models.F("cells_per_degree"),
                                ),
                            ),
                            default=models.Value(None),
                            output_field=models.FloatField(),
                        ),
                        output_field=models.FloatField(null=True),
                    ),
                ),
                (
                    "boundary",
                    models.JSONField(
                        blank=True,
                        help_text="GeoJSON polygon.",
                        null=True,
                        validators=[sites.geometry.validate_boundary],
                        verbose_name="boundary",
                    ),
                ),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="short name in addresses")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("temple", "Temple"),
                            ("monumental_arch", "Monumental arch"),
                            ("tetrapylon", "Tetrapylon"),
                            ("colonnaded_street", "Colonnaded street"),
                            ("theatre", "Theatre"),
                            ("necropolis", "Necropolis"),
                            ("tower_tomb", "Tower tomb"),
                            ("hypogeum", "Hypogeum"),
                            ("mausoleum", "Mausoleum"),
                            ("military_camp", "Military camp"),
                            ("agora", "Agora"),
                            ("baths", "Baths"),
                            ("castle", "Castle"),
                            ("palace", "Palace"),
                            ("ziggurat", "Ziggurat"),
                            ("mosque", "Mosque"),
                            ("cathedral", "Cathedral"),
                            ("church", "Church"),
                            ("synagogue", "Synagogue"),
                            ("market", "Market"),
                            ("historic_quarter", "Historic quarter"),
                            ("museum", "Museum"),
                            ("statue", "Statue"),
                            ("spring", "Spring"),
                            ("archaeological_remains", "Archaeological remains"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                        verbose_name="type",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prehistoric", "Prehistoric"),
                            ("bronze_age", "Bronze Age"),
                            ("iron_age", "Iron Age"),
                            ("late_hellenistic", "Late Hellenistic"),
                            ("hellenistic_roman", "Hellenistic-Roman"),
                            ("roman", "Roman"),
                            ("late_roman", "Late Roman"),
                            ("byzantine", "Byzantine"),
                            ("early_islamic", "Early Islamic"),
                            ("medieval", "Medieval"),
                            ("mamluk_ottoman", "Mamluk-Ottoman"),
                            ("ottoman", "Ottoman"),
                            ("modern", "Modern"),
                            ("multi_period", "Multi-period"),
                        ],
                        max_length=30,
                        verbose_name="period",
                    ),
                ),
                ("dating", models.CharField(blank=True, max_length=300, verbose_name="dating")),
                ("movable", models.BooleanField(default=False, verbose_name="movable")),
                ("current_place", models.CharField(blank=True, max_length=200, verbose_name="kept at")),
                (
                    "scope_note",
                    models.TextField(
                        blank=True,
                        help_text="Which part carries the monument's significance.",
                        verbose_name="what the grade describes",
                    ),
                ),
                (
                    "cell",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.cells.CellOf("longitude", "latitude"),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                (
                    "public_cell",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.cells.CellOf(
                            models.Case(
                                models.When(sensitivity="public", then=models.F("longitude")),
                                models.When(
                                    sensitivity="generalised",
                                    then=django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.math.Round(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("longitude"), "*", models.F("cells_per_degree")
                                            )
                                        ),
                                        "/",
                                        models.F("cells_per_degree"),
                                    ),
                                ),
                                default=models.Value(None),
                                output_field=models.FloatField(),
                            ),
                            models.Case(
                                models.When(sensitivity="public", then=models.F("latitude")),
                                models.When(
                                    sensitivity="generalised",
                                    then=django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.math.Round(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("latitude"), "*", models.F("cells_per_degree")
                                            )
                                        ),
                                        "/",
                                        models.F("cells_per_degree"),
                                    ),
                                ),
                                default=models.Value(None),
                                output_field=models.FloatField(),
                            ),
                        ),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="sites.monument",
                        verbose_name="part of",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monuments",
                        to="sites.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "monument",
                "verbose_name_plural": "monuments",
                "ordering": ["slug"],
                "indexes": [
                    models.Index(fields=["public_longitude", "public_latitude"], name="monument_public_cell"),
                    models.Index(fields=["public_cell"], name="monument_cell_seen"),
                    models.Index(
                        condition=models.Q(("sensitivity", "public"), _negated=True),
                        fields=["cell"],
                        name="monument_cell_exact",
                    ),
                    models.Index(
                        condition=models.Q(("sensitivity", "generalised")),
                        fields=["public_cell"],
                        name="monument_cell_generalised",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="monument_point_whole",
                        violation_error_message="A point needs both longitude and latitude.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("longitude__isnull", True),
                            models.Q(("longitude__gte", -180), ("longitude__lte", 180)),
                            _connector="OR",
                        ),
                        name="monument_longitude_in_range",
                        violation_error_message="Longitude is between -180 and 180.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude__isnull", True),
                            models.Q(("latitude__gte", -90), ("latitude__lte", 90)),
                            _connector="OR",
                        ),
                        name="monument_latitude_in_range",
                        violation_error_message="Latitude is between -90 and 90.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cells_per_degree__in", [10, 100])),
                        name="monument_grid_known",
                        violation_error_message="The grid for the public is 0.01° or 0.1°.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sensitivity__in", ["public", "generalised", "hidden"])),
                        name="monument_sensitivity_known",
                        violation_error_message="This sensitivity is not known.",
                    ),
                    models.CheckConstraint(
                        condition=sites.boundaries.BoundaryIsSound("boundary"),
                        name="monument_boundary_sound",
                        violation_error_message="The boundary is not a GeoJSON polygon on this earth.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="monument_not_part_of_itself",
                        violation_error_message="A monument cannot be a part of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sites.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country", ""), ("site__isnull", False)),
                            models.Q(("site__isnull", True), models.Q(("country", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="responsibility_for_one_thing",
                        violation_error_message="Choose a country or a site, not both.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("country", ""), _negated=True),
                        fields=("user", "country"),
                        name="responsibility_country_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("site__isnull", False)),
                        fields=("user", "site"),
                        name="responsibility_site_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMonument",
            fields=[
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; east is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        help_text="WGS84, decimal degrees; north is positive.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "accuracy_m",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How far off the point may be.",
                        null=True,
                        verbose_name="accuracy in metres",
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("public", "Public: the exact place"),
                            ("generalised", "Generalised: the centre of a grid cell"),
                            ("hidden", "Hidden: no place at all"),
                        ],
                        default="public",
                        max_length=12,
                        verbose_name="sensitivity",
                    ),
                ),
                (
                    "cells_per_degree",
                    models.PositiveSmallIntegerField(
                        choices=[(100, "0.01° (about 1 km)"), (10, "0.1° (about 10 km)")],
                        default=100,
                        verbose_name="grid for the public",
                    ),
                ),
                (
                    "boundary",
                    models.JSONField(
                        blank=True,
                        help_text="GeoJSON polygon.",
                        null=True,
                        validators=[sites.geometry.validate_boundary],
                        verbose_name="boundary",
                    ),
                ),
                ("id", models.UUIDField(db_index=True, default=sites.ids.uuid7, editable=False)),
                ("slug", models.SlugField(max_length=100, verbose_name="short name in addresses")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("temple", "Temple"),
                            ("monumental_arch", "Monumental arch"),
                            ("tetrapylon", "Tetrapylon"),
                            ("colonnaded_street", "Colonnaded street"),
                            ("theatre", "Theatre"),
                            ("necropolis", "Necropolis"),
                            ("tower_tomb", "Tower tomb"),
                            ("hypogeum", "Hypogeum"),
                            ("mausoleum", "Mausoleum"),
                            ("military_camp", "Military camp"),
                            ("agora", "Agora"),
                            ("baths", "Baths"),
                            ("castle", "Castle"),
                            ("palace", "Palace"),
                            ("ziggurat", "Ziggurat"),
                            ("mosque", "Mosque"),
                            ("cathedral", "Cathedral"),
                            ("church", "Church"),
                            ("synagogue", "Synagogue"),
                            ("market", "Market"),
                            ("historic_quarter", "Historic quarter"),
                            ("museum", "Museum"),
                            ("statue", "Statue"),
                            ("spring", "Spring"),
                            ("archaeological_remains", "Archaeological remains"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                        verbose_name="type",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prehistoric", "Prehistoric"),
                            ("bronze_age", "Bronze Age"),
                            ("iron_age", "Iron Age"),
                            ("late_hellenistic", "Late Hellenistic"),
                            ("hellenistic_roman", "Hellenistic-Roman"),
                            ("roman", "Roman"),
                            ("late_roman", "Late Roman"),
                            ("byzantine", "Byzantine"),
                            ("early_islamic", "Early Islamic"),
                            ("medieval", "Medieval"),
                            ("mamluk_ottoman", "Mamluk-Ottoman"),
                            ("ottoman", "Ottoman"),
                            ("modern", "Modern"),
                            ("multi_period", "Multi-period"),
                        ],
                        max_length=30,
                        verbose_name="period",
                    ),
                ),
                ("dating", models.CharField(blank=True, max_length=300, verbose_name="dating")),
                ("movable", models.BooleanField(default=False, verbose_name="movable")),
                ("current_place", models.CharField(blank=True, max_length=200, verbose_name="kept at")),
                (
                    "scope_note",
                    models.TextField(
                        blank=True,
                        help_text="Which part carries the monument's significance.",
                        verbose_name="what the grade describes",
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="entered")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="changed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sites.monument",
                        verbose_name="part of",
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
            ],
            options={
                "verbose_name": "historical monument",
                "verbose_name_plural": "historical monuments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Designation",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("world_heritage", "World Heritage"),
                            ("in_danger", "World Heritage in Danger"),
                            ("tentative", "Tentative List"),
                            ("enhanced_protection", "Enhanced protection (1999 Protocol)"),
                            ("national", "National protection"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=50, verbose_name="reference")),
                (
                    "criteria",
                    models.CharField(
                        blank=True, help_text="Such as i, ii, iv.", max_length=50, verbose_name="criteria"
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                (
                    "since_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                        max_length=10,
                        verbose_name="precision",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "monument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="designations",
                        to="sites.monument",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="designations",
                        to="sites.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "designation",
                "verbose_name_plural": "designations",
                "ordering": ["since", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("monument__isnull", True), ("site__isnull", False)),
                            models.Q(("monument__isnull", False), ("site__isnull", True)),
                            _connector="OR",
                        ),
                        name="designation_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="designation_in_order",
                        violation_error_message="The designation ends before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=200, verbose_name="name")),
                ("folded", sites.folding.FoldedField(default="", editable=False, of="text")),
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
                        verbose_name="language",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("preferred", "Preferred"), ("alternate", "Alternate"), ("historic", "Historic")],
                        default="preferred",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="sites.monument",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="sites.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "name",
                "verbose_name_plural": "names",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("monument__isnull", True), ("site__isnull", False)),
                            models.Q(("monument__isnull", False), ("site__isnull", True)),
                            _connector="OR",
                        ),
                        name="name_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "preferred")),
                        fields=("site", "language"),
                        name="name_one_preferred_per_site_language",
                        violation_error_message="There is a preferred name in this language already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "preferred")),
                        fields=("monument", "language"),
                        name="name_one_preferred_per_monument_language",
                        violation_error_message="There is a preferred name in this language already.",
                    ),
                ],
            },
        ),
    ]
