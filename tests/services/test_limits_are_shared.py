"""Workers keep together within what the mail server allows; they count in Redis."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest

from reports.alerts import pace
from tests.conftest import leave_out

pytestmark = pytest.mark.services


@pytest.fixture
def in_redis(settings):
    settings.COUNTERS_URL = os.environ.get("TEST_REDIS_URL") or leave_out("no Redis server")
    settings.MAILS_PER_MINUTE_AND_DOMAIN = 2
    pace._limiter.cache_clear()
    yield
    pace._limiter.cache_clear()


def test_what_one_worker_sent_counts_for_the_next(in_redis):
    address = f"reader@{uuid4()}.example.org"
    assert [pace.next_chance(address) for _ in range(2)] == [None, None]

    pace._limiter.cache_clear()  # as in another process: nothing of the count is in this one

    assert pace.next_chance(address) is not None


def test_a_store_that_does_not_answer_holds_no_alert_back(in_redis, settings):
    settings.COUNTERS_URL = "redis://127.0.0.1:1/0"
    pace._limiter.cache_clear()

    assert pace.next_chance("reader@example.org") is None
