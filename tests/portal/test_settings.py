"""A wrong setting stops the start with its name, in one line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings


def manage(*command, **environment):
    clean = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "DATA_DIR": str(settings.DATA_DIR), **environment}
    clean = {name: value for name, value in clean.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("SECRET_KEY", None, "SECRET_KEY"),
        ("SECRET_KEY_FILE", "/nowhere", "SECRET_KEY_FILE"),
        ("DATABASE_URL", "mysql://localhost/tadmor", "DATABASE_URL"),
        ("DATABASE_URL", "postgres://localhost", "names no database"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/tadmor", "Check DATABASE_URL"),
        ("BASE_URL", "heritage.example.org", "BASE_URL"),
        ("EMAIL_URL", "pigeon://post", "EMAIL_URL"),
    ],
)
def test_a_wrong_setting_is_named(variable, value, said):
    done = manage("migrate", "--check", **{variable: value})

    assert done.returncode != 0
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_secret_can_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")

    done = manage("diffsettings", SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert "SECRET_KEY = 'from-a-file'" in done.stdout


def test_sample_accounts_are_refused_in_production():
    done = manage("create_sample_accounts")

    assert done.returncode != 0
    assert "embedded" in done.stderr
