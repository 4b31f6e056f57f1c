"""What a message says, in words, from the facts of its alerts: the text and the HTML are made of the same."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from reports.alerts.models import Alert, Rule
from reports.conditions.workflow import State
from reports.evidence.vocabulary import Damage
from reports.restoration.models import Phase, PlanStatus
from reports.situation.models import AccessLevel, EventKind, Outcome
from reports.situation.wording import people_text, safety_text
from reports.situation_reports import summaries
from reports.vocabulary import (
    CauseCategory,
    CauseType,
    Certainty,
    Condition,
    DamageGrade,
    Danger,
    ReportKind,
    ThreatProbability,
)
from sites.dates import Span, describe

KEEP_AWAY = gettext_lazy("Do not go there before you know that it is safe.")


DAMAGED = "/admin/evidence/damagedoriginal/?restored_at__isempty=1"


class Row(NamedTuple):
    """One line: what it is, what it says, and where that leads."""

    label: str
    value: str
    href: str = ""


class Change(NamedTuple):
    """From what to what; without `before` it is as it was."""

    label: str
    before: str
    after: str


def frame(language: str) -> dict[str, Any]:
    """What every message needs to be set in its language."""
    return {
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        # Becoming points the way that the language is read.
        "becomes": "←" if translation.get_language_bidi() else "→",
    }


def context(alert: Alert, language: str, *, duty: bool = False) -> dict[str, Any]:
    """`duty`: the reader is asked to acknowledge."""
    facts = alert.facts
    site = _name(facts["site_names"] or facts["place_names"], language)
    said: dict[str, Any] = {
        "changes": [],
        "notes": [],
        "sides": [],
        "rows": [],
        "narrative": "",
        "narrative_language": "",
    }
    for name, describes in DESCRIBES.items():
        if name in facts:
            describes(alert, facts, said)
    if warned := _warned(facts.get("warnings")):
        said["notes"].append(warned)
    if "repeats" in facts:
        said["notes"].insert(0, _("It was raised as “%(rule)s”.") % {"rule": Rule(facts["repeats"]).label})
    return {
        **frame(language),
        **said,
        "rule": Rule(alert.rule).label,
        "severity": alert.get_severity_display(),
        "title": _name(facts["monument_names"], language) if facts["monument_names"] else site,
        "site": site,
        "asked": _asked(alert, duty=duty),
        "url": f"{settings.BASE_URL}{alert.get_absolute_url()}",
        "place_url": settings.BASE_URL + place(facts),
    }


def _warned(warnings: dict[str, Any] | None) -> str:
    """What is in force for those who go there; alerts that were raised before it was kept say nothing of it."""
    said = safety_text(warnings["access"], warnings["dangers"]) if warnings else ""
    return _("Before anybody goes there: %(warnings)s") % {"warnings": said} if said else ""


def place(facts: dict[str, Any]) -> str:
    """The page of the monument, or of the whole site; of what is neither, the report about it."""
    if not facts["site"]:
        return f"/situation-reports/{facts['weekly']['report']}/"
    return f"/monuments/{facts['monument']}/" if facts.get("monument") else f"/sites/{facts['site']}/"


def _asked(alert: Alert, *, duty: bool) -> str:
    if alert.rule == Rule.REVIEW_WAITING:
        return _("Please review it.")
    if alert.rule == Rule.INSPECTION_OVERDUE:
        return _("Please have somebody look at it.")
    if alert.rule == Rule.EVIDENCE_MISMATCH:
        return _("Please restore the files from the backup and verify them again.")
    if alert.rule == Rule.ESCALATION:
        return _("Nobody who answers for the site has taken this up; please see to it that somebody does.")
    if duty and alert.acknowledged_at is None:
        return _("Please acknowledge that you have taken this up; else it is sent again, and then to administrators.")
    return ""


def _publication(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    report, before, after = facts["report"], facts["before"], facts["after"]
    grade, condition = _label(DamageGrade(after["damage_grade"])), _label(Condition(after["condition"]))
    graded = before["damage_grade"] != after["damage_grade"]
    said["changes"].append(Change(_("Damage"), _label(DamageGrade(before["damage_grade"])) if graded else "", grade))
    if before["condition"] != after["condition"]:
        said["changes"].append(Change(_("Condition"), _label(Condition(before["condition"])), condition))
    # Alerts that were raised before both sides were kept have none.
    said["sides"] = [(_label(DamageGrade(side["damage_grade"])), side["source"]) for side in facts.get("sides", [])]
    said["notes"] += _notes(alert, report, after)
    said["rows"].append(Row(_("Kind of report"), _label(ReportKind(report["kind"]))))
    if report["part"]:
        said["rows"].append(Row(_("Part"), report["part"]))
    _statement(report, said, _("Observed"))
    for threat in report["threats"]:
        cause, category = CauseType(threat["cause"]).label, CauseCategory(threat["category"]).label
        probability = ThreatProbability(threat["probability"]).label
        said["rows"].append(Row(_("Threat"), f"{cause} ({category}), {probability}"))
    # Alerts that were raised before dangers were kept have none.
    for risk in report.get("dangers", []):
        danger, certainty = _label(Danger(risk["danger"])), _label(Certainty(risk["certainty"]))
        said["rows"].append(Row(_("Danger to people"), f"{danger} ({_('Certainty')}: {certainty})"))


def _notes(alert: Alert, report: dict[str, Any], after: dict[str, Any]) -> list[str]:
    notes = []
    if report.get("dangers"):
        notes.append(str(KEEP_AWAY))
    if alert.rule == Rule.RETRACTION:
        notes.append(_("A report that you were told of has been retracted."))
        notes.append(_("Reason: %(reason)s") % {"reason": report["retraction_reason"]})
    if alert.rule == Rule.CORRECTION:
        notes.append(_("A report that you were told of has been corrected."))
    elif report.get("corrects"):
        notes.append(_("It takes the place of an earlier report."))
    if alert.rule == Rule.SETTLED:
        notes.append(_("Sources contradicted each other; that is settled now."))
    if after["contested"]:
        notes.append(_("Contested: two sources contradict each other; the worse grade is used."))
    if after["suspected"]:
        notes.append(_("Damage is suspected, not confirmed."))
    return notes


def _event(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    event = facts["event"]
    if event["kind"] == EventKind.HAZARD:
        said["notes"].append(str(KEEP_AWAY))
    if alert.rule == Rule.RETRACTION:
        said["notes"].append(_("An event that you were told of has been retracted."))
        said["notes"].append(_("Reason: %(reason)s") % {"reason": event["retraction_reason"]})
    elif event.get("corrects"):
        said["notes"].append(_("It takes the place of what was said of the event before."))
    said["rows"].append(Row(_("Kind of event"), _label(EventKind(event["kind"]))))
    # Alerts that were raised before events had fields of their own have none.
    if event.get("to_party"):
        before, after = (_name(event[side], get_language() or "en") for side in ("from_party", "to_party"))
        said["changes"].append(Change(_("Control"), before, after))
    if says := people_text(event.get("population_before"), event.get("population_now")):
        said["rows"].append(Row(_("People"), says))
    if event.get("access"):
        said["rows"].append(Row(_("Access"), _label(AccessLevel(event["access"]))))
    if event.get("danger"):
        outcome = f" – {_label(Outcome(event['outcome']))}" if event["outcome"] else ""
        said["rows"].append(Row(_("Danger"), _label(Danger(event["danger"])) + outcome))
    _statement(event, said, _("When"))


def _plan(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    plan = facts["plan"]
    before = _label(PlanStatus(plan["before"])) if plan["before"] and plan["before"] != plan["after"] else ""
    said["changes"].append(Change(_("Restoration plan"), before, _label(PlanStatus(plan["after"]))))
    href = f"{settings.BASE_URL}/restoration/plans/{plan['id']}/" if "id" in plan else ""
    said["rows"] += [Row(_("Plan"), plan["title"], href), Row(_("Phase"), _label(Phase(plan["phase"])))]
    # Alerts that were raised before progress was kept have none.
    if plan.get("progress") is not None:
        said["rows"].append(Row(_("Progress"), _("%(number)s%%") % {"number": plan["progress"]}))
    if plan.get("planned_to"):
        said["rows"].append(Row(_("Planned until"), _day(plan["planned_to"])))
    _statement(plan, said, _("When"))


def _late(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    late = facts["late"]
    due = late["milestone"] or _("the planned end")
    said["notes"].append(_("Due on %(day)s and not reached: %(what)s") % {"day": _day(late["due_on"]), "what": due})


def _silent(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    said["notes"].append(_("Nothing was heard of it since %(day)s.") % {"day": _day(facts["silent"]["since"])})


def _waiting(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    since = datetime.datetime.fromisoformat(facts["waiting"]["since"])
    said["rows"].append(Row(_("Waiting since"), date_format(since, "DATE_FORMAT")))
    said["rows"].append(Row(_("State"), _label(State.SUBMITTED), settings.BASE_URL + "/review/"))


def _overdue(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    seen = facts["overdue"]["assessed_on"]
    day = _day(seen) if seen else _("never")
    said["rows"].append(Row(_("Last assessed"), day))


def _inspection(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    planned = facts["inspection"]
    address = f"{settings.BASE_URL}/inspections/{planned['id']}/"
    said["rows"].append(Row(_("Inspection due on"), _day(planned["due_on"]), address))


def _originals(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    said["notes"].append(_("Files of evidence of this site are not what was stored."))
    for damage in Damage:
        if number := facts["originals"][damage]:
            files = ngettext("%(number)s file", "%(number)s files", number) % {"number": number_format(number)}
            said["rows"].append(Row(_label(damage), files, settings.BASE_URL + DAMAGED))


def _weekly(alert: Alert, facts: dict[str, Any], said: dict[str, Any]) -> None:
    """The summary as it was filed, as long as it may be told."""
    weekly, language = facts["weekly"], translation.get_language() or settings.LANGUAGE_CODE
    edition = summaries.of(weekly["report"], language)
    first, last = (datetime.date.fromisoformat(weekly[name]) for name in ("period_from", "period_to"))
    period = _("%(from)s to %(to)s") % {"from": date_format(first), "to": date_format(last)}
    said["rows"].append(Row(_("Period"), period))
    said["rows"].append(Row(_("Report"), _("Read it"), f"{settings.BASE_URL}/situation-reports/{weekly['report']}/"))
    said["narrative"], said["narrative_language"] = "\n".join(edition), language


DESCRIBES = {
    "weekly": _weekly,
    "report": _publication,
    "event": _event,
    "plan": _plan,
    "late": _late,
    "silent": _silent,
    "waiting": _waiting,
    "overdue": _overdue,
    "inspection": _inspection,
    "originals": _originals,
}
"""By the fact that an alert has, what it says of it."""


def _statement(stated: dict[str, Any], said: dict[str, Any], when: str) -> None:
    """When, how sure, who says so, in which words."""
    if stated["date_to"]:
        start = stated["date_from"]
        first = datetime.date.fromisoformat(start) if start else None
        span = Span(first, datetime.date.fromisoformat(stated["date_to"]), stated["date_precision"])
        said["rows"].append(Row(when, describe(span)))
    said["rows"].append(Row(_("Certainty"), _label(Certainty(stated["certainty"]))))
    said["rows"].append(Row(_("Source"), stated["source"], stated["source_url"]))
    said["narrative"], said["narrative_language"] = stated["narrative"], stated["language"]


def _day(iso: str) -> str:
    return date_format(datetime.date.fromisoformat(iso), "DATE_FORMAT")


def _label(choice: Any) -> str:
    return str(choice.label)


def _name(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()), "")
