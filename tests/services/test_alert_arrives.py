"""From a publication to an e-mail, with every process and server real."""

from __future__ import annotations

import pytest

from tests.services.conftest import eventually, kill

pytestmark = pytest.mark.services

PEOPLE = """
from django.contrib.auth.models import Group
from portal.accounts.models import User
for role in ("Editor", "Verifier"):
    user = User.objects.create_user(f"{role.lower()}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
from reports.alerts import actions
from sites.models import Site
reader = User.objects.create_user("reader@example.org")
actions.subscribe(user=reader, language="en", site=Site.objects.get(slug="palmyra"))
"""
PUBLISH = """
import datetime
from portal.accounts.models import User
from reports.conditions import actions
from reports.conditions.models import ConditionReport
from reports.sources.models import Source
from sites.models import Monument
editor, verifier = (User.objects.get(email=f"{name}@example.org") for name in ("editor", "verifier"))
report = actions.save_draft(ConditionReport(
    monument=Monument.objects.get(slug="palmyra-roman-theatre"), kind="damage", damage_grade="destroyed",
    date_from=datetime.date(2026, 1, 2), date_to=datetime.date(2026, 1, 2), date_precision="day",
    certainty="high", narrative="The stage front fell.", source=Source.objects.first()), by=editor)
actions.submit(report, by=editor)
actions.verify(report, by=verifier, method="site_visit")
actions.publish(report, by=verifier)
"""


def to_the_reader(postbox):
    """Those who answer for the site have a message of their own."""
    return [message for message in postbox.messages if message["To"] == "reader@example.org"]


def test_in_production_an_e_mail_goes_out_by_smtp(production, postbox):
    production.start_all()
    production.shell(PEOPLE)

    production.shell(PUBLISH)

    [message] = eventually(lambda: to_the_reader(postbox[0]))
    assert "Roman Theatre" in message["Subject"]
    assert "Severe → Destroyed" in message.get_body(("plain",)).get_content()


def test_a_killed_worker_and_a_lost_broker_lose_nothing(production, postbox):
    production.start_all()
    production.shell(PEOPLE)
    worker = production.processes[1]
    kill(worker)
    broker = production.environment["CELERY_BROKER_URL"]
    production.environment["CELERY_BROKER_URL"] = "redis://127.0.0.1:1/0"

    production.shell(PUBLISH)

    production.environment["CELERY_BROKER_URL"] = broker
    production.start_worker()
    eventually(lambda: to_the_reader(postbox[0]))
    ask = "from reports.alerts.models import Delivery as D; print(D.objects.get(address='reader@example.org').outcome)"
    eventually(lambda: production.shell(ask) == "sent")
    assert len(to_the_reader(postbox[0])) == 1


def test_embedded_the_message_becomes_a_file(embedded):
    embedded.start_all()
    embedded.shell(PEOPLE)

    embedded.shell(PUBLISH)

    mail = embedded.folder / "mail"
    eventually(lambda: [file for file in mail.glob("*.eml") if "To: reader@example.org" in file.read_text()])


def test_the_clock_ends_an_embargo(production, postbox):
    production.environment["EMBARGO_SWEEP_SECONDS"] = "1"
    production.start_all()
    production.shell(PEOPLE)
    terms = 'until=timezone.now() + datetime.timedelta(seconds=6), reason="They leave first.", tell=True'
    embargo = PUBLISH.replace("actions.publish(report, by=verifier)", f"actions.embargo(report, by=verifier, {terms})")

    production.shell("from django.utils import timezone" + embargo)

    ask = "from reports.conditions.models import ConditionReport as R; print(R.objects.latest('created_at').state)"
    assert production.shell(ask) == "verified"
    eventually(lambda: production.shell(ask) == "published")
    assert eventually(lambda: postbox[0].messages)
