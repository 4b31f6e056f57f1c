"""Who may do what: the one table of roles and permissions, laid down after every migration.

`domain.md`'s roles; the public needs no account. docs/permissions.md shows the table to people.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

REPORTER = "Reporter"
EDITOR = "Editor"
VERIFIER = "Verifier"
ADMINISTRATOR = "Administrator"

_REPORTER = {
    "conditions.add_conditionreport",
    "conditions.submit_conditionreport",
    "evidence.add_evidence",
}
_REGISTRY = {
    f"sites.{verb}_{model}"
    for verb in ("add", "change", "view")
    for model in ("site", "monument", "name", "designation")
}
_STAFF_VIEWS = {
    "sources.view_source",
    "conditions.view_conditionreport",
    "conditions.view_monumentstatus",
    "conditions.view_reportstep",
    "conditions.view_disturbance",
    "conditions.view_effect",
    "conditions.view_threat",
    "conditions.view_risktopeople",
    "conditions.view_incident",
    "situation.view_situationevent",
    "situation.view_party",
    "restoration.view_plan",
    "restoration.view_planstep",
    "restoration.view_costestimate",
    "restoration.view_pledge",
    "restoration.view_donor",
    "restoration.view_milestone",
    "restoration.view_dependency",
    "restoration.view_prospectstatement",
    "restoration.view_priorityoverride",
    "restoration.view_weighting",
    "inspections.view_inspection",
    "inspections.view_inspectionstep",
    "inspections.view_checklistitem",
    "evidence.view_evidence",
    "evidence.view_flag",
    "evidence.view_custodyentry",
    "alerts.view_alert",
    "alerts.view_delivery",
    "alerts.view_attempt",
    "alerts.acknowledge_alert",
    "situation_reports.view_situationreport",
    "accounts.read_mailbox",
}
_VIEWS_AS_PUBLIC = {"accounts.view_as_public"}
_EDITOR = (
    _REPORTER
    | _VIEWS_AS_PUBLIC
    | _REGISTRY
    | _STAFF_VIEWS
    | {
        "sites.delete_name",
        "sites.delete_designation",
        "sites.view_exact_place",
        "sources.add_source",
        "sources.change_source",
        "conditions.change_conditionreport",
        "conditions.delete_conditionreport",
        "situation.add_situationevent",
        "situation.change_situationevent",
        "restoration.add_plan",
        "restoration.change_plan",
        "restoration.add_priorityoverride",
        "inspections.add_inspection",
        "inspections.change_inspection",
        "evidence.change_evidence",
        "situation_reports.ask_staff_report",
    }
    | {
        f"conditions.{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("disturbance", "effect", "threat", "risktopeople")
    }
    | {
        f"restoration.{verb}_{model}"
        for verb in ("add", "change")
        for model in ("costestimate", "pledge", "donor", "milestone", "prospectstatement")
    }
    | {"restoration.add_dependency", "restoration.delete_dependency"}
    | {"conditions.change_incident"}
)
_KEEPS_PARTIES = {"situation.add_party", "situation.change_party"}
_VERIFIER = (
    _EDITOR
    | _KEEPS_PARTIES
    | {
        "conditions.verify_conditionreport",
        "conditions.publish_conditionreport",
        "conditions.retract_conditionreport",
        "conditions.add_confidentialnote",
        "conditions.view_confidentialnote",
        "evidence.publish_evidence",
        "evidence.view_original",
        "evidence.export_package",
        "restoration.decide_plan",
    }
)
_ADMINISTRATOR = (
    _STAFF_VIEWS
    | _VIEWS_AS_PUBLIC
    | _KEEPS_PARTIES
    | {
        "sites.view_site",
        "sites.view_monument",
        "sites.view_name",
        "sites.view_designation",
        "accounts.view_as_others",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_user",
        "accounts.add_contact",
        "accounts.change_contact",
        "accounts.delete_contact",
        "accounts.view_contact",
        "sites.add_organisation",
        "sites.change_organisation",
        "sites.view_organisation",
        "sites.add_responsibility",
        "sites.change_responsibility",
        "sites.delete_responsibility",
        "sites.view_responsibility",
        "sites.view_disclosure",
        "auth.view_group",
        "alerts.add_subscription",
        "alerts.change_subscription",
        "alerts.view_subscription",
        "alerts.resend_delivery",
        "restoration.add_weighting",
        "situation_reports.change_situationreport",
        "alerts.view_suppression",
        "alerts.delete_suppression",
        "evidence.view_damagedoriginal",
        "evidence.view_fixityrun",
        "evidence.accept_loss",
        "alerts.view_endpoint",
        "alerts.delete_endpoint",
    }
)

PERMISSIONS: dict[str, set[str]] = {
    REPORTER: _REPORTER,
    EDITOR: _EDITOR,
    VERIFIER: _VERIFIER,
    ADMINISTRATOR: _ADMINISTRATOR,
}
"""Role (the name of its group) -> permissions as `app_label.codename`."""

STAFF = {EDITOR, VERIFIER, ADMINISTRATOR}
"""The roles whose people may enter the admin."""


@transaction.atomic
def grant() -> None:
    """Give each role exactly its permissions; runs as often as you like."""
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for role, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role)
        # Half-way through the migrations some models, and so their permissions, are not there yet.
        group.permissions.set([known[name] for name in wanted if name in known])


def grant_after_migrate(**_: Any) -> None:
    grant()
