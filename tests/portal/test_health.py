"""What a supervisor asks."""

from __future__ import annotations

import pytest


def test_a_living_process_answers(client):
    assert client.get("/healthz").json() == {"alive": True}


@pytest.mark.django_db
def test_a_ready_portal_says_what_it_looked_at(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": "ok", "migrations": "ok", "broker": "ok"}


@pytest.mark.django_db
def test_without_its_broker_it_is_not_ready_and_tells_no_secret(client, settings):
    from portal.celery import app

    app.conf.broker_url = "redis://:secret@127.0.0.1:1/0"
    app.pool.force_close_all()
    try:
        answer = client.get("/readyz")
    finally:
        app.conf.broker_url = settings.CELERY_BROKER_URL

    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == "failed"
    assert "secret" not in answer.content.decode()
