"""What leads where, for the header, the page of one's own work and the search."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.urls import reverse
from django.utils.translation import gettext as _


class Entry(NamedTuple):
    label: str
    address: str


def public() -> list[Entry]:
    """The pages for everybody."""
    return [
        Entry(_("Sites"), reverse("home")),
        Entry(_("Find"), reverse("monuments")),
        Entry(_("Restoration"), reverse("restoration")),
        Entry(_("Reports"), reverse("situation-reports")),
        Entry(_("Alerts"), reverse("alerts")),
        Entry(_("Data"), reverse("api:docs")),
    ]


def own(user: PermissionsMixin | AnonymousUser) -> list[Entry]:
    """What this person works in."""
    if user.pk is None:
        return []
    return [Entry(label, reverse(name)) for label, name, allowed in _own(user) if allowed]


def _works_on_sites(user: PermissionsMixin | AnonymousUser) -> bool:
    return user.has_perm("inspections.view_inspection") or user.has_perm("conditions.add_conditionreport")


def _own(user: PermissionsMixin | AnonymousUser) -> list[tuple[str, str, bool]]:
    staff = bool(getattr(user, "is_staff", False))
    return [
        (_("New report"), "report-add", user.has_perm("conditions.add_conditionreport")),
        (_("Review"), "review", user.has_perm("conditions.verify_conditionreport")),
        (_("Pictures to describe"), "picture-work", user.has_perm("evidence.change_evidence")),
        (_("Pictures to publish"), "pictures-waiting", user.has_perm("evidence.publish_evidence")),
        (_("Inspections"), "inspections", _works_on_sites(user)),
        (_("Sent files"), "uploads", user.has_perm("evidence.add_evidence")),
        (_("Statistics"), "statistics", user.has_perm("conditions.view_conditionreport")),
        (_("Evidence packages"), "packages", user.has_perm("evidence.export_package")),
        (_("Mailbox"), "mailbox", user.has_perm("accounts.read_mailbox")),
        (_("Admin"), "admin:index", staff),
        (_("My alerts"), "subscriptions", True),
        (_("Keys"), "keys", True),
        (_("My account"), "account", True),
    ]
