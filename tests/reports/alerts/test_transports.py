"""A way of telling people is one file."""

from __future__ import annotations

import sys

import pytest

from reports.alerts import actions, transports
from reports.alerts.models import Alert, Delivery, Outcome, channels_of_people
from reports.alerts.tasks import sweep
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db

CARRIER_PIGEON = """
from reports.alerts.transports.base import Transport

flown = []


class Pigeon(Transport):
    channel, label = "pigeon", "Carrier pigeon"

    def send(self, delivery, alerts):
        flown.append((delivery.address, [alert.rule for alert in alerts]))
"""


@pytest.fixture
def pigeon(tmp_path, monkeypatch):
    """The file is there when the portal starts."""
    (tmp_path / "pigeon.py").write_text(CARRIER_PIGEON)
    monkeypatch.setattr(transports, "__path__", [*transports.__path__, str(tmp_path)])
    before = dict(transports.TRANSPORTS)
    transports.TRANSPORTS.update(transports.find())
    yield sys.modules["reports.alerts.transports.pigeon"]
    transports.TRANSPORTS.clear()
    transports.TRANSPORTS.update(before)


def test_a_file_is_enough_to_choose_it_and_to_be_told_by_it(pigeon):
    assert ("pigeon", "Carrier pigeon") in channels_of_people()
    reader = SubscriptionFactory(channel="pigeon")
    PublishedFactory(monument=MonumentFactory(site=reader.site))

    actions.fan_out(Alert.objects.get().pk)
    sweep()

    assert pigeon.flown == [(reader.user.email, ["new_loss"])]
    assert Delivery.objects.get(channel="pigeon").outcome == Outcome.SENT
    assert reader.get_channel_display() == "Carrier pigeon"
