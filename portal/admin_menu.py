"""The admin's sidebar, by subject; each entry for those who may see its list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.eamena.loading import may_load

REGISTRY = _("Registry")
MENU = [
    (
        _("Reports"),
        [
            (_("Condition reports"), "fact_check", "conditions", "conditionreport", ""),
            (_("To be reviewed"), "rate_review", "conditions", "conditionreport", "?state__exact=submitted"),
            (_("Incidents"), "join", "conditions", "incident", ""),
            (_("Statuses"), "history", "conditions", "monumentstatus", ""),
            (_("Situation events"), "crisis_alert", "situation", "situationevent", ""),
            (_("Parties"), "flag", "situation", "party", ""),
            (_("Inspections"), "event_available", "inspections", "inspection", ""),
            (_("Restoration plans"), "construction", "restoration", "plan", ""),
            (_("Priorities"), "priority_high", "restoration", "priorityoverride", ""),
            (_("Weights of the score"), "tune", "restoration", "weighting", ""),
            (_("Situation reports"), "summarize", "situation_reports", "situationreport", ""),
            (_("Sources"), "format_quote", "sources", "source", ""),
        ],
    ),
    (
        _("Evidence"),
        [
            (_("Photographs and documents"), "photo_library", "evidence", "evidence", ""),
            (_("Damaged originals"), "broken_image", "evidence", "damagedoriginal", "?restored_at__isempty=1"),
            (_("Checks of originals"), "verified", "evidence", "fixityrun", ""),
        ],
    ),
    (
        REGISTRY,
        [
            (_("Sites"), "map", "sites", "site", ""),
            (_("Monuments"), "account_balance", "sites", "monument", ""),
        ],
    ),
    (
        _("Alerts"),
        [
            (_("Alerts"), "notifications", "alerts", "alert", ""),
            (_("Deliveries"), "outgoing_mail", "alerts", "delivery", ""),
            (_("Refused addresses"), "unsubscribe", "alerts", "suppression", ""),
            (_("Subscriptions"), "mark_email_read", "alerts", "subscription", ""),
            (_("Webhooks"), "webhook", "alerts", "endpoint", ""),
        ],
    ),
    (
        _("People"),
        [
            (_("Organisations"), "groups", "sites", "organisation", ""),
            (_("Responsibilities"), "assignment_ind", "sites", "responsibility", ""),
            (_("Disclosures"), "visibility", "sites", "disclosure", ""),
            (_("Users"), "person", "accounts", "user", ""),
            (_("Roles"), "badge", "auth", "group", ""),
        ],
    ),
]


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Sections with the entries that this person may open; empty sections are left out."""
    sections: list[dict[str, Any]] = [
        {
            "title": title,
            "separator": True,
            "items": [_item(request, entry) for entry in entries if _may_see(request, entry)],
        }
        for title, entries in MENU
    ]
    registry = next(section for section in sections if section["title"] == REGISTRY)
    if may_load(request.user):
        registry["items"].append(
            {"title": _("Sheets of EAMENA"), "icon": "upload_file", "link": reverse("admin:eamena")}
        )
    return [section for section in sections if section["items"]]


def _may_see(request: HttpRequest, entry: tuple[Any, ...]) -> bool:
    app, model = entry[2:4]
    return any(request.user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "change"))


def _item(request: HttpRequest, entry: tuple[Any, ...]) -> dict[str, Any]:
    title, icon, app, model, query = entry
    link = reverse(f"admin:{app}_{model}_changelist")
    here = request.path.startswith(link) and query == _query_of_entry(request, app, model)
    return {"title": title, "icon": icon, "link": link + query, "active": here}


def _query_of_entry(request: HttpRequest, app: str, model: str) -> str:
    """Of the entries that lead to one list, the query of the one that its reader followed; else of the first."""
    queries = [entry[4] for _title, entries in MENU for entry in entries if entry[2:4] == (app, model)]
    asked = request.GET.urlencode()
    return next((query for query in queries if query and query.removeprefix("?") in asked), queries[0])
