"""What could still be done, and what it needs."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.restoration.models import PlanStatus
from reports.restoration.money import Sum
from reports.situation_reports.content import Entry, Section, Table
from reports.situation_reports.facts import Facts, PlanThen
from reports.situation_reports.writing import findings, phrases, words
from reports.situation_reports.writing.sections import link_to


def plans(facts: Facts) -> Section:
    """Every plan, wish and proposal that had been voiced by the end of the period, and the money it takes."""
    if not facts.plans:
        paragraphs = (_("No plan of restoration and no hope of it is recorded."),)
        return Section(key="plans", title=_("Plans and needs"), paragraphs=paragraphs)
    counted = ngettext("%(number)s plan is recorded.", "%(number)s plans are recorded.", len(facts.plans))
    return Section(
        key="plans",
        title=_("Plans and needs"),
        paragraphs=(counted % {"number": words.number(len(facts.plans))},),
        entries=tuple(_entry(facts, plan) for plan in facts.plans),
        table=_needs(facts.needs),
    )


def _entry(facts: Facts, then: PlanThen) -> Entry:
    plan, state = then.plan, then.state
    subject = facts.by_monument[cast("UUID", plan.monument_id)]
    sentences = [f"{state.phase_label}: {plan.title}."]
    if state.progress and state.status == PlanStatus.IN_PROGRESS:
        sentences.append(_("Progress: %(percent)s %%.") % {"percent": words.number(state.progress)})
    if plan.feasibility:
        sentences.append(_("Feasibility: %(feasibility)s.") % {"feasibility": plan.get_feasibility_display().lower()})
    for estimate in then.costs:
        cost = {"cost": words.money(estimate.amount, estimate.currency), "covers": estimate.covers}
        sentences.append((_("Cost: %(cost)s (%(covers)s).") if estimate.covers else _("Cost: %(cost)s.")) % cost)
    return Entry(
        when=words.date(findings.span(plan)) if plan.date_to else "",
        kind=state.status_label,
        title=subject.name,
        link=link_to(facts, subject),
        sentences=tuple(sentences),
        quote=words.quoted(plan.note, plan.language),
        source=findings.source(plan),
        source_link=plan.source_url,
        certainty=phrases.how_sure(plan.certainty),
        flags=(*phrases.doubts(plan), *([_("The plan is contested.")] if plan.contested else [])),
    )


def _needs(needs: list[Sum]) -> Table | None:
    """Per currency: what was estimated, promised and not yet paid, paid, and what is lacking."""
    if not needs:
        return None
    rows = tuple(
        (
            row.currency,
            *(words.money(amount, row.currency) for amount in (row.needed, row.promised, row.paid, row.gap)),
        )
        for row in needs
    )
    columns = (_("Currency"), _("Estimated cost"), _("Promised"), _("Paid"), _("Lacking"))
    return Table(columns, rows, numeric=(1, 2, 3, 4), widths=(1, 2, 2, 2, 2))
