"""The steps that are taken with a piece of evidence or many, once somebody has confirmed them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from reports.evidence import actions
from reports.evidence.actions.life import refusal_to_keep_confidential, refusal_to_publish, refusal_to_withdraw

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    from reports.conditions.workflow import Refused
    from reports.evidence.models import Evidence


class Step(NamedTuple):
    label: Any
    question: Any
    """What is asked before it is taken."""
    take: Callable[..., object]
    """Of the evidence, by whom, for which reason."""
    refusal: Callable[[Evidence, PermissionsMixin | AnonymousUser], Refused | None]
    needs_reason: bool = True


def _keep(confidential: bool) -> Callable[..., object]:
    def take(evidence: Evidence, *, by: Any, reason: str) -> object:
        return actions.keep_confidential(evidence, confidential, by=by, reason=reason)

    return take


STEPS = {
    "publish": Step(
        label=_("Publish"),
        question=_("Everybody will see the pictures and what is said of them; neither originals nor who sent them."),
        take=lambda evidence, *, by, reason: actions.publish(evidence, by=by),
        refusal=refusal_to_publish,
        needs_reason=False,
    ),
    "withdraw": Step(
        label=_("Withdraw"),
        question=_("Nobody will see it any more. That it was there, and your reason, stay; this cannot be undone."),
        take=actions.withdraw,
        refusal=refusal_to_withdraw,
    ),
    "confidential": Step(
        label=_("Keep confidential"),
        question=_("Only verifiers who answer for the site will see it, whatever it belongs to."),
        take=_keep(True),
        refusal=refusal_to_keep_confidential,
    ),
    "open": Step(
        label=_("No longer confidential"),
        question=_("It will be as public as what it belongs to."),
        take=_keep(False),
        refusal=refusal_to_keep_confidential,
    ),
}


def open_to(evidence: Evidence, user: PermissionsMixin | AnonymousUser) -> dict[str, Any]:
    """The steps that this person can take with it now: name and label."""
    useless = "confidential" if evidence.confidential else "open"
    names = [name for name in STEPS if name != useless]
    return {name: STEPS[name].label for name in names if STEPS[name].refusal(evidence, user) is None}
