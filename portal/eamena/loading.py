"""Taking a sheet in: all of it or nothing, through the actions, as drafts handed in to the verifiers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.eamena import terms
from portal.eamena.columns import COLUMNS, SHEET
from portal.eamena.reading import Assessment, Place, Problem, Reader
from reports.conditions import actions
from reports.conditions.models import ConditionReport, Disturbance, Effect, Threat
from reports.conditions.scales import Scheme
from reports.conditions.workflow import Refused as StepRefused
from reports.evidence import box, limits
from reports.evidence.boxed.refusing import Refused
from reports.evidence.refusals import words
from reports.evidence.vocabulary import Refusal
from reports.sources.models import Source
from reports.vocabulary import CERTAINTY_RANK, Certainty, ReportKind
from sites.actions import save_place
from sites.models import Designation, Monument, Name, Site
from sites.vocabulary import DatePrecision, DesignationKind, NameKind, Sensitivity

MOST_ROWS = 5_000
LONGEST = 5_000
"""Characters of a cell."""
SITES, MONUMENTS = "sites/", "monuments/"
COLUMN_OF = {
    "slug": "UNIQUEID",
    "country": "Country Type",
    "text": "Resource Name",
    "longitude": "Geometric Place Expression",
    "latitude": "Geometric Place Expression",
    "damage_grade": "Overall Condition State",
    "source_value": "Overall Condition State",
    "date_to": "Assessment Activity Date",
    "date_from": "Assessment Activity Date",
    "source_citation": "Information Resource Used",
    "source": "Assessment Investigator - Actor",
    "occurred_to": "Disturbance Date To",
    "narrative": "General Description",
}
"""Which cell a field of ours came from."""

Told = Callable[[int, int], None]
Line = tuple[int, list[str]]
"""The number of a row, and the texts of its cells."""


class Unreadable(Exception):
    """The file is no workbook that is taken in; the message says why and what to do."""


class Loaded(NamedTuple):
    sites: int
    monuments: int
    reports: int
    problems: list[Problem]
    """If there is one, nothing was written."""
    left_out: list[Problem]
    """Designations that have no place here; the rest of their rows is taken."""


def rows_of(path: Path, *, most: int = MOST_ROWS) -> list[Line]:
    """The rows of a file from outside, opened in the decoding box. Raises Unreadable."""
    if refusal := limits.refusal(path.stat().st_size):
        raise Unreadable(" ".join(words(*refusal)))
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "rows"
        asked = {"sheet": SHEET, "rows": most, "columns": 2 * len(COLUMNS), "longest": LONGEST}
        try:
            box.run("sheets.read", path=str(path.resolve()), to=str(lines), **asked)
        except Refused as refused:
            raise Unreadable(_words(refused)) from refused
        except (box.Overdrawn, box.Broken) as error:
            raise Unreadable(" ".join(words(Refusal.TOO_COSTLY, {}))) from error
        with lines.open(encoding="utf-8") as rows:
            return list(map(json.loads, rows))


def places(rows: list[Line]) -> tuple[list[Place], list[Problem]]:
    """What the rows say, and what of them cannot be read."""
    reader = Reader()
    return reader.places(rows), reader.problems


def may_load(by: Any) -> bool:
    """Whether this person may add all that a sheet can have."""
    allowed: bool = by.has_perms(["sites.add_site", "sites.add_monument", "conditions.submit_conditionreport"])
    return allowed


def _words(refused: Refused) -> str:
    if refused.why == Refusal.UNKNOWN_TYPE:
        return _("This is no XLSX workbook; save the sheet as XLSX and send that.")
    if refused.why == Refusal.TOO_MANY_FRAMES:
        return _("The sheet has more than %(most)s rows; send it in parts.") % {"most": refused.facts["limit"]}
    if refused.why == Refusal.TOO_MUCH_METADATA:
        return _("A cell has more than %(most)s characters; shorten it.") % {"most": LONGEST}
    return " ".join(words(refused.why, refused.facts))


def load(
    places: list[Place],
    problems: list[Problem],
    *,
    by: Any,
    language: str = "en",
    dry_run: bool = False,
    tell: Told = lambda done, total: None,
) -> Loaded:
    """Write the places; with a problem, or as a trial, nothing stays. Raises PermissionDenied.

    `language`: that in which the sheet describes.
    """
    if not may_load(by):
        raise PermissionDenied(_("Your role does not allow adding to the registry."))
    loader = _Loader(places, list(problems), by, language)
    with transaction.atomic():
        for number, place in enumerate(places, start=1):
            loader.place(place)
            tell(number, len(places))
        if loader.problems or dry_run:
            transaction.set_rollback(True)
    return Loaded(loader.sites, loader.monuments, loader.reports, sorted(loader.problems), loader.left_out)


class _Loader:
    def __init__(self, places: list[Place], problems: list[Problem], by: Any, language: str) -> None:
        self.by, self.problems, self.language = by, problems, language
        self.left_out: list[Problem] = []
        self.known = {place.uid: place for place in places}
        self.kept: dict[str, Site | Monument] = {}
        self.sites = self.monuments = self.reports = 0

    def place(self, place: Place) -> Site | Monument | None:
        """The place, written when it is first asked for: what it belongs to comes before it."""
        if place.uid in self.kept:
            return self.kept[place.uid]
        if not place.names or not place.country:
            return None
        whole = self._whole(place)
        if place.part_of and whole is None:
            return None
        if whole is None and not place.assessments:
            return self._site(place)
        return self._monument(place, whole or self._site(place))

    def _whole(self, place: Place) -> Any:
        """What it is part of: in this sheet, or in the registry."""
        if not place.part_of:
            return None
        if place.part_of in self.kept:
            return self.kept[place.part_of]
        other = self.known.get(place.part_of)
        if other and other.part_of != place.uid and other is not place:
            return self.place(other)
        kind, _slash, slug = place.part_of.partition("/")
        model: Any = Monument if kind == "monuments" else Site
        found = model.objects.filter(slug=slug or kind).first()
        if found is None:
            said = _("There is no such place, neither in this sheet nor in the registry.")
            self.problems.append(Problem(place.row, "HP Related Resource", said))
        return found

    def _site(self, place: Place) -> Site | None:
        site = Site(slug=self._slug(place, SITES), country=place.country, note=place.note)
        if not self._placed(site, place):
            return None
        for cells in place.designations:
            self._designation(site, cells)
        self.sites += 1
        if not place.assessments:
            self.kept[place.uid] = site
        return site

    def _monument(self, place: Place, whole: Any) -> Monument | None:
        if whole is None:
            return None
        site, parent = (whole.site, whole) if isinstance(whole, Monument) else (whole, None)
        monument = Monument(slug=self._slug(place, MONUMENTS), site=site, parent=parent, type=place.type)
        if not self._placed(monument, place):
            return None
        self.kept[place.uid] = monument
        self.monuments += 1
        for assessment in place.assessments:
            self._report(monument, assessment)
        return monument

    def _placed(self, made: Site | Monument, place: Place) -> bool:
        made.longitude, made.latitude = place.point or (None, None)
        if place.restricted:
            made.sensitivity = Sensitivity.GENERALISED
        return self._tried(place.row, self._write_place, made, place.names)

    def _write_place(self, made: Site | Monument, names: list[str]) -> None:
        made.full_clean()
        save_place(made, by=self.by)
        owner = {"monument" if isinstance(made, Monument) else "site": made}
        languages: set[str] = set()
        for text in names:
            language = "ar" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "en"
            kind = NameKind.ALTERNATE if language in languages else NameKind.PREFERRED
            languages.add(language)
            name = Name(text=text, language=language, kind=kind, **owner)
            name.full_clean()
            name.save()

    def _designation(self, site: Site, cells: Any) -> None:
        kind = terms.codes(DesignationKind).get(terms.folded(cells.texts["Designation"]))
        if kind is None:
            # Most are lists of countries.
            said = _("“%(name)s” is a designation that is not kept here; the rest of the row is taken.")
            told = said % {"name": cells.texts["Designation"]}
            self.left_out.append(Problem(cells.row, "Designation", told))
            return
        since, until = (cells.texts.get(f"Designation {word} Date") or None for word in ("From", "To"))
        designation = Designation(site=site, kind=kind, since=since, until=until)

        def write() -> None:
            designation.full_clean()
            designation.save()

        self._tried(cells.row, write)

    def _report(self, monument: Monument, found: Assessment) -> None:
        if not found.facts["date"] or not found.facts["source"]:
            return
        if self._tried(found.row, self._write_report, monument, found):
            self.reports += 1

    def _write_report(self, monument: Monument, found: Assessment) -> None:
        facts = dict(found.facts)
        day, condition, name = facts.pop("date"), facts.pop("condition"), facts.pop("source")
        kind = _kind(condition, found)
        if condition:
            facts |= {"source_scheme": Scheme.EAMENA, "source_value": condition}
        elif kind != ReportKind.THREAT:
            facts["damage_grade"] = "unknown"
        with translation.override(self.language):
            facts["narrative"] = facts["narrative"] or _("From a sheet of EAMENA.")
        source = Source.objects.filter(name__iexact=name).first() or Source(name=name)
        source.full_clean()
        source.save()
        dates = {"date_from": day, "date_to": day, "date_precision": DatePrecision.DAY}
        report = ConditionReport(
            monument=monument,
            kind=kind,
            source=source,
            certainty=_certainty(found),
            language=self.language,
            **dates,
            **facts,
        )
        actions.save_draft(report, by=self.by)
        findings = {Disturbance: found.disturbances, Effect: found.effects, Threat: found.threats}
        actions.replace_findings(report, findings)
        actions.submit(report, by=self.by)

    def _slug(self, place: Place, prefix: str) -> str:
        """What the export gave it; of a number, that says nothing, its first name."""
        own = place.uid.removeprefix(SITES).removeprefix(MONUMENTS)
        slug = slugify(own)
        return slug if slug and not slug.isdecimal() else slugify(place.names[0]) or f"eamena-{slug}"

    def _tried(self, row: int, write: Any, *args: Any) -> bool:
        try:
            with transaction.atomic():
                write(*args)
        except ValidationError as error:
            for name, messages in (
                error.message_dict.items() if hasattr(error, "error_dict") else [("", error.messages)]
            ):
                self.problems += [Problem(row, COLUMN_OF.get(name, ""), message) for message in messages]
            return False
        except (PermissionDenied, StepRefused) as error:
            self.problems.append(Problem(row, "", str(error)))
            return False
        return True


def _kind(condition: str, found: Assessment) -> ReportKind:
    if found.disturbances:
        return ReportKind.DAMAGE
    return ReportKind.THREAT if found.threats and not condition else ReportKind.ASSESSMENT


def _certainty(found: Assessment) -> str:
    """That of the surest cause; the sheet has none for the condition itself, which somebody saw."""
    given = [one["certainty"] for one in found.disturbances if one["certainty"] in CERTAINTY_RANK]
    return max(given, key=lambda certainty: CERTAINTY_RANK[certainty], default=Certainty.MEDIUM)
