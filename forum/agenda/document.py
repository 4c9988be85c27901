"""A programme as our own JSON document and back: lossless, and what a release freezes.

Every text is ``{"en", "zh", "state"}``, every instant ISO 8601 with the venue's offset, the zone is named
once.  The codec follows the dataclasses of ``forum.agenda.programme``; a field that is added there
appears here, and an older document without it reads as that field's default.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
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
        programme = _read(document["programme"], Programme)
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


def _read(value: Any, kind: Any) -> Any:
    """Return a value of that type; ``kind`` is a resolved annotation of one of our dataclasses."""
    if isinstance(kind, types.UnionType):
        if value is None:
            return None
        kind = next(option for option in typing.get_args(kind) if option is not types.NoneType)
    origin = typing.get_origin(kind)
    if origin is tuple:
        inner = typing.get_args(kind)[0]
        return tuple([_read(each, inner) for each in value])
    if kind is Text:
        return _read_text(value)
    return _read_record(value, kind) if is_dataclass(kind) else _read_plain(value, kind)


def _read_record(value: Any, kind: Any) -> Any:
    return kind(
        **{
            name: _read(value[name], inner)
            for name, inner, has_default in _shape(kind)
            if name in value or not has_default
        }
    )


def _read_plain(value: Any, kind: Any) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment
    if kind in (date, time):
        return kind.fromisoformat(value)
    return kind(value)


def _read_text(value: Mapping[str, Any]) -> Text:
    states = {
        f"state_{side}": TextState(state)
        for side, state in value.get("state", {}).items()
        if state != TextState.MISSING and side in LANGUAGES
    }
    return Text(value["en"], value["zh"], **states)


@lru_cache(maxsize=32)
def _shape(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Return name, type and whether there is a default, for each field of a dataclass."""
    hints = typing.get_type_hints(kind)
    return tuple(
        (each.name, hints[each.name], each.default is not MISSING or each.default_factory is not MISSING)
        for each in fields(kind)
    )
