"""One running server for all that programs ask of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import leave_out
from tests.services.conftest import Installation, a_database, answers, eventually

PEOPLE = (Path(__file__).parent / "people.py").read_text()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A web server on PostgreSQL with the founding data; tasks wait in Redis, and nobody counts requests."""
    broker = os.environ.get("TEST_REDIS_URL") or leave_out("no Redis server")
    with a_database() as url:
        unlimited = {"REQUESTS_PER_MINUTE": "0", "REQUESTS_PER_MINUTE_WITH_KEY": "0"}
        installation = Installation(
            tmp_path_factory.mktemp("live"), DATABASE_URL=url, CELERY_BROKER_URL=broker, **unlimited
        )
        installation.load()
        installation.start_server()
        eventually(lambda: answers(f"{installation.address}/healthz"))
        yield installation
        installation.stop()


@pytest.fixture(scope="module")
def keys(live: Installation) -> dict[str, str]:
    """The key of a person of each role, by its name."""
    found: dict[str, str] = json.loads(live.shell(PEOPLE))
    return found
