"""Reading settings from the environment: an unreadable value stops the start with its name."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASES = {
    "sqlite": "sqlite:///path/to/file",
    "postgres": "postgres://user:password@host:5432/name",
    "postgresql": "postgresql://user:password@host:5432/name",
}

MAILBOXES = {"imap", "imap+tls", "imap+ssl"}


def read_secret(env: environ.Env, name: str) -> str:
    """The value of NAME, or the content of the file that NAME_FILE points to; empty when neither is set."""
    path = env.str(f"{name}_FILE", default="")
    if not path:
        return env.str(name, default="")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error


def secret_key(env: environ.Env, kept_in: Path, *, make: bool) -> str:
    """SECRET_KEY, SECRET_KEY_FILE, or the key that the embedded run makes and keeps in its data folder."""
    if key := read_secret(env, "SECRET_KEY"):
        return key
    if kept_in.exists():
        return kept_in.read_text(encoding="ascii").strip()
    if make:
        return _new_secret_key(kept_in)
    raise ImproperlyConfigured(
        "set SECRET_KEY or SECRET_KEY_FILE to a long random text (or use `make run`, which makes one)."
    )


def _new_secret_key(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Exclusive and private from the first byte; of two processes that start at once, one makes it.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError as error:
        if path.exists():
            return path.read_text(encoding="ascii").strip()
        raise ImproperlyConfigured(f"DATA_DIR: {path.parent} is not a folder.") from error
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR: {path.parent} cannot be written ({error.strerror}).") from error
    return path.read_text(encoding="ascii").strip()


def choice(env: environ.Env, name: str, allowed: list[str]) -> str:
    """The value of NAME, which is one of a few; the first, when it is not set."""
    value = env.str(name, default=allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}: {value!r} is not known; write {' or '.join(allowed)}.")
    return value


def database(env: environ.Env, default: str) -> dict:
    """Django's settings for DATABASE_URL (or the URL in DATABASE_URL_FILE)."""
    url = read_secret(env, "DATABASE_URL") or default
    scheme = urlsplit(url).scheme
    if scheme not in DATABASES:
        forms = " or ".join([DATABASES["sqlite"], DATABASES["postgres"]])
        raise ImproperlyConfigured(f"DATABASE_URL: {scheme or 'no scheme'!r} is not known; write {forms}.")
    try:
        config = environ.Env.db_url_config(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read ({error}); write {DATABASES[scheme]}.") from error
    if not config.get("NAME"):
        raise ImproperlyConfigured(f"DATABASE_URL names no database; write {DATABASES[scheme]}.")
    return _sqlite_options(config) if scheme == "sqlite" else _postgres_options(config)


def _sqlite_options(config: dict) -> dict:
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start, so that
    # two writers wait for each other instead of failing half-way.
    config["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    return config


def _postgres_options(config: dict) -> dict:
    config["ENGINE"] = "django.db.backends.postgresql"
    config["CONN_MAX_AGE"] = 60
    config["CONN_HEALTH_CHECKS"] = True
    config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return config


def file_storage(env: environ.Env, what: str, folder: Path) -> dict:
    """Django's storage for `what`: a bucket of S3_BUCKET under that prefix, else a folder of that name."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        options = {"location": str(folder / what), "file_permissions_mode": 0o640, "directory_permissions_mode": 0o750}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": what,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": read_secret(env, "S3_ACCESS_KEY") or None,
            "secret_key": read_secret(env, "S3_SECRET_KEY") or None,
            "addressing_style": env.str("S3_ADDRESSING_STYLE", default="") or None,
            "signature_version": "s3v4",
            "default_acl": None,
            # Names follow from the content: what is written again is the same.
            "file_overwrite": True,
            "querystring_auth": True,
            "querystring_expire": env.int("SIGNED_LINK_SECONDS", default=300),
        },
    }


def broker_options(url: str, folder: Path) -> dict:
    """Celery's transport options: folders for the embedded broker, quick redelivery for Redis."""
    if url.startswith("filesystem:"):
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "processed_folder": str(folder / "processed"),
            "control_folder": str(folder / "control"),
        }
    # A task lost with its worker comes back after the visibility time; the sweep finds its work anyway.
    return {"visibility_timeout": 300}


def email(url: str) -> dict:
    """Django's EMAIL_* settings for EMAIL_URL, such as smtp+tls://user:password@host:587."""
    try:
        return environ.Env.email_url_config(url)
    except (ImproperlyConfigured, KeyError, ValueError) as error:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; write smtp://host:25 or smtp+tls://user:password@host:587."
        ) from error


def mailbox(env: environ.Env, name: str) -> str:
    """The address of a mailbox that is read, as `maildir:///path` or `imap+ssl://user:password@host/folder`."""
    value = read_secret(env, name)
    parts = urlsplit(value)
    known = parts.path if parts.scheme == "maildir" else parts.scheme in MAILBOXES and parts.hostname
    if value and not known:
        raise ImproperlyConfigured(f"{name}: write maildir:///path, or imap+ssl://user:password@host/folder.")
    return value


WEIGHTS = {"significance": 30, "condition": 25, "risk": 25, "feasibility": 10, "access": 10}
"""Of the parts of a priority score (`reports.restoration.score`)."""


def read_weights(env: environ.Env) -> dict[str, int]:
    """PRIORITY_WEIGHTS: whole numbers of 0 or more by part, such as `significance=30,condition=70`."""
    text = env.str("PRIORITY_WEIGHTS", default="")
    if not text:
        return dict(WEIGHTS)
    pairs = [part.partition("=") for part in text.split(",")]
    found = {name.strip(): int(value) for name, _sign, value in pairs if value.strip().isdecimal()}
    if len(found) != len(pairs) or not set(found) <= set(WEIGHTS) or not any(found.values()):
        known = ", ".join(WEIGHTS)
        raise ImproperlyConfigured(f"PRIORITY_WEIGHTS: write NAME=NUMBER,… with names of {known}, not {text}.")
    return found
