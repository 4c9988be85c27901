"""The deliverables file of ISO Open Data, as a table (CSV) or as lines of JSON.

Source: ISO Open Data; the heading of the table is taken to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from forum.committees.references import normal
from forum.standards.import_errors import OtherHeading
from forum.standards.imports import fields, literals, objects
from forum.standards.imports.lines import Records
from forum.standards.imports.markup import extract
from forum.standards.published import Deliverable, Read, Unreadable

HEADING = (
    "id",
    "deliverableType",
    "supplementType",
    "reference",
    "title.en",
    "title.fr",
    "publicationDate",
    "edition",
    "icsCode",
    "ownerCommittee",
    "currentStage",
    "replaces",
    "replacedBy",
    "languages",
    "pages.en",
    "scope.en",
)
# The same in lines of JSON, where titles may lack altogether.
KEYS = frozenset(name.partition(".")[0] for name in HEADING)
OPTIONAL = frozenset({"title"})
_LISTS = frozenset({"icsCode", "replaces", "replacedBy", "languages"})


def from_table(stream: BinaryIO) -> Iterator[Read]:
    """Yield the records of a table.  Raises ``OtherHeading`` before the first one."""
    records = Records(stream, len(HEADING))
    heading = records.heading()
    if heading != HEADING:
        raise OtherHeading.between(HEADING, heading)
    return (_from_cells(found.line, found.cells, found.key, found.wrong) for found in records)


def _from_cells(line: int, cells: tuple[str, ...], key: str, wrong: Unreadable | None) -> Read:
    if wrong is not None:
        return Read(line, key, wrong=wrong)
    row: dict[str, Any] = dict(zip(HEADING, cells, strict=True))
    return _read(line, row, as_text=True)


def from_lines(stream: BinaryIO) -> Iterator[Read]:
    """Yield the records of lines of JSON.  Raises ``OtherHeading`` when the first has other keys."""
    for found in objects.from_lines(stream, KEYS, OPTIONAL):
        if found.value is None:
            yield Read(found.line, found.key, wrong=found.wrong)
            continue
        row = dict(found.value)
        row.update({f"{name}.{part}": _part(row, name, part) for name, part in _NESTED})
        yield _read(found.line, row, as_text=False)


_NESTED = (("title", "en"), ("title", "fr"), ("pages", "en"), ("scope", "en"))


def _part(row: Mapping[str, Any], name: str, part: str) -> Any:
    inner = row.get(name)
    if inner is None:
        return None
    return inner.get(part) if isinstance(inner, dict) else inner  # a text where an object should be: refused below


def _read(line: int, row: Mapping[str, Any], *, as_text: bool) -> Read:
    key = str(row["id"]).strip()[:40]
    reference = row["reference"][:150] if isinstance(row["reference"], str) else ""
    try:
        return Read(line, key, _deliverable(row, as_text=as_text), reference=reference)
    except Unreadable as wrong:
        return Read(line, key, wrong=wrong, reference=reference)


def _deliverable(row: Mapping[str, Any], *, as_text: bool) -> Deliverable:
    lists = {name: literals.listed(row[name], name) if as_text else row[name] for name in _LISTS}
    published_on, precision = fields.day_of(row["publicationDate"], "publicationDate")
    reference = fields.line_of(row["reference"], "reference", fields.LONGEST_REFERENCE)
    if not reference:
        raise Unreadable(fields.NO_REFERENCE, "reference")
    kind = fields.line_of(row["deliverableType"], "deliverableType", 40)
    if not fields.KIND.fullmatch(kind):
        raise Unreadable(fields.UNKNOWN_KIND, "deliverableType", kind)
    supplement = fields.line_of(row["supplementType"], "supplementType", 40)
    if supplement not in {"", "Amd", "Cor"}:
        raise Unreadable(fields.UNKNOWN_SUPPLEMENT, "supplementType", supplement)
    scope = row["scope.en"]
    if scope is not None and not isinstance(scope, str):
        raise Unreadable(fields.NOT_A_TEXT, "scope.en", str(scope)[:100])
    return Deliverable(
        iso_id=fields.identified(row["id"]),
        kind=kind,
        supplement=supplement,
        reference=reference,
        title_en=fields.line_of(row["title.en"], "title.en", fields.LONGEST_TITLE),
        title_fr=fields.line_of(row["title.fr"], "title.fr", fields.LONGEST_TITLE),
        published_on=published_on,
        published_precision=precision,
        edition=fields.whole(row["edition"], "edition", most=1000),
        ics=literals.words(lists["icsCode"], "icsCode", fields.ICS),
        committee=normal(fields.line_of(row["ownerCommittee"], "ownerCommittee", 80)),
        stage=fields.stage_of(row["currentStage"], "currentStage"),
        replaces=literals.numbers(lists["replaces"], "replaces"),
        replaced_by=literals.numbers(lists["replacedBy"], "replacedBy"),
        languages=literals.words(lists["languages"], "languages", fields.LANGUAGE),
        pages=fields.whole(row["pages.en"], "pages.en", most=100_000),
        scope_extract=extract(scope or ""),
    )
