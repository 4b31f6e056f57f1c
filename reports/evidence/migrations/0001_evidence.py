import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sites.ids


class Migration(migrations.Migration):
    replaces = [
        ("evidence", "0001_initial"),
        ("evidence", "0002_refusals_as_codes"),
        ("evidence", "0004_fixity"),
        ("evidence", "0005_packages"),
        ("evidence", "0006_renditions_due"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("conditions", "0001_reports"),
        ("restoration", "0001_plans"),
        ("sites", "0002_registry"),
    ]

    operations = [
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "sha256",
                    models.CharField(
                        editable=False,
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9a-f]{64}\\Z", "A SHA-256 is 64 digits from 0 to f."
                            )
                        ],
                        verbose_name="SHA-256",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(editable=False, verbose_name="size in bytes")),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                            ("image/tiff", "TIFF"),
                            ("image/webp", "WebP"),
                            ("image/heic", "HEIC"),
                            ("image/avif", "AVIF"),
                            ("application/pdf", "PDF"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, null=True, verbose_name="width in pixels")),
                ("height", models.PositiveIntegerField(editable=False, null=True, verbose_name="height in pixels")),
                (
                    "stored_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="stored"),
                ),
                ("verified_at", models.DateTimeField(editable=False, null=True, verbose_name="hash last verified")),
                ("intact", models.BooleanField(default=True, editable=False, verbose_name="intact")),
            ],
            options={
                "verbose_name": "original",
                "verbose_name_plural": "originals",
                "indexes": [models.Index(fields=["verified_at", "sha256"], name="original_to_verify")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "media_type__in",
                                [
                                    "image/jpeg",
                                    "image/png",
                                    "image/tiff",
                                    "image/webp",
                                    "image/heic",
                                    "image/avif",
                                    "application/pdf",
                                ],
                            )
                        ),
                        name="original_type_known",
                        violation_error_message="This type of file is not taken in.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidencePackage",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("day_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("day_to", models.DateField(blank=True, null=True, verbose_name="to")),
                ("confidential", models.BooleanField(default=False, verbose_name="with what is confidential")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic"), ("fr", "French")],
                        max_length=5,
                        verbose_name="language of the summary",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="asked for"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a worker"),
                            ("packing", "Being packed"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forbidden", "You no longer have the right to export this; ask an administrator."),
                            (
                                "no_room",
                                "There is not enough room on the disk; ask an administrator, or choose a shorter period.",
                            ),
                            (
                                "error",
                                "Something went wrong, several times; the log of the worker says what. Ask an administrator.",
                            ),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="why it failed",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, editable=False, verbose_name="files packed")),
                ("total", models.PositiveIntegerField(editable=False, null=True, verbose_name="files")),
                (
                    "left_out",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="originals left out"),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("file", models.CharField(blank=True, editable=False, max_length=200, verbose_name="file")),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                ("ready_at", models.DateTimeField(editable=False, null=True, verbose_name="ready")),
                ("expires_at", models.DateTimeField(editable=False, null=True, verbose_name="expires")),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conditions.conditionreport",
                        verbose_name="condition report",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence package",
                "verbose_name_plural": "evidence packages",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["asked_by", "-id"], name="package_of_person"),
                    models.Index(fields=["state", "leased_until"], name="package_to_go_on_with"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("day_from__isnull", True),
                            ("day_to__isnull", True),
                            ("day_to__gte", models.F("day_from")),
                            _connector="OR",
                        ),
                        name="package_period_in_order",
                        violation_error_message="The time ends before it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FixityRun",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("most", models.PositiveIntegerField(null=True, verbose_name="at most so many originals")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("checked", models.PositiveBigIntegerField(default=0, verbose_name="originals checked")),
                ("bytes", models.PositiveBigIntegerField(default=0, verbose_name="bytes read")),
                ("damaged", models.PositiveIntegerField(default=0, verbose_name="found damaged")),
                ("stray", models.PositiveIntegerField(null=True, verbose_name="files of no original")),
            ],
            options={
                "verbose_name": "check of originals",
                "verbose_name_plural": "checks of originals",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="DamagedOriginal",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mismatched", "Hash does not match"),
                            ("missing", "File missing"),
                            ("unreadable", "File cannot be read"),
                        ],
                        max_length=10,
                        verbose_name="what is amiss",
                    ),
                ),
                (
                    "found_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of what lies there"),
                ),
                (
                    "found_size",
                    models.PositiveBigIntegerField(null=True, verbose_name="size of what lies there, in bytes"),
                ),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="found")),
                ("restored_at", models.DateTimeField(null=True, verbose_name="intact again")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted as lost")),
                ("acceptance_reason", models.TextField(blank=True, verbose_name="why it is accepted")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="damages",
                        to="evidence.original",
                        verbose_name="original",
                    ),
                ),
            ],
            options={
                "verbose_name": "damaged original",
                "verbose_name_plural": "damaged originals",
                "ordering": ["-id"],
                "permissions": [("accept_loss", "Can accept that an original is lost")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("restored_at", None)), fields=("original",), name="damage_told_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acceptance_reason", ""), ("accepted_at__isnull", True)),
                            models.Q(
                                ("accepted_at__isnull", False), models.Q(("acceptance_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="loss_accepted_with_reason",
                        violation_error_message="To accept a loss needs its time and its reason.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("photograph", "Photograph"), ("document", "Document")],
                        editable=False,
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(editable=False, max_length=255, verbose_name="name of the file")),
                ("caption", models.CharField(blank=True, max_length=500, verbose_name="caption")),
                (
                    "alternative",
                    models.CharField(
                        blank=True,
                        help_text="What somebody who cannot see the picture should know of it.",
                        max_length=500,
                        verbose_name="alternative text",
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
                        verbose_name="language of caption and alternative text",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="As it is shown; leave out names that must not be known.",
                        max_length=200,
                        verbose_name="credit",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True, help_text="Such as CC BY 4.0.", max_length=100, verbose_name="licence"
                    ),
                ),
                ("taken_from", models.DateField(blank=True, null=True, verbose_name="taken on or after")),
                ("taken_to", models.DateField(blank=True, null=True, verbose_name="taken on or before")),
                (
                    "confidential",
                    models.BooleanField(
                        default=False,
                        help_text="Only verifiers see it, whatever it belongs to.",
                        verbose_name="confidential",
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("portal", "Portal"),
                            ("admin", "Admin"),
                            ("api", "REST interface"),
                            ("loaded", "Loaded by command"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="came through",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="uploaded"),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason of the withdrawal"),
                ),
                ("rendered_at", models.DateTimeField(editable=False, null=True, verbose_name="renditions made")),
                (
                    "render_due_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, null=True, verbose_name="renditions due"
                    ),
                ),
                (
                    "render_tries",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="tries to make renditions"
                    ),
                ),
                (
                    "render_problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("damaged", "The file is damaged"),
                            ("too_costly", "It takes more memory or time than is allowed"),
                            ("missing", "The original is missing"),
                            ("broken", "An error of the program; the log says more"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="why there are no renditions",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="sites.monument",
                        verbose_name="monument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="evidence.original",
                        verbose_name="original",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="restoration.plan",
                        verbose_name="restoration plan",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="evidence",
                        to="conditions.conditionreport",
                        verbose_name="condition report",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["-uploaded_at", "-id"],
                "permissions": [
                    ("publish_evidence", "Can publish and withdraw evidence"),
                    ("view_original", "Can see originals and what they say of themselves"),
                    ("export_package", "Can export evidence packages"),
                ],
                "indexes": [
                    models.Index(fields=["monument", "taken_to", "id"], name="evidence_of_monument"),
                    models.Index(
                        condition=models.Q(("render_due_at__isnull", False)),
                        fields=["render_due_at"],
                        name="evidence_due_to_render",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("report__isnull", True), ("plan__isnull", True), _connector="OR"),
                        name="evidence_of_one_thing",
                        violation_error_message="A file belongs to a report or to a plan, not to both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_from__isnull", True),
                            ("taken_to__isnull", True),
                            ("taken_to__gte", models.F("taken_from")),
                            _connector="OR",
                        ),
                        name="evidence_taken_in_order",
                        violation_error_message="The time ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True)),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawal_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="evidence_withdrawn_with_reason",
                        violation_error_message="A withdrawal needs its time and its reason.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("report__isnull", False), ("withdrawn_at", None)),
                        fields=("original", "report"),
                        name="evidence_once_of_report",
                        violation_error_message="This file is there already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plan__isnull", False), ("withdrawn_at", None)),
                        fields=("original", "plan"),
                        name="evidence_once_of_plan",
                        violation_error_message="This file is there already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plan__isnull", True), ("report__isnull", True), ("withdrawn_at", None)),
                        fields=("original", "monument"),
                        name="evidence_once_of_monument",
                        violation_error_message="This file is there already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "original",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="capture",
                        serialize=False,
                        to="evidence.original",
                        verbose_name="original",
                    ),
                ),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                (
                    "taken_at_local",
                    models.BooleanField(
                        default=False,
                        help_text="The camera recorded no time zone; read as UTC.",
                        verbose_name="time without a zone",
                    ),
                ),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("camera", models.CharField(blank=True, max_length=200, verbose_name="camera")),
                ("orientation", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="orientation")),
            ],
            options={
                "verbose_name": "capture",
                "verbose_name_plural": "captures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="capture_place_whole",
                        violation_error_message="A place has a longitude and a latitude.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PerceptualHash",
            fields=[
                (
                    "original",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="looks",
                        serialize=False,
                        to="evidence.original",
                        verbose_name="original",
                    ),
                ),
                ("bits", models.BigIntegerField(verbose_name="bits")),
                ("band_0", models.IntegerField()),
                ("band_1", models.IntegerField()),
                ("band_2", models.IntegerField()),
                ("band_3", models.IntegerField()),
            ],
            options={
                "verbose_name": "perceptual hash",
                "verbose_name_plural": "perceptual hashes",
                "indexes": [
                    models.Index(fields=["band_0", "bits"], name="looks_band_0"),
                    models.Index(fields=["band_1", "bits"], name="looks_band_1"),
                    models.Index(fields=["band_2", "bits"], name="looks_band_2"),
                    models.Index(fields=["band_3", "bits"], name="looks_band_3"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlurArea",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("x", models.FloatField(verbose_name="from the left")),
                ("y", models.FloatField(verbose_name="from above")),
                ("width", models.FloatField(verbose_name="width")),
                ("height", models.FloatField(verbose_name="height")),
                (
                    "reason",
                    models.CharField(
                        choices=[("face", "Face"), ("plate", "Number plate"), ("other", "Other")],
                        default="face",
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blur_areas",
                        to="evidence.evidence",
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "blurred area",
                "verbose_name_plural": "blurred areas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("height__gt", 0),
                            ("width__gt", 0),
                            ("x__gte", 0),
                            (
                                "x__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(1), "-", models.F("width")
                                ),
                            ),
                            ("y__gte", 0),
                            (
                                "y__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(1), "-", models.F("height")
                                ),
                            ),
                        ),
                        name="blur_inside_the_picture",
                        violation_error_message="The area must lie within the picture.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustodyEntry",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("stored", "Checked and stored"),
                            ("described", "Described"),
                            ("blurred", "Areas blurred in what is published"),
                            ("reviewed", "Reviewed"),
                            ("published", "Published"),
                            ("retracted", "Its report was retracted"),
                            ("withdrawn", "Withdrawn"),
                            ("viewed", "Original viewed"),
                            ("exported", "Exported"),
                            ("verified", "Hash verified"),
                            ("mismatched", "Hash does not match"),
                            ("missing", "File missing"),
                            ("unreadable", "File cannot be read"),
                            ("lost", "Accepted as lost"),
                        ],
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custody",
                        to="evidence.evidence",
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of custody",
                "verbose_name_plural": "chain of custody",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["evidence", "at"], name="custody_of_evidence")],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("far_from_place", "Taken far from the monument"),
                            ("after_upload", "Dated after the upload"),
                            ("far_from_date", "Taken long before or after the observed date"),
                            ("used_before", "This picture was used before"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("metres", models.PositiveIntegerField(null=True, verbose_name="metres")),
                ("days", models.PositiveIntegerField(null=True, verbose_name="days")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="evidence.evidence",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="evidence.evidence",
                        verbose_name="used before as",
                    ),
                ),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("other", None)), fields=("evidence", "kind"), name="flag_once_of_a_kind"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("other__isnull", False)),
                        fields=("evidence", "kind", "other"),
                        name="flag_once_of_a_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("list", "For lists"),
                            ("page", "For pages"),
                            ("full", "Full view"),
                            ("plain", "Without blur, to mark areas on"),
                        ],
                        max_length=5,
                        verbose_name="size",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("image/avif", "AVIF"), ("image/jpeg", "JPEG")], max_length=12, verbose_name="format"
                    ),
                ),
                ("width", models.PositiveIntegerField(verbose_name="width in pixels")),
                ("height", models.PositiveIntegerField(verbose_name="height in pixels")),
                ("file", models.CharField(max_length=200, unique=True, verbose_name="file")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="evidence.evidence",
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "rendition",
                "verbose_name_plural": "renditions",
                "constraints": [models.UniqueConstraint(fields=("evidence", "size", "format"), name="rendition_once")],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=sites.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=255, verbose_name="name of the file")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("received", models.PositiveBigIntegerField(default=0, verbose_name="bytes received")),
                (
                    "client_sha256",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9a-f]{64}\\Z", "A SHA-256 is 64 digits from 0 to f."
                            )
                        ],
                        verbose_name="SHA-256 as the sender sees it",
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("portal", "Portal"),
                            ("admin", "Admin"),
                            ("api", "REST interface"),
                            ("loaded", "Loaded by command"),
                        ],
                        max_length=10,
                        verbose_name="came through",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("receiving", "Being received"),
                            ("checking", "Being checked"),
                            ("stored", "Stored"),
                            ("refused", "Refused"),
                        ],
                        default="receiving",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9a-f]{64}\\Z", "A SHA-256 is 64 digits from 0 to f."
                            )
                        ],
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("empty", "The file is empty."),
                            ("too_large", "The file is too large."),
                            ("full", "There is no room for more files."),
                            ("incomplete", "The file did not arrive whole."),
                            ("hash_differs", "The file changed on its way."),
                            ("unknown_type", "This type of file is not taken in."),
                            ("active", "The file can run code."),
                            ("damaged", "The file is damaged."),
                            ("too_many_pixels", "The picture has too many pixels."),
                            ("too_many_frames", "The file has too many pictures or pages."),
                            ("two_in_one", "Another file is hidden in the file."),
                            ("too_much_metadata", "The file says too much about itself."),
                            ("encrypted", "The document is encrypted."),
                            ("too_costly", "The file takes too much memory or time to open."),
                            ("there_already", "This file is there already."),
                            ("closed", "Files can no longer be added there."),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="why it was refused",
                    ),
                ),
                ("refusal_facts", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "started_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="begun"),
                ),
                (
                    "touched_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="last heard of"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="upload",
                        to="evidence.evidence",
                    ),
                ),
                (
                    "monument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conditions.conditionreport",
                        verbose_name="condition report",
                    ),
                ),
            ],
            options={
                "verbose_name": "upload",
                "verbose_name_plural": "uploads",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["state", "touched_at"], name="upload_to_go_on_with")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("report__isnull", True), ("plan__isnull", True), _connector="OR"),
                        name="upload_of_one_thing",
                        violation_error_message="A file belongs to a report or to a plan, not to both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                            _connector="OR",
                        ),
                        name="upload_refused_with_reason",
                        violation_error_message="A refusal says why.",
                    ),
                ],
            },
        ),
    ]
