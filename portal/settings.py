"""Settings of Tadmor: everything that differs between installations comes from the environment.

`docs/configuration.md` lists the variables. Unset, they give the embedded installation: SQLite,
a Celery broker in a folder, mail written to files.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from portal import environment
from portal.api.enums import ENUM_NAMES
from portal.schedule import schedule

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- the installation ---------------------------------------------------------------------------
EMBEDDED = env.bool("EMBEDDED", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
# Keys of before: what was signed or encrypted with one of them can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = environment.secret_key(env, kept_in=DATA_DIR / "secret_key", make=EMBEDDED)

# The address under which readers reach the portal: links in e-mails start with it.
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(BASE_URL)
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise ImproperlyConfigured(f"BASE_URL: {BASE_URL!r} is not an address such as https://heritage.example.org.")
_https = _public.scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_public.hostname, "127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _https else []

# --- parts --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.simple_history",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_countries",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "encrypted_fields",
    "knox",
    "simple_history",
    "sites",
    "reports.sources",
    "reports.conditions",
    "reports.situation",
    "reports.restoration",
    "reports.evidence",
    "reports.inspections",
    "reports.situation_reports",
    "reports.alerts",
    "portal.api",
    "portal.bulk",
    "portal.eamena",
    "portal.saved_filters",
    "portal.exports",
    # Last: its post_migrate hands out permissions that the others have just made.
    "portal.accounts",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.csp.AdminPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.api.compression.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.api.keys.SignInByKey",
    "portal.api.limits.Limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.time_zones.InTheirTime",
    "portal.view_as.ViewAs",
    "sites.disclosures.LogDisclosures",
    "portal.api.repeats.Repeats",
    "portal.api.versions.Versions",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.view_as.offered",
            ],
        },
    },
]

# --- data ---------------------------------------------------------------------------------------
DATABASES = {"default": environment.database(env, default=f"sqlite:///{DATA_DIR / 'tadmor.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A session ends with the browser: in an office a screen is shared.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https

# Who verifies a report is not who wrote it; a body with one trained person may have to do without.
FOUR_EYES = env.bool("FOUR_EYES", default=True)
# What staff see of sites that they do not answer for: "read_only" (all, unchanged) or "unseen" (as everybody).
OUTSIDE_RESPONSIBILITY = environment.choice(env, "OUTSIDE_RESPONSIBILITY", ["read_only", "unseen"])
# Contact data is encrypted by a key derived from SECRET_KEY (and its fallbacks) and this.
SALT_KEY = env.str("CONTACT_SALT", default="tadmor-contact-data")

# Who may read /metrics without signing in; empty: nobody.
METRICS_TOKEN = environment.read_secret(env, "METRICS_TOKEN")

# --- languages, time ----------------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English")), ("ar", _("Arabic")), ("fr", _("French"))]
FORMAT_MODULE_PATH = "portal.formats"
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
# What npm builds from portal/frontend: scripts, styles, fonts, the offline basemap.
STATICFILES_DIRS = [BASE_DIR / "build" / "frontend"]
# Shared by all web servers and workers: what is being received lies here, whatever the rest is kept in.
EVIDENCE_DIR = Path(env.str("EVIDENCE_DIR", default=str(DATA_DIR / "evidence"))).resolve()
# What is taken in: of one file, of one form, of one person at a time, of all together (0: what the disk has).
EVIDENCE_MAX_FILE_MB = env.int("EVIDENCE_MAX_FILE_MB", default=100)
EVIDENCE_MAX_FILES = env.int("EVIDENCE_MAX_FILES", default=50)
DATA_UPLOAD_MAX_NUMBER_FILES = EVIDENCE_MAX_FILES
EVIDENCE_MAX_REQUEST_MB = env.int("EVIDENCE_MAX_REQUEST_MB", default=500)
EVIDENCE_MAX_OPEN_UPLOADS = env.int("EVIDENCE_MAX_OPEN_UPLOADS", default=200)
EVIDENCE_QUOTA_GB = env.int("EVIDENCE_QUOTA_GB", default=0)
EVIDENCE_MAX_MEGAPIXELS = env.int("EVIDENCE_MAX_MEGAPIXELS", default=100)
EVIDENCE_MAX_PAGES = env.int("EVIDENCE_MAX_PAGES", default=500)
# From these on a verifier is told to look twice.
EVIDENCE_FAR_METRES = env.int("EVIDENCE_FAR_METRES", default=1000)
EVIDENCE_FAR_DAYS = env.int("EVIDENCE_FAR_DAYS", default=30)
# What arrived and was not looked at is looked for so often; what stopped half-way is forgotten after so long.
EVIDENCE_SWEEP_SECONDS = env.int("EVIDENCE_SWEEP_SECONDS", default=60)
EVIDENCE_STALE_HOURS = env.int("EVIDENCE_STALE_HOURS", default=72)
# Files from outside are opened in processes with so much memory and time.
EVIDENCE_BOX_MEMORY_MB = env.int("EVIDENCE_BOX_MEMORY_MB", default=280)
EVIDENCE_BOX_SECONDS = env.int("EVIDENCE_BOX_SECONDS", default=60)
# Longest side of the largest picture that is made of a photograph, in pixels.
RENDITION_FULL_PIXELS = env.int("RENDITION_FULL_PIXELS", default=4096)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Evidence: what came in, written once, and the pictures made of it. Neither has a public address.
    "originals": environment.file_storage(env, "originals", EVIDENCE_DIR),
    "renditions": environment.file_storage(env, "renditions", EVIDENCE_DIR),
    # What was packed to be handed on, for a few days.
    "packages": environment.file_storage(env, "packages", EVIDENCE_DIR),
    # Lists as files that a worker made, for some hours; sheets that came in, until they are written, a day at most.
    "exports": environment.file_storage(env, "exports", DATA_DIR),
}
# Pictures that everybody may see may lie in caches of others for so many seconds.
PICTURE_CACHE_SECONDS = env.int("PICTURE_CACHE_SECONDS", default=600)
# An internal location of the web server over EVIDENCE_DIR, such as /stored/: it sends the files then.
INTERNAL_REDIRECT = env.str("INTERNAL_REDIRECT", default="")
MEDIA_ROOT = DATA_DIR / "media"
# TrueType fonts for PDFs, which npm builds beside the front end.
REPORT_FONTS = BASE_DIR / "build" / "fonts"
WHITENOISE_MIMETYPES = {".mjs": "text/javascript", ".geojson": "application/geo+json"}

# --- mail ---------------------------------------------------------------------------------------
MAIL_FOLDER = DATA_DIR / "mail"
_email_url = environment.read_secret(env, "EMAIL_URL")
if _email_url:
    vars().update(environment.email(_email_url))
else:
    EMAIL_BACKEND = "portal.mail.FolderBackend"
# Of each step of handing over a message, in seconds.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or f"Tadmor <tadmor@{_public.hostname}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Celery -------------------------------------------------------------------------------------
CELERY_BROKER_URL = environment.read_secret(env, "CELERY_BROKER_URL") or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = environment.broker_options(CELERY_BROKER_URL, DATA_DIR / "broker")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Publishing must not hang on a dead broker: the sweep delivers what was not announced.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
# Alerts wait neither for pictures nor for long jobs, whoever works on which.
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue(name) for name in ("alerts", "default", "pictures", "long")]
CELERY_TASK_ROUTES = {
    "reports.alerts.tasks.*": {"queue": "alerts"},
    "reports.evidence.tasks.verify_*": {"queue": "long"},
    "reports.evidence.tasks.render*": {"queue": "pictures"},
    "reports.situation_reports.tasks.*": {"queue": "long"},
    "reports.evidence.tasks.pack": {"queue": "long"},
    "portal.exports.tasks.*": {"queue": "long"},
}
ALERT_SWEEP_SECONDS = env.int("ALERT_SWEEP_SECONDS", default=15)
BOUNCE_SWEEP_SECONDS = env.int("BOUNCE_SWEEP_SECONDS", default=300)
RENDITION_SWEEP_SECONDS = env.int("RENDITION_SWEEP_SECONDS", default=20)
EMBARGO_SWEEP_SECONDS = env.int("EMBARGO_SWEEP_SECONDS", default=30)
CELERY_BEAT_SCHEDULE = schedule(
    uploads=EVIDENCE_SWEEP_SECONDS,
    alerts=ALERT_SWEEP_SECONDS,
    bounces=BOUNCE_SWEEP_SECONDS,
    renditions=RENDITION_SWEEP_SECONDS,
    embargoes=EMBARGO_SWEEP_SECONDS,
)

# --- evidence -----------------------------------------------------------------------------------
# So many originals are hashed anew every night, those first that were verified longest ago; 0: none.
FIXITY_SLICE = env.int("FIXITY_SLICE", default=2_000)

# Evidence packages: who makes them, as their bag-info.txt says, and for how many days they are kept.
PACKAGE_ORGANISATION = env.str("PACKAGE_ORGANISATION", default="")
PACKAGE_CONTACT_NAME = env.str("PACKAGE_CONTACT_NAME", default="")
PACKAGE_CONTACT_EMAIL = env.str("PACKAGE_CONTACT_EMAIL", default="")
PACKAGE_DAYS = env.int("PACKAGE_DAYS", default=7)
# Lists up to so many rows are files at once in every format; longer ones are made by a worker, but CSV and GeoJSON.
EXPORT_AT_ONCE = env.int("EXPORT_AT_ONCE", default=5_000)
# For so long a made file is kept, and given to who asks the same.
EXPORT_HOURS = env.int("EXPORT_HOURS", default=24)
EXPORT_FRESH_SECONDS = env.int("EXPORT_FRESH_SECONDS", default=300)
# So many are made at a time for one person; for all who have no name, five times as many.
EXPORTS_AT_A_TIME = env.int("EXPORTS_AT_A_TIME", default=3)
# How long a link to a file that is not public is valid, in seconds.
SIGNED_LINK_SECONDS = env.int("SIGNED_LINK_SECONDS", default=300)

# --- alerts -------------------------------------------------------------------------------------
# So many minutes until a critical alert that nobody acknowledged is sent again, and as many until it goes further.
ACKNOWLEDGE_MINUTES = env.int("ACKNOWLEDGE_MINUTES", default=60)
# So many days until verifiers hear that a report waits for them.
REVIEW_DAYS = env.int("REVIEW_DAYS", default=3)
# How much each part of a monument's priority score weighs.
PRIORITY_WEIGHTS = environment.read_weights(env)
# After so many days without news, a plan that is agreed or under way counts as stalled.
PLAN_SILENT_DAYS = env.int("PLAN_SILENT_DAYS", default=365)
# What the mail server allows; 0: no limit.
MAILS_PER_MINUTE = env.int("MAILS_PER_MINUTE", default=0)
MAILS_PER_MINUTE_AND_DOMAIN = env.int("MAILS_PER_MINUTE_AND_DOMAIN", default=0)
# Where notices come that a message was not delivered after all, and the mailbox in which they are read.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
BOUNCE_MAILBOX_URL = environment.mailbox(env, "BOUNCE_MAILBOX_URL")
# For trying out on one machine: webhooks may be plain http and on it. Never where others have accounts.
WEBHOOKS_TO_LOOPBACK = env.bool("WEBHOOKS_TO_LOOPBACK", default=False)
# Where the workers count together how much they send.
COUNTERS_URL = CELERY_BROKER_URL if CELERY_BROKER_URL.startswith(("redis://", "rediss://")) else "memory://"

# --- situation reports --------------------------------------------------------------------------
# So many reports a person may ask for within a day.
SITUATION_REPORTS_PER_DAY = env.int("SITUATION_REPORTS_PER_DAY", default=20)
# After so many days a PDF is let go, and made again when somebody wants it; 0: never.
SITUATION_REPORT_FILE_DAYS = env.int("SITUATION_REPORT_FILE_DAYS", default=365)

# --- REST ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.api.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "EXCEPTION_HANDLER": "portal.api.problems.handle",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "sites.parsers.JSONParser",
        "sites.parsers.FormParser",
        "sites.parsers.MultiPartParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["portal.api.parameters.StrictFilters"],
    "DEFAULT_PAGINATION_CLASS": "portal.api.pages.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "portal.api.schema.Schema",
}
# Keys of people for their programs; see portal/accounts/scopes.py.
KNOX_TOKEN_MODEL = "knox.AuthToken"  # noqa: S105 - the name of a model
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_PREFIX": "tdmr_"}
# How often one reader may ask the interfaces: requests a minute; 0: no limit.
REQUESTS_PER_MINUTE = env.int("REQUESTS_PER_MINUTE", default=300)
REQUESTS_PER_MINUTE_WITH_KEY = env.int("REQUESTS_PER_MINUTE_WITH_KEY", default=1200)
# So long the answer to a POST with an Idempotency-Key is kept.
REPEATS_HOURS = 48
SPECTACULAR_SETTINGS = {
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api.schema.add_what_all_share",
        "portal.api.examples.add_examples",
    ],
    "TITLE": "Tadmor",
    "DESCRIPTION": "Monuments, what happened to them, how we know, and what could still be done.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    # What is sent is not what is answered: fields that are only read, or that may not be empty.
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}

# --- security -----------------------------------------------------------------------------------
# Pages load nothing from other hosts and run no inline code. docs/security.md says why the admin
# alone gets one relaxation.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# --- logs ---------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # It tells every file that it hashes.
    "loggers": {"bagit": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
}

UNFOLD = {
    "SITE_TITLE": _("Tadmor"),
    "SITE_HEADER": _("Tadmor"),
    "SITE_URL": "/",
    "SITE_SYMBOL": "account_balance",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("icon.svg")}],
    "STYLES": [lambda request: static("admin.css")],
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": True,
    "SIDEBAR": {"navigation": "portal.admin_menu.navigation"},
}
