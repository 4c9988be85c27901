"""Read the content of the demonstration forum: pure, without a database, the same every time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from forum.agenda.programme import SessionState, SpeakerRole, SpeakerState, Visibility
from forum.core.bilingual import Text, TextState
from forum.events.kinds import SegmentKind
from forum.people.models import NameOrder
from forum.places.reference import place
from forum.registration.models import Chain, DelegationKind
from forum.registration.states import DelegationState
from forum.site.demonstration.facts import (
    AccountSeed,
    CategorySeed,
    DelegationSeed,
    DemonstrationForum,
    Difference,
    NameSeed,
    PracticalSection,
    ReleaseSeed,
    RoleSeed,
    RoomSeed,
    SegmentSeed,
    SessionSeed,
    SpeakerSeed,
    TrackSeed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FIRST_DAY = date(2027, 4, 20)


def read(name: str) -> Any:
    """Return the parsed content file of that name."""
    return json.loads((resources.files(__package__) / "content" / name).read_text(encoding="utf-8"))


@cache
def load_content() -> DemonstrationForum:
    """Return the whole content of the demonstration forum as it stands in release 2."""
    facts = read("forum.json")
    return DemonstrationForum(
        slug=facts["slug"],
        code=facts["code"],
        title=_text(facts["title"]),
        theme=_text(facts["theme"]),
        introduction=_text(facts["introduction"]),
        organisers=tuple((entry["role"], _text(entry["name"])) for entry in facts["organisers"]),
        venue=_text(facts["venue"]),
        venue_address=_text(facts["venue_address"]),
        city_code=facts["city_code"],
        zone_name=facts["zone_name"],
        first_day=date.fromisoformat(facts["first_day"]),
        last_day=date.fromisoformat(facts["last_day"]),
        contact_email=facts["contact_email"],
        registration_opens=datetime.fromisoformat(facts["registration_opens"]),
        registration_closes=datetime.fromisoformat(facts["registration_closes"]),
        rooms=tuple(_room(entry) for entry in facts["rooms"]),
        tracks=tuple(TrackSeed(**entry | {"name": _text(entry["name"])}) for entry in facts["tracks"]),
        segments=tuple(_segment(entry) for entry in facts["segments"]),
        sessions=tuple(_session(entry) for entry in read("sessions.json")),
        speakers=tuple(_speaker(entry) for entry in read("speakers.json")),
        practical=tuple(
            PracticalSection(entry["slug"], _text(entry["title"]), _text(entry["body"]))
            for entry in read("practical.json")
        ),
        categories=tuple(_category(entry) for entry in facts["categories"]),
        delegations=tuple(_delegation(entry) for entry in read("delegations.json")),
        releases=tuple(
            ReleaseSeed(entry["number"], datetime.fromisoformat(entry["released_at"]), _text(entry["note"]))
            for entry in facts["releases"]
        ),
        release_1_differences=tuple(_difference(entry) for entry in facts["differences"]),
        draft_edits=tuple(_difference(entry) for entry in facts["draft_edits"]),
        accounts=tuple(_account(entry) for entry in facts["accounts"]),
    )


def release_1_sessions(content: DemonstrationForum) -> tuple[SessionSeed, ...]:
    """Return the sessions as release 1 had them: release 2 with its differences taken back."""
    added = {difference.session_key for difference in content.release_1_differences if difference.kind == "added"}
    earlier = _with(content.sessions, content.release_1_differences)
    return tuple(session for session in earlier if session.key not in added)


def draft_sessions(content: DemonstrationForum) -> tuple[SessionSeed, ...]:
    """Return the sessions as the working draft has them: release 2 with the edits made since."""
    return _with(content.sessions, content.draft_edits)


def _with(sessions: Iterable[SessionSeed], differences: Iterable[Difference]) -> tuple[SessionSeed, ...]:
    found = {session.key: session for session in sessions}
    for difference in differences:
        found[difference.session_key] = replace(found[difference.session_key], **difference.values)
    return tuple(found.values())


def _text(sides: dict[str, str] | None) -> Text:
    if not sides:
        return Text()
    return Text(
        sides["en"],
        sides["zh"],
        TextState(sides.get("state_en", TextState.SOURCE)),
        TextState(sides.get("state_zh", TextState.HUMAN)),
    )


def _room(entry: dict[str, Any]) -> RoomSeed:
    return RoomSeed(**entry | {"name": _text(entry["name"]), "languages": tuple(entry["languages"])})


def _segment(entry: dict[str, Any]) -> SegmentSeed:
    return SegmentSeed(
        code=entry["code"],
        kind=SegmentKind(entry["kind"]),
        name=_text(entry["name"]),
        local_start=datetime.fromisoformat(entry["start"]),
        local_end=datetime.fromisoformat(entry["end"]),
    )


def _start(day: int, clock: str) -> datetime:
    return datetime.combine(FIRST_DAY + timedelta(days=day - 1), time.fromisoformat(clock))


def _roles(entries: list[dict[str, Any]]) -> tuple[RoleSeed, ...]:
    return tuple(
        RoleSeed(
            speaker_key=entry["speaker"],
            role=SpeakerRole(entry["role"]),
            state=SpeakerState(entry["state"]),
            language=entry["language"],
            remote=entry.get("remote", False),
            order=entry["order"],
        )
        for entry in entries
    )


def _session(entry: dict[str, Any]) -> SessionSeed:
    embargo = entry.get("embargo_until")
    return SessionSeed(
        key=entry["key"],
        guid=entry["guid"],
        number=entry["number"],
        title=_text(entry["title"]),
        abstract=_text(entry["abstract"]),
        source_language=entry["source_language"],
        day=entry["day"],
        local_start=_start(entry["day"], entry["start"]),
        minutes=entry["minutes"],
        room_key=entry["room"],
        track_slug=entry["track"],
        segment_code=entry["segment"],
        language=entry["language"],
        interpretation=tuple(entry["interpretation"]),
        state=SessionState(entry["state"]),
        visibility=Visibility(entry["visibility"]),
        embargo_until=datetime.fromisoformat(embargo) if embargo else None,
        placeholder=_text(entry.get("placeholder")),
        capacity=entry.get("capacity"),
        cancel_reason=_text(entry.get("cancel_reason")),
        roles=_roles(entry["roles"]),
    )


def name_of(entry: dict[str, Any]) -> NameSeed:
    """Return the name forms of an entry of a content file."""
    return NameSeed(
        family_latin=entry["family_latin"],
        given_latin=entry["given_latin"],
        name_order=NameOrder(entry["name_order"]),
        name_zh=entry["name_zh"],
        native_name=entry["native_name"],
        passport_surname=entry["passport_surname"],
        passport_given=entry["passport_given"],
        honorific=entry["honorific"],
    )


def _speaker(entry: dict[str, Any]) -> SpeakerSeed:
    return SpeakerSeed(
        key=entry["key"],
        guid=entry["guid"],
        name=name_of(entry),
        country=entry["country"],
        city_code=entry["city_code"],
        organisation_code=entry["organisation_code"],
        function=Text(entry["function_en"], entry["function_zh"]),
        organisation=Text(entry["organisation_en"], entry["organisation_zh"]),
        biography=Text(entry["biography_en"], entry["biography_zh"]),
        language=entry["language"],
    )


def _category(entry: dict[str, Any]) -> CategorySeed:
    return CategorySeed(
        **entry
        | {
            "name": _text(entry["name"]),
            "description": _text(entry["description"]),
            "required_documents": tuple(entry["required_documents"]),
            "chain": Chain(entry["chain"]),
        }
    )


def _delegation(entry: dict[str, Any]) -> DelegationSeed:
    name = place(entry["kind"], entry["place"]).name
    if entry["kind"] == "city":
        name = Text(f"City of {name.en}", name.zh if name.zh.endswith("市") else f"{name.zh}市")
    return DelegationSeed(
        key=entry["key"],
        kind=DelegationKind(entry["kind"]),
        place_code=entry["place"],
        name=name,
        state=DelegationState(entry["state"]),
        size=entry["size"],
        quotas=dict(entry["quotas"]),
        note_verbale=entry.get("note_verbale", ""),
    )


# How a value of a difference is read; the key is the one of the content file.
_VALUES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "title": ("title", _text),
    "minutes": ("minutes", int),
    "room": ("room_key", str),
    "state": ("state", SessionState),
    "cancel_reason": ("cancel_reason", _text),
    "roles": ("roles", _roles),
}


def _difference(entry: dict[str, Any]) -> Difference:
    values: dict[str, Any] = {}
    for key, value in entry["values"].items():
        if key == "start":
            values["local_start"] = _start(entry["day"], value)
        else:
            field, reading = _VALUES[key]
            values[field] = reading(value)
    return Difference(entry["session"], entry["kind"], values)


def _account(entry: dict[str, Any]) -> AccountSeed:
    return AccountSeed(
        email=entry["email"],
        name=_text(entry["name"]),
        language=entry["language"],
        roles=tuple(entry["roles"]),
        is_administrator=entry.get("administrator", False),
        participant_key=entry.get("participant", ""),
        delegation_key=entry.get("delegation", ""),
    )
