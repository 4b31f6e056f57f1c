"""Error pages that help, in the reader's language."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_who_tries_too_often_is_told_to_rest(client):
    guess = {"login": "zenobia@example.org", "password": "wrong"}

    answers = [client.post("/accounts/login/", guess, headers={"accept-language": "fr"}) for _ in range(40)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert "Trop souvent" in refused[0].content.decode()


def test_the_page_for_no_line_knows_nobody_and_the_worker_keeps_it(client):
    page, worker = client.get("/offline/"), client.get("/service-worker.js")

    assert "csrf" not in page.content.decode()
    assert worker["Content-Type"] == "text/javascript"
    assert '"/offline/"' in worker.content.decode()
