"""What an import would do, row by row, before anything is done.

Rows are matched by guid, then by source and foreign id, never by title.  Importing the same file again
changes nothing, and what people added here (a translation, say) is no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from forum.agenda.imports.values import Finding, FindingLevel, ImportedItem, ImportedProgramme
from forum.core.bilingual import LANGUAGES, Text

_NAMESPACE = UUID("1c2d4a52-7a52-4d0d-9a43-6d1f3c9be6a1")


class Verdict(StrEnum):
    """What the report says of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"  # new or changed, and a person should look at it
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ExistingItem:
    """What is known of an item that is already here, as far as an import could change it."""

    guid: str
    title: Text
    local_start: datetime
    minutes: int
    fold: int = 0
    foreign_id: str = ""
    source: str = ""
    abstract: Text = Text()
    description: Text = Text()
    room: Text = Text()
    track: Text = Text()
    language: str = ""
    speakers: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that the import would change."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the report; ``guid`` is that of the item it would make or change."""

    verdict: Verdict
    foreign_id: str
    guid: str = ""
    item: ImportedItem | None = None
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()
    creates: bool = False

    @property
    def writes(self) -> bool:
        """Whether applying the row changes anything."""
        return self.creates or bool(self.differences)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole report.  ``absent`` names our items of this source that the file no longer has; they stay."""

    imported: ImportedProgramme
    rows: tuple[PlanRow, ...]
    absent: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows have which verdict."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would leave everything as it is."""
        return not any(row.writes for row in self.rows)


def foreign_key(source: str, foreign_id: str) -> str:
    """Return the key of a row: where it comes from and what it is called there."""
    return f"{source}\n{foreign_id}"


def own_guid(source: str, foreign_id: str) -> str:
    """Return the guid of a row that brings none: always the same for the same row."""
    return str(uuid5(_NAMESPACE, foreign_key(source, foreign_id)))


def index(items: Iterable[ExistingItem]) -> dict[str, ExistingItem]:
    """Return existing items under both of their keys, as ``plan`` looks them up."""
    found: dict[str, ExistingItem] = {}
    for item in items:
        found[item.guid] = item
        if item.foreign_id:
            found[foreign_key(item.source, item.foreign_id)] = item
    return found


def plan(
    imported: ImportedProgramme, existing: Mapping[str, ExistingItem], *, taken: Collection[str] = ()
) -> ImportPlan:
    """Return what importing a file would do.

    ``existing`` holds the items of the forum under their guid and their ``foreign_key``, as ``index``
    makes it; ``taken`` the guids that belong to other forums and can't be used again.
    """
    rows: list[PlanRow] = []
    matched: set[str] = set()
    findings = _by_row(imported.findings)
    for item in imported.items:
        found = findings.pop(item.foreign_id, ())
        known = _match(imported, item, existing, matched)
        if known is not None:
            matched.add(known.guid)
            differences = tuple(_differences(imported, item, known))
            rows.append(_row(item, known.guid, differences, found, creates=False))
            continue
        guid = item.source_guid
        if not guid or guid in taken or guid in matched:
            guid = own_guid(imported.source, item.foreign_id)
        matched.add(guid)
        rows.append(_row(item, guid, (), found, creates=True))
    rows += _refused(imported, findings)
    absent = {known.guid for known in existing.values() if known.source == imported.source} - matched
    return ImportPlan(imported, tuple(rows), tuple(sorted(absent)))


def as_existing(imported: ImportedProgramme, row: PlanRow) -> ExistingItem:
    """Return the item that applying a row of the plan makes.  Raises ``ValueError`` for a refused row."""
    item = row.item
    if item is None:
        raise ValueError("a refused row makes no item")
    rooms = {room.key: room.name for room in imported.rooms}
    tracks = {track.key: track.name for track in imported.tracks}
    return ExistingItem(
        guid=row.guid,
        title=item.title,
        local_start=item.local_start,
        minutes=item.minutes,
        fold=item.fold,
        foreign_id=item.foreign_id,
        source=imported.source,
        abstract=item.abstract,
        description=item.description,
        room=rooms.get(item.room, Text()),
        track=tracks.get(item.track, Text()),
        language=item.language,
        speakers=tuple(speaker.name for speaker in item.speakers),
    )


def _by_row(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        if finding.foreign_id:
            found[finding.foreign_id] = (*found.get(finding.foreign_id, ()), finding)
    return found


def _match(
    imported: ImportedProgramme, item: ImportedItem, existing: Mapping[str, ExistingItem], matched: set[str]
) -> ExistingItem | None:
    keys = (
        item.source_guid,
        foreign_key(imported.source, item.foreign_id),
        own_guid(imported.source, item.foreign_id),
    )
    candidates = (existing[key] for key in keys if key and key in existing)
    return next((known for known in candidates if known.guid not in matched), None)


def _row(
    item: ImportedItem,
    guid: str,
    differences: tuple[Difference, ...],
    findings: tuple[Finding, ...],
    *,
    creates: bool,
) -> PlanRow:
    doubtful = any(finding.level is FindingLevel.DOUBTFUL for finding in findings)
    if not creates and not differences:
        verdict = Verdict.SAME
    elif doubtful:
        verdict = Verdict.DOUBTFUL
    else:
        verdict = Verdict.NEW if creates else Verdict.CHANGED
    return PlanRow(verdict, item.foreign_id, guid, item, differences, findings, creates)


def _refused(imported: ImportedProgramme, left: Mapping[str, tuple[Finding, ...]]) -> list[PlanRow]:
    """Return a row for everything that was refused, in the order of the file."""
    rows = [
        PlanRow(Verdict.REFUSED, foreign_id, findings=findings)
        for foreign_id, findings in left.items()
        if any(finding.level is FindingLevel.REFUSED for finding in findings)
    ]
    rows += [
        PlanRow(Verdict.REFUSED, "", findings=(finding,))
        for finding in imported.findings
        if finding.level is FindingLevel.REFUSED and not finding.foreign_id
    ]
    return rows


def _differences(imported: ImportedProgramme, item: ImportedItem, known: ExistingItem) -> Iterable[Difference]:
    wanted = as_existing(imported, PlanRow(Verdict.SAME, item.foreign_id, known.guid, item))
    for name in ("title", "abstract", "description"):
        yield from _text_difference(name, getattr(known, name), getattr(wanted, name))
    if (known.local_start, known.fold) != (wanted.local_start, wanted.fold):
        yield Difference("local_start", known.local_start, wanted.local_start)
    if known.minutes != wanted.minutes:
        yield Difference("minutes", known.minutes, wanted.minutes)
    for name in ("room", "track"):
        if not same_name(getattr(known, name), getattr(wanted, name)):
            yield Difference(name, getattr(known, name), getattr(wanted, name))
    if wanted.language and known.language != wanted.language:
        yield Difference("language", known.language, wanted.language)
    if not _same_people(known.speakers, wanted.speakers):
        yield Difference("speakers", known.speakers, wanted.speakers)


def _text_difference(name: str, known: Text, wanted: Text) -> Iterable[Difference]:
    """A side that the file leaves empty is no difference: somebody may have translated it here."""
    for language in LANGUAGES:
        side = wanted.side(language)
        if side and side != known.side(language):
            yield Difference(f"{name}_{language}", known.side(language), side)


def same_name(known: Text, wanted: Text) -> bool:
    """Tell whether two names share a side, so that a name translated here is still the same."""
    if not known and not wanted:
        return True
    return any(side and side == known.side(language) for language in LANGUAGES if (side := wanted.side(language)))


def _same_people(known: tuple[Text, ...], wanted: tuple[Text, ...]) -> bool:
    if len(known) != len(wanted):
        return False
    left = list(known)
    for name in wanted:
        match = next((each for each in left if same_name(each, name)), None)
        if match is None:
            return False
        left.remove(match)
    return True
