import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sites.areas
import sites.boundaries
import sites.ids


class Migration(migrations.Migration):
    replaces = [
        ("situation", "0001_initial"),
        ("situation", "0002_citation"),
        ("situation", "0003_typed"),
        ("situation", "0004_fill"),
        ("situation", "0005_held"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("sites", "0002_registry"),
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Party",
            fields=[
                ("english", models.CharField(blank=True, max_length=200, verbose_name="in English")),
                ("arabic", models.CharField(blank=True, max_length=200, verbose_name="in Arabic")),
                ("french", models.CharField(blank=True, max_length=200, verbose_name="in French")),
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="short name")),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("english", ""), _negated=True),
                            models.Q(("arabic", ""), _negated=True),
                            models.Q(("french", ""), _negated=True),
                        ),
                        name="party_in_three_languages",
                        violation_error_message="Write it in English, Arabic and French.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SituationEvent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("control", "Control"),
                            ("fighting", "Fighting"),
                            ("air_strike", "Air strike"),
                            ("damage_nearby", "Damage nearby"),
                            ("looting", "Looting"),
                            ("illegal_digging", "Illegal digging"),
                            ("natural_disaster", "Natural disaster"),
                            ("casualty", "Casualty"),
                            ("displacement", "Displacement"),
                            ("access", "Access"),
                            ("hazard", "Hazard"),
                            ("clearance", "Clearance"),
                            ("agreement", "Agreement"),
                            ("mission", "Mission or visit"),
                            ("statement", "Statement"),
                            ("designation", "Designation"),
                            ("development", "Development"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Everybody reads it: no names of witnesses, no exact places.", verbose_name="text"
                    ),
                ),
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
                        verbose_name="language of the text",
                    ),
                ),
                (
                    "population_before",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people before"),
                ),
                (
                    "population_now",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people who remain"),
                ),
                (
                    "access",
                    models.CharField(
                        blank=True,
                        choices=[("open", "Open"), ("restricted", "Restricted"), ("closed", "Closed")],
                        max_length=12,
                        verbose_name="access",
                    ),
                ),
                (
                    "danger",
                    models.CharField(
                        blank=True,
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
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("ended", "Ended"), ("reduced", "Reduced; it goes on")],
                        max_length=10,
                        verbose_name="outcome of the clearance",
                    ),
                ),
                (
                    "area",
                    models.JSONField(
                        blank=True,
                        help_text="GeoJSON polygon, for those who may see exact places; everybody else sees a grid cell.",
                        null=True,
                        validators=[sites.areas.validate_area],
                        verbose_name="area",
                    ),
                ),
                (
                    "cell_longitude",
                    models.FloatField(editable=False, null=True, verbose_name="longitude of the grid cell"),
                ),
                (
                    "cell_latitude",
                    models.FloatField(editable=False, null=True, verbose_name="latitude of the grid cell"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="entered"),
                ),
                ("retracted_at", models.DateTimeField(editable=False, null=True, verbose_name="retracted")),
                (
                    "retraction_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the retraction"),
                ),
                (
                    "clears",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to="situation.situationevent",
                        verbose_name="clears the hazard",
                    ),
                ),
                (
                    "from_party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situation.party",
                        verbose_name="control passed from",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only where it concerns this one; empty: the whole site.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
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
                        verbose_name="entered by",
                    ),
                ),
                (
                    "retracted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="retracted by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
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
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="situation.situationevent",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "to_party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situation.party",
                        verbose_name="control is with",
                    ),
                ),
            ],
            options={
                "verbose_name": "situation event",
                "verbose_name_plural": "situation events",
                "ordering": ["date_to", "id"],
                "indexes": [
                    models.Index(fields=["site", "date_to"], name="situation_of_site"),
                    models.Index(fields=["site", "kind"], name="situation_of_kind"),
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
                        name="situation_date_whole",
                        violation_error_message="A date needs its first day, its last day and its precision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_from__isnull", True), ("date_to__gte", models.F("date_from")), _connector="OR"
                        ),
                        name="situation_dates_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["definite", "high", "medium", "low", "negligible", "not_applicable"])
                        ),
                        name="situation_certainty_known",
                        violation_error_message="This certainty is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_to__isnull", False)),
                        name="situation_dated",
                        violation_error_message="Say when this happened.",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "access"), ("access__in", ["open", "restricted", "closed"])),
                            models.Q(models.Q(("kind", "access"), _negated=True), ("access", "")),
                            _connector="OR",
                        ),
                        name="situation_level_of_access",
                        violation_error_message="Say of access whether it is open, restricted or closed; of nothing else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "hazard"),
                                (
                                    "danger__in",
                                    [
                                        "mines",
                                        "unexploded_ordnance",
                                        "collapse",
                                        "contamination",
                                        "armed_people",
                                        "other",
                                    ],
                                ),
                            ),
                            models.Q(models.Q(("kind", "hazard"), _negated=True), ("danger", "")),
                            _connector="OR",
                        ),
                        name="situation_danger_of_hazard",
                        violation_error_message="Say of a hazard what the danger is; of nothing else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "clearance"),
                                ("clears__isnull", False),
                                ("outcome__in", ["ended", "reduced"]),
                                models.Q(("clears", models.F("id")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "clearance"), _negated=True),
                                ("clears__isnull", True),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="situation_hazard_of_clearance",
                        violation_error_message="A clearance says which hazard it cleared, and whether it ended; no other kind does.",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=sites.boundaries.BoundaryIsSound("area"),
                        name="situation_area_sound",
                        violation_error_message="The area is not a GeoJSON polygon on this earth.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retracted_at__isnull", False), models.Q(("retraction_reason", ""), _negated=True)
                            ),
                            models.Q(("retracted_at__isnull", True), ("retraction_reason", "")),
                            _connector="OR",
                        ),
                        name="situation_retracted_with_reason",
                        violation_error_message="A retraction needs its time and its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes__isnull", True),
                            models.Q(("supersedes", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="situation_not_correcting_itself",
                        violation_error_message="An event cannot correct itself.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retracted_at__isnull", True)),
                        fields=("supersedes",),
                        name="situation_corrected_once",
                        violation_error_message="There is a correction of this event already.",
                    ),
                ],
            },
        ),
    ]
