"""Notices as servers write them, about a message that was sent."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from reports.alerts.models import Delivery
from reports.alerts.tasks import sweep
from tests.factories.alerts import SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

NOTICES = Path(__file__).parent / "notices"
BOUNCES = "bounces@tadmor.example.com"


def written(name: str, *, message_id: str = "<no@where>", came_to: str = BOUNCES) -> bytes:
    text = (NOTICES / f"{name}.eml").read_text(encoding="utf-8")
    return text.replace("MESSAGE-ID", message_id).replace("CAME-TO", came_to).encode()


@pytest.fixture
def site(db):
    return SiteFactory()


@pytest.fixture
def tell(postbox, site):
    """Tell a reader of something, and give what was sent."""
    subscription = SubscriptionFactory(site=site, user=None, address="zenobia@example.org")

    def tell() -> Delivery:
        PublishedFactory(monument=MonumentFactory(site=site))
        sweep()
        return Delivery.objects.filter(reasons=subscription).latest("pk")

    return tell


@pytest.fixture
def box(tmp_path, settings):
    """The mailbox of notices, which lies on this machine."""
    settings.BOUNCE_ADDRESS = BOUNCES
    settings.BOUNCE_MAILBOX_URL = f"maildir://{tmp_path}/bounces"
    return mailbox.Maildir(tmp_path / "bounces")
