from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any, NoReturn

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.utils import translation
from hypothesis import settings

from portal.accounts.models import User
from portal.api import limits
from tests.postbox import Postbox
from tests.rows import Rows
from tools.servers import free_port

# Machines differ in speed; a slow example is not a wrong one.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hashing is slow by design; what is tested is never its strength."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in another language leaves it active in its thread; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Limits of attempts count in the process; each test begins at none."""
    cache.clear()
    limits.limiter.cache_clear()


def leave_out(reason: str) -> NoReturn:
    """Skip a test that this machine cannot run; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"Left out in CI: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def founding_rows() -> Rows:
    """What the founding data are in the database, once they were loaded."""
    return Rows()


@pytest.fixture
def palmyra(db: None, founding_rows: Rows) -> None:
    """The founding data, as the first run loads them; for the tests after the first, their rows as they were."""
    if founding_rows.kept:
        founding_rows.put_back()
        return
    call_command("load_founding_data", stdout=StringIO())
    founding_rows.keep()


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """The test client, signed in as somebody."""

    def sign_in(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A real mail server on loopback; what it has taken."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    yield box
    server.stop()
