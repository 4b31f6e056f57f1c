"""Writing the places of a sheet to the registry, each as a whole or not at all, through the actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.eamena import terms
from portal.eamena.reading import Assessment, Place, Problem
from reports.conditions import actions
from reports.conditions.models import ConditionReport, Disturbance, Effect, Threat
from reports.conditions.scales import Scheme
from reports.conditions.workflow import Refused as StepRefused
from reports.sources.models import Source
from reports.vocabulary import CERTAINTY_RANK, Certainty, ReportKind
from sites.actions import save_place
from sites.models import Designation, Monument, Name, Site
from sites.vocabulary import DatePrecision, DesignationKind, NameKind, Sensitivity

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


class Taken(NamedTuple):
    """What became of a place."""

    made: Site | Monument | None
    sites: int
    monuments: int
    reports: int
    problems: list[Problem]
    """If there is one, nothing of the place was written."""
    left_out: list[Problem]
    """Designations that have no place here; the rest of their rows is taken."""


def in_order(places: Iterable[Place]) -> list[Place]:
    """As in the sheet, but each behind what it is part of."""
    known = {place.uid: place for place in places}
    ordered: dict[str, Place] = {}
    for place in known.values():
        for one in [*_above(place, known, ordered), place]:
            ordered.setdefault(one.uid, one)
    return list(ordered.values())


def _above(place: Place, known: dict[str, Place], done: Any) -> list[Place]:
    """The places of the sheet that it is part of, the outermost first, up to one that is done."""
    found: dict[str, Place] = {}
    whole = known.get(place.part_of)
    while whole and whole.uid not in done and whole.uid not in found and whole is not place:
        found[whole.uid] = whole
        whole = known.get(whole.part_of)
    return list(reversed(found.values()))


class Loader:
    """Takes places that come in the order of `in_order`. `kept` and `refused`: what was taken before, by UNIQUEID."""

    def __init__(self, places: Iterable[Place], *, by: Any, language: str) -> None:
        self.by, self.language = by, language
        self.known = {place.uid: place for place in places}
        self.kept: dict[str, Site | Monument] = {}
        self.refused: set[str] = set()

    def take(self, place: Place) -> Taken:
        """Write a place with its names, designations and reports; with a problem, nothing of it stays."""
        self.problems, self.left_out = list(place.problems), list[Problem]()
        self.sites = self.monuments = self.reports = 0
        self.refused.add(place.uid)  # until it is there
        with transaction.atomic():
            made = self._place(place)
            if self.problems:
                transaction.set_rollback(True)
        if self.problems or made is None:
            return Taken(None, 0, 0, 0, self.problems, self.left_out)
        self.refused.remove(place.uid)
        self.kept[place.uid] = made
        return Taken(made, self.sites, self.monuments, self.reports, [], self.left_out)

    def trial(self, place: Place) -> Taken:
        """What would become of it; nothing stays."""
        try:
            with transaction.atomic():
                for whole in _above(place, self.known, self.refused):
                    self.take(replace(whole, assessments=whole.assessments[:1], designations=[]))
                taken = self.take(place)
                transaction.set_rollback(True)
        finally:
            self.kept.clear()
        return taken

    def _place(self, place: Place) -> Site | Monument | None:
        if not place.names or not place.country:
            return None
        whole = self._whole(place) if place.part_of else None
        if place.part_of and whole is None:
            return None
        if whole is None and not place.assessments:
            return self._site(place)
        return self._monument(place, whole or self._site(place))

    def _whole(self, place: Place) -> Any:
        """What it is part of: in this sheet, or in the registry."""
        if place.part_of in self.kept:
            return self.kept[place.part_of]
        if place.part_of in self.known:
            said = _("What it is part of was refused; mend that first.")
            if self._goes_around(place):
                said = _("It is part of itself, by what it is said to be part of.")
            return self._refuse(place, said)
        kind, _slash, slug = place.part_of.partition("/")
        model: Any = Monument if kind == "monuments" else Site
        if found := model.objects.filter(slug=slug or kind).first():
            return found
        return self._refuse(place, _("There is no such place, neither in this sheet nor in the registry."))

    def _goes_around(self, place: Place) -> bool:
        """Whether no end is come to from part to whole."""
        seen: set[str] = set()
        while place.part_of in self.known and place.uid not in seen:
            seen.add(place.uid)
            place = self.known[place.part_of]
        return place.uid in seen

    def _refuse(self, place: Place, said: str) -> Any:
        """Nothing, and why."""
        self.problems.append(Problem(place.row, "HP Related Resource", said))

    def _site(self, place: Place) -> Site | None:
        site = Site(slug=self._slug(place, SITES), country=place.country, note=place.note)
        if not self._placed(site, place):
            return None
        for cells in place.designations:
            self._designation(site, cells)
        self.sites += 1
        return site

    def _monument(self, place: Place, whole: Any) -> Monument | None:
        if whole is None:
            return None
        site, parent = (whole.site, whole) if isinstance(whole, Monument) else (whole, None)
        monument = Monument(slug=self._slug(place, MONUMENTS), site=site, parent=parent, type=place.type)
        if not self._placed(monument, place):
            return None
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
