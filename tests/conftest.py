from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from hypothesis import settings

# Machines differ in speed; a slow example is not a wrong one.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hashing is slow by design; what is tested is never its strength."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def leave_out(reason: str) -> None:
    """Skip a test that this machine cannot run; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"Left out in CI: {reason}")
    pytest.skip(reason)
