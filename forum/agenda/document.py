"""A programme as our own JSON document and back: lossless, and what a release freezes.

Every text is ``{"en", "zh", "state"}``, every instant ISO 8601 with the venue's offset, the zone is named
once.  The codec follows the dataclasses of ``forum.agenda.programme``; a field that is added there
appears here, and an older document without it reads as that field's default.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from forum.agenda.programme import Programme
from forum.core.bilingual import LANGUAGES, Text, TextState
from forum.ports.documents import canonical

FORMAT = "forum-programme"
VERSION = 1


class UnreadableDocument(ValueError):
    """A document that isn't one of ours, or of a version that we don't know."""


def as_document(programme: Programme) -> dict[str, Any]:
    """Return the programme as the values that JSON knows."""
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "zone": programme.forum.zone_name,
        "release": programme.number or None,
        "programme": _write(programme, programme.forum.zone),
    }


def from_document(document: Mapping[str, Any]) -> Programme:
    """Return the programme that a document holds; raise UnreadableDocument if it holds none.

    An empty side of a text takes its default state: "missing" is computed from emptiness anyway.
    """
    if document.get("format") != FORMAT or document.get("format_version") != VERSION:
        raise UnreadableDocument(str(document.get("format")))
    try:
        programme = _reader(Programme)(document["programme"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableDocument(str(error)) from error
    return typing.cast("Programme", programme)


def frozen(programme: Programme) -> tuple[bytes, str]:
    """Return the canonical bytes of the programme and their SHA-256."""
    content = canonical.encode(as_document(programme))
    return content, canonical.digest(content)


def _write(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, Text):
        return {
            "en": value.en,
            "zh": value.zh,
            "state": {side: value.state(side).value for side in LANGUAGES},
        }
    if isinstance(value, tuple):
        return [_write(inner, zone) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _write(getattr(value, name), zone) for name, *_ in _shape(type(value))}
    return _write_plain(value, zone)


def _write_plain(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return (value.astimezone(zone) if value.tzinfo else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return value


@lru_cache(maxsize=64)
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads values of a type, given as a resolved annotation of one of our dataclasses.

    A release of 300 sessions holds some 20,000 values: which type stands where is found out once, not for each.
    """
    if isinstance(kind, types.UnionType):
        inner = _reader(next(option for option in typing.get_args(kind) if option is not types.NoneType))
        return lambda value: None if value is None else inner(value)
    if typing.get_origin(kind) is tuple:
        each = _reader(typing.get_args(kind)[0])
        return lambda values: tuple([each(value) for value in values])
    if kind is Text:
        return _read_text
    if is_dataclass(kind):
        return _record_reader(kind)
    if kind is datetime:
        return _read_moment
    return typing.cast("Callable[[Any], Any]", kind.fromisoformat if kind in (date, time) else kind)


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    readers = [(name, _reader(inner), has_default) for name, inner, has_default in _shape(kind)]

    def read(value: Any) -> Any:
        return kind(
            **{name: inner(value[name]) for name, inner, has_default in readers if name in value or not has_default}
        )

    return read


def _read_moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment.astimezone(UTC) if moment.tzinfo else moment


_STATES = {state.value: state for state in TextState}


def _read_text(value: Mapping[str, Any]) -> Text:
    english, chinese, states = value["en"], value["zh"], value.get("state")
    if not states:
        return Text(english, chinese)
    # An empty side takes its default state: "missing" is computed from emptiness anyway.
    state_en, state_zh = _STATES[states.get("en", "missing")], _STATES[states.get("zh", "missing")]
    return Text(
        english,
        chinese,
        TextState.SOURCE if state_en is TextState.MISSING else state_en,
        TextState.HUMAN if state_zh is TextState.MISSING else state_zh,
    )


@lru_cache(maxsize=32)
def _shape(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Return name, type and whether there is a default, for each field of a dataclass."""
    hints = typing.get_type_hints(kind)
    return tuple(
        (each.name, hints[each.name], each.default is not MISSING or each.default_factory is not MISSING)
        for each in fields(kind)
    )
