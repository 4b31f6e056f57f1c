"""The environment of the tests, laid down before Django reads its settings (a pytest plugin)."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="tadmor-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

for name in ("EMBEDDED", "DEBUG", "EMAIL_URL", "CELERY_BROKER_URL", "BASE_URL", "ALLOWED_HOSTS", "SECRET_KEY_FILE"):
    os.environ.pop(name, None)
os.environ.update(SECRET_KEY="tests-only", DATA_DIR=FOLDER)
