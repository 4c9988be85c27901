"""The committees file of ISO Open Data: one record to a line, or all of them in one list.

Liaisons are taken as each side lists them and never made symmetric.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from forum.committees.references import normal
from forum.core.refusals import N_
from forum.standards.imports import fields, objects
from forum.standards.published import CommitteeRecord, Liaison, Read, Unreadable

KEYS = frozenset(
    {
        "id",
        "reference",
        "status",
        "title",
        "secretariat",
        "creationDate",
        "scope",
        "parentId",
        "childrenId",
        "pMembers",
        "oMembers",
        "committeeLiaisons",
        "organizationLiaisons",
        "sortKey",
    }
)
STATES = {"Active": "active", "Suspended": "suspended", "Disbanded": "disbanded", "Proposed": "proposed"}
UNKNOWN_STATE = N_("This is not a known state of a committee.")
UNKNOWN_REFERENCE = N_("This is not the reference of a committee.")
NOT_A_LIST = N_("This is not a list of bodies.")
_REFERENCE = re.compile(r"[A-Z][A-Za-z]*(?:[/ ][A-Za-z0-9]+)+", re.ASCII)
_MOST_BODIES = 1_000


def from_stream(stream: BinaryIO) -> Iterator[Read]:
    """Yield the records of either form.  Raises ``OtherHeading`` or ``FileUnreadable``."""
    first = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    found = objects.from_list if first.startswith(b"[") else objects.from_lines
    for each in found(stream, KEYS):
        if each.value is None:
            yield Read(each.line, each.key, wrong=each.wrong)
            continue
        reference = each.value["reference"]
        shown = reference[:150] if isinstance(reference, str) else ""
        try:
            yield Read(each.line, each.key, _committee(each.value), reference=shown)
        except Unreadable as wrong:
            yield Read(each.line, each.key, wrong=wrong, reference=shown)


def _committee(row: Mapping[str, Any]) -> CommitteeRecord:
    spelling = fields.line_of(row["reference"], "reference", 80)
    reference = normal(spelling)
    if not _REFERENCE.fullmatch(reference) or len(reference) > 80:
        raise Unreadable(UNKNOWN_REFERENCE, "reference", spelling)
    status = fields.line_of(row["status"], "status", 40)
    if status not in STATES:
        raise Unreadable(UNKNOWN_STATE, "status", status)
    created_on, precision = fields.day_of(row["creationDate"], "creationDate")
    secretariat = _body(row["secretariat"], "secretariat") if row["secretariat"] is not None else (0, "")
    liaisons = [_liaison(each, "reference") for each in _listed(row["committeeLiaisons"], "committeeLiaisons")]
    liaisons += [_liaison(each, "acronym") for each in _listed(row["organizationLiaisons"], "organizationLiaisons")]
    return CommitteeRecord(
        iso_id=fields.identified(row["id"]),
        reference=reference,
        spelling=spelling,
        state=STATES[status],
        title_en=fields.line_of(_english(row["title"]), "title.en", 300),
        secretariat=secretariat[1],
        created_on=created_on,
        created_precision=precision,
        parent_iso_id=fields.whole(row["parentId"], "parentId", least=1),
        sort_key=fields.line_of(row["sortKey"], "sortKey", 120),
        p_members=_members(row["pMembers"], "pMembers"),
        o_members=_members(row["oMembers"], "oMembers"),
        liaisons=tuple(dict.fromkeys(liaisons)),
    )


def _english(title: Any) -> Any:
    return title.get("en") if isinstance(title, dict) else title


def _listed(value: Any, field: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > _MOST_BODIES:
        raise Unreadable(NOT_A_LIST, field)
    return value


def _body(value: Any, field: str) -> tuple[int, str]:
    if not isinstance(value, dict):
        raise Unreadable(NOT_A_LIST, field, str(value)[:100])
    return fields.whole(value.get("id"), field, least=1) or 0, fields.line_of(value.get("acronym"), field, 40)


def _members(value: Any, field: str) -> tuple[tuple[int, str], ...]:
    return tuple(sorted({_body(each, field) for each in _listed(value, field)}))


def _liaison(value: Any, name: str) -> Liaison:
    if not isinstance(value, dict):
        raise Unreadable(NOT_A_LIST, name, str(value)[:100])
    called = fields.line_of(value.get(name), name, 150)
    is_committee = name == "reference"
    return Liaison(
        fields.whole(value.get("id"), name, least=1), normal(called) if is_committee else called, is_committee
    )
