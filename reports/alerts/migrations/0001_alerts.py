import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import encrypted_fields.fields
from django.conf import settings
from django.db import migrations, models

import reports.alerts.addresses
import reports.alerts.cadence
import reports.alerts.models.channel
import reports.alerts.models.endpoint
import sites.areas
import sites.ids


class Migration(migrations.Migration):
    replaces = [
        ("alerts", "0001_initial"),
        ("alerts", "0002_digests"),
        ("alerts", "0003_confirmed"),
        ("alerts", "0004_suppression"),
        ("alerts", "0005_more_reasons_and_ways"),
        ("alerts", "0006_sites_of_alerts"),
        ("alerts", "0007_every_alert_has_a_site"),
        ("alerts", "0008_more_reasons_and_what_else"),
        ("alerts", "0009_evidence_mismatch"),
        ("alerts", "0010_weekly_report"),
        ("alerts", "0011_follow_plans"),
        ("alerts", "0012_channels_are_files"),
        ("alerts", "0013_paused"),
        ("alerts", "0014_together"),
        ("alerts", "0015_inspection"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("conditions", "0001_reports"),
        ("inspections", "0001_inspections"),
        ("restoration", "0001_plans"),
        ("sites", "0002_registry"),
        ("situation", "0001_events"),
        ("situation_reports", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=254, unique=True, verbose_name="address")),
                ("reason", models.TextField(verbose_name="what the mail server said")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
            ],
            options={
                "verbose_name": "refused address",
                "verbose_name_plural": "refused addresses",
                "ordering": ["-since"],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("new_loss", "New loss"),
                            ("deterioration", "Deterioration"),
                            ("first_damage", "First damage"),
                            ("first_assessment", "First assessment"),
                            ("condition_falls", "Condition falls"),
                            ("imminent_threat", "Imminent threat"),
                            ("possible_threat", "Possible threat"),
                            ("suspected", "Damage suspected"),
                            ("contested", "Contested"),
                            ("settled", "Contradiction settled"),
                            ("correction", "Correction"),
                            ("retraction", "Retraction"),
                            ("improvement", "Improvement"),
                            ("past_report", "Report about the past"),
                            ("hazard", "Hazard on site"),
                            ("situation", "Event at the site"),
                            ("plan_new", "New restoration plan"),
                            ("phase_begun", "Restoration begun"),
                            ("plan_completed", "Restoration completed"),
                            ("plan_stalled", "Restoration stalled"),
                            ("plan_changed", "Restoration plan changed"),
                            ("plan_progress", "Restoration goes on"),
                            ("plan_overdue", "Restoration overdue"),
                            ("inspection_overdue", "Inspection overdue"),
                            ("review_waiting", "Report waiting for review"),
                            ("evidence_mismatch", "Evidence damaged or missing"),
                            ("weekly_report", "Weekly situation report"),
                            ("reminder", "Nobody has acknowledged this"),
                            ("escalation", "Still not acknowledged"),
                        ],
                        max_length=20,
                        verbose_name="rule",
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Information"), (2, "Minor"), (3, "Major"), (4, "Critical")],
                        verbose_name="severity",
                    ),
                ),
                ("also_about", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="also about")),
                ("facts", models.JSONField(verbose_name="facts")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="raised")),
                ("fanned_out_at", models.DateTimeField(null=True, verbose_name="fanned out")),
                ("in_bulk", models.BooleanField(default=False, verbose_name="one of many")),
                ("together", models.BooleanField(default=False, verbose_name="published together with others")),
                ("acknowledged_at", models.DateTimeField(null=True, verbose_name="acknowledged")),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="acknowledged by",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="situation.situationevent",
                        verbose_name="situation event",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
                (
                    "joins",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="joined_by",
                        to="alerts.alert",
                        verbose_name="joins the alert",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="repeated_by",
                        to="alerts.alert",
                        verbose_name="repeats the alert",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="conditions.conditionreport",
                        verbose_name="report",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="sites.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "alert",
                "verbose_name_plural": "alerts",
                "ordering": ["-raised_at", "-id"],
                "permissions": [("acknowledge_alert", "Can acknowledge an alert")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("fanned_out_at__isnull", True)),
                        fields=["raised_at"],
                        name="alert_to_fan_out",
                    ),
                    models.Index(fields=["site", "-raised_at"], name="alert_of_site"),
                    models.Index(
                        condition=models.Q(("acknowledged_at__isnull", True), ("severity", 4)),
                        fields=["raised_at"],
                        name="alert_to_acknowledge",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                (
                    "key",
                    models.CharField(
                        default=reports.alerts.models.endpoint.new_key,
                        editable=False,
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="key",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        max_length=500, validators=[reports.alerts.addresses.may_be_called], verbose_name="address"
                    ),
                ),
                (
                    "secret",
                    encrypted_fields.fields.EncryptedTextField(
                        default=reports.alerts.models.endpoint.new_secret, editable=False, verbose_name="secret"
                    ),
                ),
                (
                    "former_secret",
                    encrypted_fields.fields.EncryptedTextField(
                        editable=False, null=True, verbose_name="former secret"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="secret changed"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endpoints",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["created_at", "key"],
            },
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "type",
                    models.CharField(
                        blank=True,
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
                    "least_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No visible damage"),
                            ("slight", "Slight"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("very_severe", "Very severe"),
                            ("destroyed", "Destroyed"),
                        ],
                        max_length=12,
                        verbose_name="damage at least",
                    ),
                ),
                (
                    "area",
                    models.JSONField(
                        blank=True,
                        help_text="GeoJSON polygon.",
                        null=True,
                        validators=[sites.areas.validate_area],
                        verbose_name="area",
                    ),
                ),
                ("west", models.FloatField(editable=False, null=True)),
                ("south", models.FloatField(editable=False, null=True)),
                ("east", models.FloatField(editable=False, null=True)),
                ("north", models.FloatField(editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
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
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("east__isnull", True),
                                ("north__isnull", True),
                                ("south__isnull", True),
                                ("west__isnull", True),
                            ),
                            models.Q(
                                ("east__isnull", False),
                                ("north__isnull", False),
                                ("south__isnull", False),
                                ("west__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="search_area_with_its_box",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="address of an outsider")),
                ("asked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="asked")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed"),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "Everything"),
                            ("country", "A country"),
                            ("site", "A site"),
                            ("monument", "A monument"),
                            ("search", "An area or a search"),
                            ("plan", "A restoration plan"),
                        ],
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "channel",
                    models.CharField(
                        choices=reports.alerts.models.channel.channels,
                        default="email",
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic"), ("fr", "French")],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "min_severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Information"), (2, "Minor"), (3, "Major"), (4, "Critical")],
                        default=1,
                        verbose_name="from severity",
                    ),
                ),
                ("kinds", models.PositiveSmallIntegerField(default=31, editable=False, verbose_name="about what")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("immediate", "At once"),
                            ("hourly", "Every hour"),
                            ("daily", "Every morning"),
                            ("weekly", "Every Monday morning"),
                        ],
                        default="immediate",
                        max_length=10,
                        verbose_name="how often",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        max_length=50,
                        validators=[reports.alerts.cadence.known_timezone],
                        verbose_name="time zone",
                    ),
                ),
                ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                (
                    "critical_at_once",
                    models.BooleanField(
                        default=True,
                        help_text="Whatever is chosen above, also in quiet hours.",
                        verbose_name="critical alerts at once",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended")),
                ("paused_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="paused")),
                (
                    "renewed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="last sign of its reader"
                    ),
                ),
                (
                    "renewal_asked_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="asked whether still wanted"
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="alerts.endpoint",
                        verbose_name="webhook",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="alerts.search",
                        verbose_name="saved search",
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
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription",
                "verbose_name_plural": "subscriptions",
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("user__isnull", True)), fields=["address"], name="subscription_of_address"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("monument__isnull", True),
                                ("plan__isnull", True),
                                ("scope", "all"),
                                ("search__isnull", True),
                                ("site__isnull", True),
                                ("country", ""),
                            ),
                            models.Q(
                                ("monument__isnull", True),
                                ("plan__isnull", True),
                                ("scope", "country"),
                                ("search__isnull", True),
                                ("site__isnull", True),
                                models.Q(("country", ""), _negated=True),
                            ),
                            models.Q(
                                ("monument__isnull", True),
                                ("plan__isnull", True),
                                ("scope", "site"),
                                ("search__isnull", True),
                                ("site__isnull", False),
                                ("country", ""),
                            ),
                            models.Q(
                                ("monument__isnull", False),
                                ("plan__isnull", True),
                                ("scope", "monument"),
                                ("search__isnull", True),
                                ("site__isnull", True),
                                ("country", ""),
                            ),
                            models.Q(
                                ("monument__isnull", True),
                                ("plan__isnull", True),
                                ("scope", "search"),
                                ("search__isnull", False),
                                ("site__isnull", True),
                                ("country", ""),
                            ),
                            models.Q(
                                ("monument__isnull", True),
                                ("plan__isnull", False),
                                ("scope", "plan"),
                                ("search__isnull", True),
                                ("site__isnull", True),
                                ("country", ""),
                            ),
                            _connector="OR",
                        ),
                        name="subscription_scope_whole",
                        violation_error_message="Choose exactly the one place, search or plan it is about.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("user__isnull", False)),
                            models.Q(("user__isnull", True), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="subscription_of_somebody",
                        violation_error_message="A subscription is of an account or of an address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="subscription_quiet_hours_whole",
                        violation_error_message="Quiet hours need their beginning and their end.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kinds__gte", 1), ("kinds__lte", 95)),
                        name="subscription_kinds_known",
                        violation_error_message="Choose what you want to hear about.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "webhook"), ("endpoint__isnull", False), ("user__isnull", False)),
                            models.Q(models.Q(("channel", "webhook"), _negated=True), ("endpoint__isnull", True)),
                            _connector="OR",
                        ),
                        name="subscription_webhook_whole",
                        violation_error_message="Choose the webhook that is to be called.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user__isnull", False), ("channel", "email"), _connector="OR"),
                        name="subscription_outsiders_by_mail",
                        violation_error_message="Who has no account is told by e-mail.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("endpoint__isnull", True), ("scope", "all")),
                        fields=("user", "channel"),
                        name="subscription_once_all",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("endpoint__isnull", True), ("scope", "country")
                        ),
                        fields=("user", "channel", "country"),
                        name="subscription_once_country",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("endpoint__isnull", True), ("scope", "site")),
                        fields=("user", "channel", "site"),
                        name="subscription_once_site",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("endpoint__isnull", True), ("scope", "monument")
                        ),
                        fields=("user", "channel", "monument"),
                        name="subscription_once_monument",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("endpoint__isnull", True), ("scope", "search")
                        ),
                        fields=("user", "channel", "search"),
                        name="subscription_once_search",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("endpoint__isnull", True), ("scope", "plan")),
                        fields=("user", "channel", "plan"),
                        name="subscription_once_plan",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("endpoint__isnull", True),
                            ("scope", "all"),
                            ("user__isnull", True),
                        ),
                        fields=("address", "channel"),
                        name="subscription_once_all_outside",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("endpoint__isnull", True),
                            ("scope", "country"),
                            ("user__isnull", True),
                        ),
                        fields=("address", "channel", "country"),
                        name="subscription_once_country_outside",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("endpoint__isnull", True),
                            ("scope", "site"),
                            ("user__isnull", True),
                        ),
                        fields=("address", "channel", "site"),
                        name="subscription_once_site_outside",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("endpoint__isnull", True),
                            ("scope", "monument"),
                            ("user__isnull", True),
                        ),
                        fields=("address", "channel", "monument"),
                        name="subscription_once_monument_outside",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("endpoint__isnull", True),
                            ("scope", "search"),
                            ("user__isnull", True),
                        ),
                        fields=("address", "channel", "search"),
                        name="subscription_once_search_outside",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("endpoint__isnull", True),
                            ("scope", "plan"),
                            ("user__isnull", True),
                        ),
                        fields=("address", "channel", "plan"),
                        name="subscription_once_plan_outside",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("endpoint__isnull", False), ("scope", "all")),
                        fields=("endpoint", "channel"),
                        name="subscription_once_all_webhook",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("endpoint__isnull", False), ("scope", "country")
                        ),
                        fields=("endpoint", "channel", "country"),
                        name="subscription_once_country_webhook",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("endpoint__isnull", False), ("scope", "site")),
                        fields=("endpoint", "channel", "site"),
                        name="subscription_once_site_webhook",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("endpoint__isnull", False), ("scope", "monument")
                        ),
                        fields=("endpoint", "channel", "monument"),
                        name="subscription_once_monument_webhook",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("endpoint__isnull", False), ("scope", "search")
                        ),
                        fields=("endpoint", "channel", "search"),
                        name="subscription_once_search_webhook",
                        violation_error_message="This subscription exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("endpoint__isnull", False), ("scope", "plan")),
                        fields=("endpoint", "channel", "plan"),
                        name="subscription_once_plan_webhook",
                        violation_error_message="This subscription exists already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("immediate", "At once"),
                            ("hourly", "Every hour"),
                            ("daily", "Every morning"),
                            ("weekly", "Every Monday morning"),
                            ("together", "Published together"),
                        ],
                        default="immediate",
                        max_length=10,
                        verbose_name="how often",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=reports.alerts.models.channel.channels,
                        default="email",
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("address", models.CharField(max_length=254, verbose_name="address")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("duty", models.BooleanField(default=False, verbose_name="as a duty")),
                ("message_id", models.CharField(max_length=200, unique=True, verbose_name="Message-ID")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="next try")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("first_tried_at", models.DateTimeField(null=True, verbose_name="first try")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "Sent"),
                            ("failed", "Failed for good"),
                            ("withheld", "Withheld: no longer to be told"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("last_error", models.TextField(blank=True, verbose_name="last error")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read in the portal")),
                (
                    "alert",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="alerts.alert",
                        verbose_name="alert",
                    ),
                ),
                (
                    "reasons",
                    models.ManyToManyField(
                        related_name="deliveries", to="alerts.subscription", verbose_name="subscriptions"
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-id"],
                "permissions": [("resend_delivery", "Can send a delivery again")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)), fields=["due_at"], name="delivery_due"
                    ),
                    models.Index(fields=["address", "-id"], name="delivery_to_address"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("alert", "channel", "address"), name="delivery_once_per_address"),
                    models.UniqueConstraint(
                        condition=models.Q(("alert__isnull", True), ("settled_at__isnull", True), ("tries", 0)),
                        fields=("channel", "address", "cadence"),
                        name="delivery_one_open_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alert__isnull", False), ("cadence", "immediate")),
                            models.Q(("alert__isnull", True), models.Q(("cadence", "immediate"), _negated=True)),
                            _connector="OR",
                        ),
                        name="delivery_of_an_alert_or_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at__isnull", True)),
                            models.Q(("settled_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="delivery_settled_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("address_refused", models.BooleanField(default=False, verbose_name="the address was refused")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="alerts.delivery",
                        verbose_name="delivery",
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DigestItem",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=254)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="alerts.alert"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="alerts.delivery"
                    ),
                ),
            ],
            options={
                "verbose_name": "alert of a digest",
                "verbose_name_plural": "alerts of a digest",
                "constraints": [
                    models.UniqueConstraint(fields=("alert", "address"), name="digest_item_once_per_address")
                ],
            },
        ),
        migrations.AddField(
            model_name="Delivery",
            name="digested",
            field=models.ManyToManyField(
                related_name="digests",
                through="alerts.DigestItem",
                to="alerts.alert",
                verbose_name="alerts of the digest",
            ),
        ),
    ]
