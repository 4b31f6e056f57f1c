"""Observations for tests of the pure rule: by hand, and by hypothesis."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from reports.conditions.status import Observation
from reports.vocabulary import Certainty, Condition, DamageGrade, FabricStatus, ReportKind

FIRST = datetime.date(2015, 1, 1)
NOON = datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.UTC)
SOURCES = [uuid.UUID(int=n) for n in range(3)]


def observation(**facts: Any) -> Observation:
    """A sure report of severe damage on 30 August 2015, but for what is given."""
    usual: dict[str, Any] = {
        "id": uuid.uuid4(),
        "kind": ReportKind.DAMAGE,
        "damage_grade": DamageGrade.SEVERE,
        "condition": "",
        "fabric_status": "",
        "certainty": Certainty.HIGH,
        "suspected": False,
        "observed_on": datetime.date(2015, 8, 30),
        "observed_precision": "day",
        "published_at": NOON,
        "source": SOURCES[0],
    }
    usual |= facts
    usual.setdefault("observed_from", usual["observed_on"])
    return Observation(**usual)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """Any report that may stand, within two months, so that days, sources and grades meet often."""
    day = FIRST + datetime.timedelta(days=draw(st.integers(0, 60)))
    kind = draw(st.sampled_from(ReportKind.values))
    graded = kind in {ReportKind.DAMAGE, ReportKind.ASSESSMENT, ReportKind.INTERVENTION}
    return observation(
        id=draw(st.uuids()),
        kind=kind,
        damage_grade=draw(st.sampled_from(DamageGrade.values)) if graded else "",
        condition=draw(st.sampled_from(["", *Condition.values])),
        fabric_status=draw(st.sampled_from(["", *FabricStatus.values])),
        certainty=draw(st.sampled_from(Certainty.values)),
        suspected=draw(st.booleans()),
        observed_on=day,
        published_at=NOON + datetime.timedelta(days=draw(st.integers(0, 5))),
        source=draw(st.sampled_from(SOURCES)),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """Any reports of one monument; some cite others of them, as a finding does."""
    seen = draw(st.lists(observations(), max_size=8, unique_by=lambda o: o.id))
    ids = [o.id for o in seen]
    if len(ids) < 2 or not draw(st.booleans()):
        return seen
    cited = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
    finding = draw(st.sampled_from([o for o in seen if o.id not in cited] or seen))
    return [replace(o, cites=frozenset(cited) - {o.id}) if o is finding else o for o in seen]
