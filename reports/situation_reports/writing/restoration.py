"""What could still be done, and what it needs."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.restoration.models import Plan
from reports.situation_reports.content import Entry, Section, Table
from reports.situation_reports.facts import Facts
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
        table=_needs(facts.plans),
    )


def _entry(facts: Facts, plan: Plan) -> Entry:
    subject = facts.by_monument[plan.monument_id]  # type: ignore[index]
    sentences = [f"{plan.get_phase_display()}: {plan.title}."]
    if plan.feasibility:
        sentences.append(_("Feasibility: %(feasibility)s.") % {"feasibility": plan.get_feasibility_display().lower()})
    for estimate in plan.standing_costs:
        cost = {"cost": words.money(estimate.amount, estimate.currency), "covers": estimate.covers}
        sentences.append((_("Cost: %(cost)s (%(covers)s).") if estimate.covers else _("Cost: %(cost)s.")) % cost)
    return Entry(
        when=words.date(findings.span(plan)) if plan.date_to else "",
        kind=str(plan.get_status_display()),
        title=subject.name,
        link=link_to(facts, subject),
        sentences=tuple(sentences),
        quote=words.quoted(plan.note, plan.language),
        source=findings.source(plan),
        source_link=plan.source_url,
        certainty=phrases.how_sure(plan.certainty),
        flags=phrases.doubts(plan),
    )


def _needs(plans: list[Plan]) -> Table | None:
    """Per currency: what was estimated, and the funds that are told."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for plan in plans:
        for cost in plan.standing_costs:
            sums[cost.currency][0] += cost.amount
        for pledge in plan.standing_pledges:
            sums[pledge.currency][1] += pledge.amount
    if not sums:
        return None
    lines = tuple(
        (currency, words.money(cost, currency), words.money(funds, currency))
        for currency, (cost, funds) in sorted(sums.items())
    )
    return Table((_("Currency"), _("Estimated cost"), _("Funds")), lines, numeric=(1, 2), widths=(1, 2, 2))
