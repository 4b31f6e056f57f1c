"""From the rows of a sheet to places with their assessments. Pure; what cannot be read is a problem of a cell."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import shapely
from django.utils.translation import gettext as _

from portal.eamena import terms
from portal.eamena.columns import COLUMNS
from reports.vocabulary import (
    ActionGroup,
    AssessmentMethod,
    CauseCategory,
    CauseType,
    Certainty,
    Condition,
    EffectType,
    Extent,
    ThreatProbability,
    Urgency,
)

UID = "UNIQUEID"
HEADER_WITHIN = 10
"""The row of the columns is among the first so many."""
SEPARATOR = "|"
EAST, NORTH = 180, 90


class Problem(NamedTuple):
    """`row` as the sheet counts them; 0: the sheet as a whole."""

    row: int
    column: str
    message: str


class Cells(NamedTuple):
    row: int
    texts: dict[str, str]


@dataclass
class Assessment:
    row: int
    facts: dict[str, Any]
    disturbances: list[dict[str, Any]] = field(default_factory=list)
    effects: list[dict[str, Any]] = field(default_factory=list)
    threats: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Place:
    uid: str
    row: int
    names: list[str]
    country: str
    type: str
    part_of: str
    note: str
    point: tuple[float, float] | None
    restricted: bool
    designations: list[Cells] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with its cells, all at once."""


class Reader:
    """Reads a sheet; `problems` says what is wrong with rows that belong to no place."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def places(self, rows: Iterable[tuple[int, list[str]]]) -> list[Place]:
        """In the order of the sheet; the rows of one place stand anywhere in it."""
        grouped: dict[str, list[Cells]] = {}
        for cells in self._named(rows):
            if uid := cells.texts.get(UID, ""):
                grouped.setdefault(uid, []).append(cells)
            else:
                self._say(cells, UID, _("Every row says here which place it belongs to; repeat the one above."))
        return [self._place(uid, lines) for uid, lines in grouped.items()]

    def _named(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[Cells]:
        known = {terms.folded(name): name for name in COLUMNS}
        header: list[str] = []
        for number, texts in rows:
            if header:
                yield Cells(number, {name: text for name, text in zip(header, texts, strict=False) if name and text})
            elif number <= HEADER_WITHIN and terms.folded(UID) in map(terms.folded, texts):
                header = [known.get(terms.folded(text), "") for text in texts]
        if not header:
            said = _("There is no row with the names of the columns; take EAMENA’s template for bulk upload.")
            self.problems.append(Problem(0, UID, said))

    def _place(self, uid: str, lines: list[Cells]) -> Place:
        of_others, self.problems = self.problems, []
        place = self._read(uid, lines)
        place.problems, self.problems = self.problems, of_others
        return place

    def _read(self, uid: str, lines: list[Cells]) -> Place:
        first = lines[0]
        place = Place(
            uid=uid,
            row=first.row,
            names=[text for line in lines if (text := line.texts.get("Resource Name"))],
            country=self._country(lines),
            type=self._type(lines),
            part_of=_first(lines, "HP Related Resource"),
            note=_first(lines, "General Description"),
            point=self._point(lines),
            restricted=bool(_first(lines, "Restricted Access Record Designation")),
            designations=[line for line in lines if line.texts.get("Designation")],
        )
        if not place.names:
            self._say(first, "Resource Name", _("Write a name of the place."))
        for line in lines:
            self._assess(place, line)
        return place

    def _country(self, lines: list[Cells]) -> str:
        line = next((line for line in lines if line.texts.get("Country Type")), lines[0])
        text = line.texts.get("Country Type", "")
        if text and (code := terms.countries_by_name().get(terms.folded(text))):
            return code
        self._say(line, "Country Type", _("Write a country as EAMENA does, or by its two letters, such as SY."))
        return ""

    def _type(self, lines: list[Cells]) -> str:
        text = _first(lines, "Site Feature Interpretation Type")
        return terms.types_by_interpretation().get(terms.folded(text), "other")

    def _point(self, lines: list[Cells]) -> tuple[float, float] | None:
        """A point, or one within what is drawn."""
        column = "Geometric Place Expression"
        line = next((line for line in lines if line.texts.get(column)), None)
        if line is None:
            return None
        try:
            shape: Any = shapely.from_wkt(line.texts[column])
            point = shape if shape.geom_type == "Point" else shape.representative_point()
            longitude, latitude = point.x, point.y
        except (shapely.errors.GEOSException, AttributeError, ValueError):
            self._say(line, column, _("Write a place as WKT in degrees, longitude first, such as POINT(38.27 34.55)."))
            return None
        if not (abs(longitude) <= EAST and abs(latitude) <= NORTH):  # nor is what is empty, or no number
            self._say(line, column, _("This is not on the earth: longitude comes first, then latitude, in degrees."))
            return None
        return longitude, latitude

    def _assess(self, place: Place, line: Cells) -> None:
        """A row with a date or a condition begins an assessment; those below go on with it."""
        begins = line.texts.get("Assessment Activity Date") or line.texts.get("Overall Condition State")
        disturbance, effects, threat = self._disturbance(line), self._effects(line), self._threat(line)
        if begins:
            place.assessments.append(self._assessment(line))
        elif (disturbance or effects or threat) and not place.assessments:
            said = _("Say when this was assessed: a day such as 2015-08-30.")
            self._say(line, "Assessment Activity Date", said)
            return
        if not place.assessments:
            return
        current = place.assessments[-1]
        current.disturbances += [disturbance] if disturbance else []
        current.effects += [{**one, "cause": (disturbance or {}).get("cause", "")} for one in effects]
        current.threats += [threat] if threat else []

    def _assessment(self, line: Cells) -> Assessment:
        facts = {
            "date": self._day(line, "Assessment Activity Date", required=True),
            "source": line.texts.get("Assessment Investigator - Actor", ""),
            "source_citation": line.texts.get("Information Resource Used", ""),
            "narrative": line.texts.get("General Description", ""),
            "condition": self._code(line, "Overall Condition State", Condition),
            "extent": self._code(line, "Damage Extent Type", Extent),
            "method": self._code(line, "Assessment Activity Type", AssessmentMethod),
            "recommended_group": self._code(line, "Intervention Activity Type", ActionGroup),
            "recommended_urgency": self._code(line, "Priority Type", Urgency),
        }
        if not facts["source"]:
            self._say(
                line, "Assessment Investigator - Actor", _("Write who says so: a person, a body, a publication.")
            )
        return Assessment(line.row, facts)

    def _disturbance(self, line: Cells) -> dict[str, Any] | None:
        category = self._code(line, "Disturbance Cause Category Type", CauseCategory)
        cause = self._code(line, "Disturbance Cause Type", CauseType)
        if not category and not cause:
            return None
        on, before = (self._day(line, f"Disturbance Date Occurred {word}") for word in ("On", "Before"))
        begin, end = (self._day(line, f"Disturbance Date {word}") for word in ("From", "To"))
        return {
            "category": category or "unknown",
            "cause": cause or "unknown",
            "certainty": self._code(line, "Disturbance Cause Certainty", Certainty) or "not_applicable",
            "occurred_from": on or begin,
            "occurred_to": on or end or before or begin,
        }

    def _effects(self, line: Cells) -> list[dict[str, Any]]:
        """Several stand in one cell, their certainties in the same order."""
        kinds = self._codes(line, "Effect Type", EffectType)
        sure = self._codes(line, "Effect Certainty", Certainty)
        sure += ["not_applicable"] * (len(kinds) - len(sure))
        return [{"effect": kind, "certainty": certainty} for kind, certainty in zip(kinds, sure, strict=False)]

    def _threat(self, line: Cells) -> dict[str, Any] | None:
        category = self._code(line, "Threat Category", CauseCategory)
        cause = self._code(line, "Threat Type", CauseType)
        if not category and not cause:
            return None
        probability = self._code(line, "Threat Probability", ThreatProbability)
        return {
            "category": category or "unknown",
            "cause": cause or "unknown",
            "probability": probability or "not_applicable",
        }

    def _codes(self, line: Cells, column: str, of: Any) -> list[str]:
        texts = [text.strip() for text in line.texts.get(column, "").split(SEPARATOR)]
        return [self._meant(line, column, text, of) for text in texts if text]

    def _code(self, line: Cells, column: str, of: Any) -> str:
        text = line.texts.get(column, "")
        return self._meant(line, column, text, of) if text else ""

    def _meant(self, line: Cells, column: str, text: str, of: Any) -> str:
        known = terms.codes(of)
        code = known.get(terms.folded(text), "")
        if not code:
            given = text[:100]
            facts = {"given": given, "meant": terms.nearest(given, terms.words(of))}
            said = _("“%(given)s” is not in this list. Did you mean “%(meant)s”?") if facts["meant"] else ""
            said = said or _("“%(given)s” is not in this list; the sheet of lists in EAMENA’s template has them all.")
            self._say(line, column, said % facts)
        return code

    def _day(self, line: Cells, column: str, *, required: bool = False) -> datetime.date | None:
        text = line.texts.get(column, "")
        try:
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            if text or required:
                self._say(line, column, _("Write a day of the calendar, such as 2015-08-30."))
            return None

    def _say(self, line: Cells, column: str, message: str) -> None:
        self.problems.append(Problem(line.row, column, message))


def _first(lines: list[Cells], column: str) -> str:
    return next((text for line in lines if (text := line.texts.get(column))), "")
